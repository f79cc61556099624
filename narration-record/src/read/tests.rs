//! What is read, and what a reader is told about a line that cannot be.

use crate::{Level, ReadError, Record, Value, read};

const JSON: &str = r#"{"timestamp":"2026-11-21T18:34:05.123456Z","level":"info","actor":"a","action":"b","target":"c","human":"d \"e\"\n","n":3,"i":-1,"f":1.5,"t":true,"s":"3"}"#;
const LOGFMT: &str = r#"timestamp=2026-11-21T18:34:05.123456Z level=info actor=a action=b target=c human="d \"e\"\n" n=3 i=-1 f=1.5 t=true s="3""#;

fn fault(line: &str) -> String {
    read(line).unwrap_err().to_string()
}

/// A line that is right up to where `rest` begins.
fn logfmt(rest: &str) -> String {
    format!("timestamp=2026-11-21T18:34:05Z level=info actor=a action=b human=d {rest}")
}

#[test]
fn both_formats_read_as_the_same_record() {
    let record = read(JSON).unwrap();
    assert_eq!(
        record,
        Record {
            timestamp: "2026-11-21T18:34:05.123456Z".parse().unwrap(),
            level: Level::Info,
            actor: "a".to_owned(),
            action: "b".to_owned(),
            target: Some("c".to_owned()),
            human: "d \"e\"\n".to_owned(),
            fields: vec![
                ("n".to_owned(), Value::U64(3)),
                ("i".to_owned(), Value::I64(-1)),
                ("f".to_owned(), Value::F64(1.5)),
                ("t".to_owned(), Value::Bool(true)),
                ("s".to_owned(), Value::Str("3".to_owned())),
            ],
        }
    );
    assert_eq!(read(LOGFMT).unwrap(), record);
    assert_eq!(read(&format!("{JSON}\r\n")).unwrap(), record);
    assert_eq!(record.field("s").and_then(Value::as_str), Some("3"));
    assert_eq!(record.field("human"), None);
}

#[test]
fn values_show_without_quotes() {
    let record = read(JSON).unwrap();
    let shown: Vec<String> = record.fields.iter().map(|(_, value)| value.to_string()).collect();
    assert_eq!(shown, ["3", "-1", "1.5", "true", "3"]);
}

#[test]
fn an_empty_line_is_named_so() {
    assert_eq!(read(" \n"), Err(ReadError::Empty));
}

#[test]
fn all_missing_keys_are_named_at_once() {
    assert_eq!(
        fault(r#"{"level":"info","msg":"task created"}"#),
        "no key `timestamp`, `actor`, `action`, `human`: every record has timestamp, level, \
         actor, action and human; is this the line of another program?"
    );
}

#[test]
fn a_doubled_key_is_a_fault_in_both_formats() {
    let expected = "the key \"n\" stands more than once: keep one, or rename the other";
    assert_eq!(fault(&JSON.replace("\"i\"", "\"n\"")), expected);
    assert_eq!(fault(&LOGFMT.replace("i=-1", "n=-1")), expected);
    assert_eq!(
        fault(&JSON.replace("\"i\":-1", "\"actor\":\"x\"")),
        "the key \"actor\" stands more than once: keep one, or rename the other"
    );
}

#[test]
fn broken_json_is_answered_with_its_column() {
    assert_eq!(
        fault(r#"{"timestamp":"2026"#),
        "column 18: EOF while parsing a string; a record is one flat JSON object on one line"
    );
    assert_eq!(
        fault(r#"{"a":[1]}"#),
        "column 6: invalid type: sequence, expected a string, a number or a boolean; a record is \
         one flat JSON object on one line"
    );
    for line in [r#"{"a":{}}"#, r#"{"a":null}"#, r#"{"a":1} {"b":2}"#, "{\"a\":\"\u{1}\"}"] {
        assert!(fault(line).starts_with("column "), "{line}");
    }
}

#[test]
fn broken_logfmt_is_answered_with_its_column() {
    assert_eq!(
        fault("Spawning engine"),
        "column 9: a key and `=` belong here, as in `actor=pool-managerd`"
    );
    assert_eq!(fault("actor=\"a"), "column 7: this quote is never closed; is the line cut off?");
    assert_eq!(fault("actor=\"a\"b=c"), "column 10: a blank belongs between two pairs");
    assert_eq!(fault("actor=a=b"), "column 8: a value with `\"` or `=` in it stands in quotes");
    assert_eq!(
        fault(r#"actor="a\x""#),
        r#"column 10: inside quotes a backslash begins one of \" \\ \n \r \t \uXXXX"#
    );
    assert_eq!(
        fault("a%2=b"),
        "column 1: a `%` in a key is followed by two hexadecimal digits, as in `a%20b`"
    );
}

#[test]
fn a_head_of_the_wrong_kind_is_named() {
    assert_eq!(
        fault(&JSON.replace("\"actor\":\"a\"", "\"actor\":7")),
        "`actor` holds a number where a record has a string: put it in quotes"
    );
    assert_eq!(
        fault(&JSON.replace("\"level\":\"info\"", "\"level\":\"INFO\"")),
        "`level`: there is no level \"INFO\": choose one of trace, debug, info, warn, error"
    );
    let time = fault(&JSON.replace("2026-11-21T", "2026-13-21T"));
    assert!(time.starts_with("`timestamp` is no time such as 2026-11-21T18:34:05.123456Z: "));
}

#[test]
fn a_bare_word_that_is_no_number_stays_a_word() {
    for word in ["1.2.3", "2026-11-21", "-", "1e", "--5", "inf", "NaN", "+1", "null", "0x1f"] {
        let record = read(&logfmt(&format!("v={word}"))).unwrap();
        assert_eq!(record.field("v"), Some(&Value::Str(word.to_owned())));
    }
}

#[test]
fn more_digits_than_64_bits_are_read_as_a_float_in_both_formats() {
    let digits = "18446744073709551616";
    let expected = Some(Value::F64(18_446_744_073_709_551_616.0));
    assert_eq!(read(&logfmt(&format!("v={digits}"))).unwrap().field("v").cloned(), expected);
    assert_eq!(
        read(&JSON.replace(":3,", &format!(":{digits},"))).unwrap().field("n").cloned(),
        expected
    );
}

#[test]
fn keys_lose_their_percent_signs() {
    let record = read(&logfmt("a%20b%3D=1 %=2 100%25=3")).unwrap();
    let keys: Vec<&str> = record.fields.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["a b=", "", "100%"]);
}
