//! Lines of former versions: a record written once stays readable, and today's writers still
//! write the current version to the letter.

use narration_record::{
    Fields, Format, Head, ReadError, Record, Style, VERSION, Value, read, write_line,
};

const JSON_V1: &str = include_str!("../fixtures/v1.jsonl");
const LOGFMT_V1: &str = include_str!("../fixtures/v1.logfmt");

fn records(lines: &str) -> Result<Vec<Record>, ReadError> {
    lines.lines().map(read).collect()
}

#[test]
fn version_1_is_read_alike_from_both_formats() {
    let records = records(JSON_V1).unwrap();
    assert_eq!(records, self::records(LOGFMT_V1).unwrap());
    assert_eq!(records.len(), 4);

    let [admission, spawn, failed, empty] = records.as_slice() else { unreachable!() };
    assert_eq!(admission.target.as_deref(), Some("session-abc123"));
    assert_eq!(admission.field("queue_position"), Some(&Value::U64(3)));
    assert_eq!(spawn.field("device").and_then(Value::as_str), Some("GPU0"));
    assert_eq!(failed.human, "say \"no\" to C:\\tmp\n\u{1b}[31m \u{202e} grüße 世界");
    assert_eq!(failed.timestamp.as_microsecond(), -999_999);
    assert_eq!(failed.field("least"), Some(&Value::I64(i64::MIN)));
    assert_eq!(failed.field("a b\"c").and_then(Value::as_str), Some("x"));
    assert!(empty.fields.is_empty() && empty.target.is_none() && empty.human.is_empty());
}

#[test]
fn the_current_version_is_what_the_writers_write() {
    assert_eq!(VERSION, 1, "a new version needs a fixture of its own beside the old ones");
    for (format, lines) in [(Format::Json, JSON_V1), (Format::Logfmt, LOGFMT_V1)] {
        let written: String =
            records(lines).unwrap().iter().map(|record| rewrite(record, format)).collect();
        assert_eq!(written, lines);
    }
}

fn rewrite(record: &Record, format: Format) -> String {
    let style = Style { format, colour: false };
    let mut fields = Fields::new(style);
    for (key, value) in &record.fields {
        // A key that moved aside came from the name behind the prefix.
        let name: &'static str = match key.as_str() {
            "fields.target" => "target",
            key => Box::leak(key.to_owned().into_boxed_str()),
        };
        match value {
            Value::Str(text) => fields.str(name, text),
            Value::U64(number) => fields.u64(name, *number),
            Value::I64(number) => fields.i64(name, *number),
            Value::F64(number) => fields.f64(name, *number),
            Value::Bool(truth) => fields.bool(name, *truth),
        }
    }
    let head = Head {
        timestamp: &format!("{:.6}", record.timestamp),
        level: record.level,
        actor: &record.actor,
        action: &record.action,
        declared: true,
        target: record.target.as_deref(),
        human: &record.human,
    };
    let mut out = String::new();
    write_line(&mut out, style, &head, None, &fields);
    out
}
