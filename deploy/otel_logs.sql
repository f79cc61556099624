-- The logs that OpenTelemetry's Collector writes, laid out so that the story of one id is found at
-- once. Columns, names and types are those the exporter inserts into. What differs from the table
-- it would create itself: the index of ids, the size of its steps, and the order of its rows, for
-- which there is a column `TimestampTime` that the database fills.
--
-- Needs ClickHouse 26.2 or newer, for the index of the type `text`. Older versions take the
-- `bloom_filter` below in its place.

CREATE DATABASE IF NOT EXISTS otel;

CREATE TABLE IF NOT EXISTS otel.otel_logs
(
    Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    TimestampTime DateTime DEFAULT toDateTime(Timestamp),
    TraceId String CODEC(ZSTD(1)),
    SpanId String CODEC(ZSTD(1)),
    TraceFlags UInt8,
    SeverityText LowCardinality(String) CODEC(ZSTD(1)),
    SeverityNumber UInt8,
    ServiceName LowCardinality(String) CODEC(ZSTD(1)),
    Body String CODEC(ZSTD(1)),
    ResourceSchemaUrl LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeSchemaUrl LowCardinality(String) CODEC(ZSTD(1)),
    ScopeName String CODEC(ZSTD(1)),
    ScopeVersion LowCardinality(String) CODEC(ZSTD(1)),
    ScopeAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    LogAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    EventName String CODEC(ZSTD(1)),

    -- Any id in any field: each value is found as a whole, in the rows that have it.
    INDEX ids mapValues(LogAttributes) TYPE text(tokenizer = 'array'),
    -- Before ClickHouse 26.2, instead:
    -- INDEX ids mapValues(LogAttributes) TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX traces TraceId TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(TimestampTime)
ORDER BY (ServiceName, TimestampTime, Timestamp)
-- Retention: whole days are dropped once all of their rows are older.
TTL TimestampTime + INTERVAL 30 DAY DELETE
-- A story is few rows in many places: small steps read less around each of them.
SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1;

-- Who reads stories and who writes rows need no more than this; the passwords are the
-- administrator's to give.
-- CREATE USER reader IDENTIFIED BY '…' SETTINGS readonly = 1;
-- GRANT SELECT ON otel.otel_logs TO reader;
-- CREATE USER collector IDENTIFIED BY '…';
-- GRANT INSERT ON otel.otel_logs TO collector;
