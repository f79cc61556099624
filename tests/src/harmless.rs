//! What holds for every line, whatever was told.
//!
//! In: what was told. Out: nothing, or a failed assertion that shows the line.

use std::collections::HashSet;

use narration_record::read;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::capture::{Stream, Told};

/// Holds every line of ours against what no input may break: as many lines as narrations in every
/// format, each JSON line an object with every key once, nothing that drives a terminal.
///
/// # Panics
///
/// When one of these does not hold.
pub fn assert_harmless(told: &Told, narrations: usize) {
    for stream in Stream::OURS {
        let lines = told.lines(stream);
        assert_eq!(lines.len(), narrations, "{stream:?}: {lines:#?}");
        for line in lines {
            let bare =
                if stream == Stream::Coloured { without_colours(line) } else { line.to_owned() };
            let hidden: Vec<char> = bare.chars().filter(|letter| is_hidden(*letter)).collect();
            assert!(hidden.is_empty(), "{stream:?} holds {hidden:?}: {line:?}");
        }
    }
    for line in told.lines(Stream::Json) {
        let Keys(keys) =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let unique: HashSet<&String> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len(), "a key comes twice: {keys:?}");
    }
    for (json, logfmt) in told.lines(Stream::Json).iter().zip(told.lines(Stream::Logfmt)) {
        let (mut one, mut other) = (read(json).expect(json), read(logfmt).expect(logfmt));
        // Each format has its own moment.
        (one.timestamp, other.timestamp) = Default::default();
        assert_eq!(one, other, "json and logfmt differ");
    }
}

/// Asserts that a text is in none of the ways out, foreign ones included.
///
/// # Panics
///
/// When one of them holds it.
pub fn assert_nowhere(told: &Told, secret: &str) {
    for stream in Stream::ALL {
        assert!(
            !told.text(stream).contains(secret),
            "{stream:?} holds {secret:?}:\n{}",
            told.text(stream)
        );
    }
    let seen = format!("{:?}", told.seen);
    assert!(!seen.contains(secret), "a foreign subscriber saw {secret:?}: {seen}");
}

/// Characters nobody sees, but which end lines, drive terminals or turn the reading order.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2066}'..='\u{2069}').contains(&letter)
}

/// Takes our own colours out, which are the only ones that may be there.
fn without_colours(line: &str) -> String {
    let ours = (0..=9).chain(30..=39).map(|code| format!("\u{1b}[{code}m"));
    ours.fold(line.to_owned(), |line, code| line.replace(&code, ""))
}

/// The keys of a JSON object, repeated ones included.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Keys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = map.next_entry::<String, serde_json::Value>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(All)
    }
}
