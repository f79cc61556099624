//! Whatever is written is one line that reads back as what it was, with every key once.

use std::collections::HashSet;
use std::time::{Duration, UNIX_EPOCH};

use narration_record::{
    Clock, FieldName, Fields, Format, Head, Level, Record, Style, Value, read, write_line,
};
use proptest::prelude::*;

/// Names as they come: built in, of an action, of foreign events, and outright strange.
const NAMES: [&str; 16] = [
    "correlation_id",
    "session_id",
    "pool_id",
    "queue_position",
    "http.status",
    "log.line",
    "timestamp",
    "level",
    "target",
    "fields.target",
    "human",
    "",
    "a b",
    "quote\"equals=percent%25",
    "line\nbreak\u{1b}[0m",
    "größe",
];

/// The first two names are built in.
fn named(name: usize) -> FieldName {
    let rank = if name < 2 { name as u8 } else { FieldName::UNRANKED };
    FieldName { name: NAMES[name], rank, declared: name < 2 }
}

/// The key that a name has in the line.
fn key(name: &str) -> String {
    let head = ["timestamp", "level", "actor", "action", "target", "human"];
    let moves = head.contains(&name.trim_start_matches("fields."));
    if moves { format!("fields.{name}") } else { name.to_owned() }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>().prop_map(Value::Str),
        "[0-9a-z.:/eE+-]{0,6}".prop_map(Value::Str),
        any::<u64>().prop_map(Value::U64),
        (i64::MIN..0).prop_map(Value::I64),
        prop::num::f64::NORMAL.prop_map(Value::F64),
        prop::num::f64::SUBNORMAL.prop_map(Value::F64),
        any::<bool>().prop_map(Value::Bool),
    ]
}

type List = Vec<(usize, Value)>;

fn list() -> impl Strategy<Value = List> {
    prop::collection::vec((0..NAMES.len(), value()), 0..12)
}

fn render(style: Style, list: &List) -> Fields {
    let mut fields = Fields::new(style);
    for (name, value) in list {
        match value {
            Value::Str(text) => fields.str(named(*name), text),
            Value::U64(number) => fields.u64(named(*name), *number),
            Value::I64(number) => fields.i64(named(*name), *number),
            Value::F64(number) => fields.f64(named(*name), *number),
            Value::Bool(truth) => fields.bool(named(*name), *truth),
        }
    }
    fields
}

/// What a list means, said without any of its machinery: the last value of a name at the place of
/// its first, the built-in names before all others.
fn meaning(inherited: &List, own: &List) -> Vec<(String, Value)> {
    let unique = |list: &List| {
        let mut kept: List = Vec::new();
        for (name, value) in list {
            match kept.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 = value.clone(),
                None => kept.push((*name, value.clone())),
            }
        }
        kept
    };
    let own = unique(own);
    let mut all = unique(inherited);
    all.retain(|(name, _)| own.iter().all(|(known, _)| known != name));
    all.extend(own);
    all.sort_by_key(|(name, _)| named(*name).rank);
    all.into_iter().map(|(name, value)| (key(NAMES[name]), value)).collect()
}

#[derive(Clone, Debug)]
struct Input {
    micros: i64,
    level: Level,
    actor: String,
    action: String,
    target: Option<String>,
    human: String,
    inherited: List,
    own: List,
}

fn input() -> impl Strategy<Value = Input> {
    let text = || prop_oneof![any::<String>(), "[a-z-]{1,20}", "[0-9]{1,3}"];
    let words = (text(), text(), prop::option::of(text()), text());
    let level = prop::sample::select(Level::ALL.to_vec());
    (-1_000_000_000_000_i64..10_000_000_000_000_000, level, words, list(), list()).prop_map(
        |(micros, level, (actor, action, target, human), inherited, own)| Input {
            micros,
            level,
            actor,
            action,
            target,
            human,
            inherited,
            own,
        },
    )
}

fn line(style: Style, input: &Input) -> String {
    let distance = Duration::from_micros(input.micros.unsigned_abs());
    let moment = if input.micros < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance };
    let mut clock = Clock::new();
    let head = Head {
        timestamp: clock.stamp(moment),
        level: input.level,
        actor: &input.actor,
        action: &input.action,
        declared: false,
        target: input.target.as_deref(),
        human: &input.human,
    };
    let (inherited, own) = (render(style, &input.inherited), render(style, &input.own));
    let mut out = String::new();
    write_line(&mut out, style, &head, Some(&inherited), &own);
    out
}

fn record(input: &Input) -> Record {
    Record {
        timestamp: jiff::Timestamp::from_microsecond(input.micros).unwrap_or_default(),
        level: input.level,
        actor: input.actor.clone(),
        action: input.action.clone(),
        target: input.target.clone(),
        human: input.human.clone(),
        fields: meaning(&input.inherited, &input.own),
    }
}

proptest! {
    #[test]
    fn json_and_logfmt_read_back_as_what_was_written(input in input()) {
        for format in [Format::Json, Format::Logfmt] {
            let line = line(Style { format, colour: false }, &input);
            prop_assert_eq!(read(&line), Ok(record(&input)), "{}", line);
        }
    }

    #[test]
    fn every_json_line_is_an_object_with_unique_keys(input in input()) {
        let line = line(Style { format: Format::Json, colour: false }, &input);
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line).unwrap();
        let record = read(&line).unwrap();
        let keys: HashSet<&str> = record.fields.iter().map(|(key, _)| key.as_str()).collect();
        prop_assert_eq!(keys.len(), record.fields.len());
        let head = 5 + usize::from(input.target.is_some());
        prop_assert_eq!(members.len(), head + record.fields.len());
    }

    #[test]
    fn every_line_is_one_line_that_a_terminal_does_not_obey(input in input(), colour: bool) {
        for format in Format::ALL {
            let line = line(Style { format, colour }, &input);
            let text = line.strip_suffix('\n').unwrap();
            let text = if colour { without_colours(text) } else { text.to_owned() };
            prop_assert!(!text.chars().any(char::is_control), "{:?}", text);
        }
    }

    #[test]
    fn the_reader_answers_any_line_without_panicking(line in any::<String>(), damage in any::<usize>(), input in input()) {
        let _ = read(&line);
        for format in [Format::Json, Format::Logfmt] {
            let whole = self::line(Style { format, colour: false }, &input);
            let cut: String = whole.chars().take(damage % whole.len().max(1)).collect();
            let _ = read(&cut);
        }
    }
}

/// Takes our own colours out, which are the only ones that may be there.
fn without_colours(text: &str) -> String {
    ["0", "2", "31", "32", "33", "34", "35", "36"]
        .iter()
        .fold(text.to_owned(), |text, code| text.replace(&format!("\u{1b}[{code}m"), ""))
}
