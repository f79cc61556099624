//! The Collector's configuration names what it declares, and nothing its parts do not know; the
//! table has every column that the exporter's own has.

use std::collections::BTreeSet;

use saphyr::{LoadableYamlNode as _, Yaml};

const CONFIGURATION: &str = include_str!("../../../../deploy/collector.yaml");

/// The parts of the configuration and the keys that their own definitions in the Collector's
/// sources have, or those of them that it makes sense to set here.
const KNOWN: &[(&str, &[&str])] = &[
    ("receivers/otlp", &["protocols"]),
    ("receivers/otlp/protocols", &["grpc", "http"]),
    ("receivers/otlp/protocols/grpc", &["endpoint", "tls", "max_recv_msg_size_mib"]),
    ("receivers/otlp/protocols/http", &["endpoint", "tls", "max_request_body_size"]),
    (
        "processors/memory_limiter",
        &[
            "check_interval",
            "limit_mib",
            "spike_limit_mib",
            "limit_percentage",
            "spike_limit_percentage",
        ],
    ),
    ("processors/batch", &["timeout", "send_batch_size", "send_batch_max_size"]),
    (
        "exporters/clickhouse",
        &[
            "async_insert",
            "cluster_name",
            "compress",
            "connection_params",
            "create_schema",
            "database",
            "endpoint",
            "json",
            "logs_table_name",
            "metrics_tables",
            "password",
            "retry_on_failure",
            "sending_queue",
            "table_engine",
            "timeout",
            "tls",
            "traces_table_name",
            "ttl",
            "username",
        ],
    ),
    (
        "exporters/clickhouse/sending_queue",
        &["enabled", "num_consumers", "queue_size", "block_on_overflow", "storage", "batch"],
    ),
    (
        "exporters/clickhouse/retry_on_failure",
        &[
            "enabled",
            "initial_interval",
            "max_interval",
            "max_elapsed_time",
            "multiplier",
            "randomization_factor",
        ],
    ),
    ("extensions/health_check", &["endpoint", "path", "tls", "check_collector_pipeline"]),
    ("service", &["extensions", "pipelines", "telemetry"]),
];

/// Keys whose values are times, as Go writes them.
const TIMES: &[&str] =
    &["check_interval", "timeout", "initial_interval", "max_interval", "max_elapsed_time"];

fn keys(of: &Yaml<'_>) -> BTreeSet<String> {
    let members = of.as_mapping().unwrap().keys();
    members.map(|key| key.as_str().unwrap().to_owned()).collect()
}

fn names(of: &Yaml<'_>) -> BTreeSet<String> {
    let items = of.as_sequence().unwrap().iter();
    items.map(|item| item.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_collectors_configuration_is_one() {
    let documents = Yaml::load_from_str(CONFIGURATION).unwrap();
    let configuration = &documents[0];
    let service = &configuration["service"];
    assert_eq!(names(&service["extensions"]), keys(&configuration["extensions"]));
    let logs = &service["pipelines"]["logs"];
    for part in ["receivers", "processors", "exporters"] {
        assert_eq!(names(&logs[part]), keys(&configuration[part]), "{part}");
    }
    // What finds no room must be refused before anything is done with it.
    assert_eq!(logs["processors"][0].as_str(), Some("memory_limiter"));
    let exporter = &configuration["exporters"]["clickhouse"];
    for secret in ["username", "password"] {
        assert!(exporter[secret].as_str().unwrap().starts_with("${env:"), "{secret}");
    }
    for (part, known) in KNOWN {
        let part = part.split('/').fold(configuration, |of, name| &of[name]);
        for (key, value) in part.as_mapping().unwrap() {
            let key = key.as_str().unwrap();
            assert!(known.contains(&key), "{key} of {part:?}");
            assert!(!TIMES.contains(&key) || is_time(value.as_str()), "{key}: {value:?}");
        }
    }
}

/// A whole number of seconds.
fn is_time(text: Option<&str>) -> bool {
    let number = text.and_then(|text| text.strip_suffix('s'));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

#[test]
fn the_table_has_the_columns_that_the_exporter_inserts_into() {
    let table = super::engine::DEPLOYED;
    for column in [
        "Timestamp DateTime64(9)",
        "TraceId String",
        "SpanId String",
        "TraceFlags UInt8",
        "SeverityText LowCardinality(String)",
        "SeverityNumber UInt8",
        "ServiceName LowCardinality(String)",
        "Body String",
        "ResourceSchemaUrl LowCardinality(String)",
        "ResourceAttributes Map(LowCardinality(String), String)",
        "ScopeSchemaUrl LowCardinality(String)",
        "ScopeName String",
        "ScopeVersion LowCardinality(String)",
        "ScopeAttributes Map(LowCardinality(String), String)",
        "LogAttributes Map(LowCardinality(String), String)",
        "EventName String",
    ] {
        assert!(table.contains(&format!("\n    {column}")), "{column}");
    }
}
