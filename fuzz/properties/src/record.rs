//! Records: what was written reads back, what was read can be written.
//!
//! In: a text, as a line and as a value. Out: equal records, in both formats
//! that are made for machines, and harmless lines in all four.

use narration_record::{
    FieldName, Fields, Format, Head, Level, Record, Style, Value, read, write_line,
};

use crate::lines::harmless;

pub(crate) const WORDS: &[&str] = &[
    "\"timestamp\":\"2026-11-21T18:34:05.123456Z\"",
    "timestamp=2026-11-21T18:34:05Z level=info ",
    "\"level\":\"warn\"",
    "\"actor\":\"a\"",
    "actor=a action=b human=c",
    "\"human\":\"",
    "\\u0022",
    "\\ud800",
    "1e309",
    "-0",
    "18446744073709551616",
    "NaN",
    "null",
    "\"fields.target\":",
    "\u{1b}[0m",
    "\u{2028}",
    "{",
    "}",
    ",",
    "=",
    "\"",
];

/// Names of all kinds. They are static, as a call site's are.
const NAMES: [&str; 8] =
    ["note", "fields.target", "target", "a b", "x=y", "", "quote\"d", "line\nbreak"];

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for format in [Format::Json, Format::Logfmt] {
        let style = Style { format, colour: false };
        let line = line(style, text, &values(data, text));
        harmless(&line);
        let record = read(&line).expect("what was written reads back");
        assert_eq!((record.human.as_str(), record.target.as_deref()), (text, Some(text)));
        kept(&record, &values(data, text));
    }
    for format in [Format::Pretty, Format::Story] {
        harmless(&line(Style { format, colour: false }, text, &values(data, text)));
    }
    if let Ok(record) = read(text) {
        written_again(&record);
    }
}

/// A value of each kind, made of the bytes at hand.
fn values(data: &[u8], text: &str) -> Vec<(&'static str, Value)> {
    let mut bytes = [0; 8];
    data.iter().take(8).zip(&mut bytes).for_each(|(from, to)| *to = *from);
    let number = u64::from_le_bytes(bytes);
    let kinds = [
        Value::Str(text.to_owned()),
        Value::U64(number),
        Value::I64(number.cast_signed() | i64::MIN),
        Value::F64(f64::from_bits(number)),
        Value::Bool(number % 2 == 1),
        Value::Str(text.chars().rev().collect()),
    ];
    NAMES.into_iter().zip(kinds.into_iter().cycle()).collect()
}

fn line(style: Style, text: &str, values: &[(&'static str, Value)]) -> String {
    let mut fields = Fields::new(style);
    for (name, value) in values {
        set(&mut fields, (*name).into(), value);
    }
    let head = Head {
        timestamp: "2026-11-21T18:34:05.123456Z",
        level: Level::Info,
        actor: "scanner",
        action: "read",
        declared: false,
        target: Some(text),
        human: text,
    };
    let mut line = String::new();
    write_line(&mut line, style, &head, None, &fields);
    line
}

fn set(fields: &mut Fields, name: FieldName, value: &Value) {
    match value {
        Value::Str(text) => fields.str(name, text),
        Value::U64(number) => fields.u64(name, *number),
        Value::I64(number) => fields.i64(name, *number),
        Value::F64(number) => fields.f64(name, *number),
        Value::Bool(truth) => fields.bool(name, *truth),
    }
}

/// Each value is under the key of its name.
fn kept(record: &Record, values: &[(&'static str, Value)]) {
    assert_eq!(record.fields.len(), values.len(), "{record:?}");
    for ((_, found), (name, value)) in record.fields.iter().zip(values) {
        match value {
            // JSON has no word for these.
            Value::F64(number) if !number.is_finite() => assert!(found.as_str().is_some()),
            value => assert_eq!(found, value, "{name:?}"),
        }
    }
}

/// A record that somebody wrote, written by us, is the same record.
fn written_again(record: &Record) {
    let style = Style { format: Format::Json, colour: false };
    let mut fields = Fields::new(style);
    // A call site's names are static; those of a log are not, so they are given others.
    for (name, (_, value)) in NAMES.into_iter().zip(&record.fields) {
        set(&mut fields, name.into(), value);
    }
    let timestamp = record.timestamp.to_string();
    let head = Head {
        timestamp: &timestamp,
        level: record.level,
        actor: &record.actor,
        action: &record.action,
        declared: false,
        target: record.target.as_deref(),
        human: &record.human,
    };
    let mut line = String::new();
    write_line(&mut line, style, &head, None, &fields);
    let again = read(&line).expect("what was read can be written");
    assert_eq!(
        (again.timestamp, again.level, &again.actor, &again.action, &again.target, &again.human),
        (
            record.timestamp,
            record.level,
            &record.actor,
            &record.action,
            &record.target,
            &record.human
        ),
    );
    let values = |record: &Record| {
        let values = record.fields.iter().take(NAMES.len());
        values.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(values(&again), values(record));
}
