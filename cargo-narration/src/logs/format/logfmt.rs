//! logfmt of other programs, and lines that end in pairs: in goes a text, out comes its event.

use narration_record::Value;

use super::Origin;
use super::foreign::{Found, level};
use crate::logs::{Entry, Nanos, Shape, moment};

/// Whether the text holds pairs. Words before or between them are the text for people.
pub(super) fn read(origin: Origin<'_>, text: &str, entries: &mut Vec<Entry>) -> bool {
    let mut found = Found::default();
    if !fill(&mut found, text) {
        return false;
    }
    let narrated = |name: &str| found.fields.iter().any(|(known, _)| known == name);
    let shape =
        if narrated("actor") && narrated("action") { Shape::Narration } else { Shape::Foreign };
    entries.push(found.finish(origin, shape));
    true
}

/// Takes in what a text with pairs says; whether there were any.
pub(super) fn fill(found: &mut Found, text: &str) -> bool {
    let mut words = String::new();
    let stamped = stamped(text).filter(|_| found.time.is_none());
    found.time = found.time.or(stamped.map(|(time, _)| time));
    let (head, spans, own) = in_parts(stamped.map_or(text, |(_, behind)| behind));
    let pairs = pairs(found, &mut words, head)
        + pairs(found, &mut words, own)
        // An event's own fields win over those of its spans.
        + pairs(found, &mut String::new(), &spans);
    if pairs == 0 {
        return false;
    }
    if found.time.is_some() && found.level.is_some() {
        named(found, &mut words);
    }
    found.human.get_or_insert(words);
    true
}

/// What stands before the spans, in them, and behind them: `tracing_subscriber` writes
/// `TIME LEVEL outer{a=1}:inner{b=2}: target: text c=3`.
fn in_parts(text: &str) -> (&str, String, &str) {
    let end = text.find("}: ").map(|end| end + 2);
    let whole = ("", String::new(), text);
    let Some((spans, own)) = end.and_then(|end| text.split_at_checked(end)) else { return whole };
    let Some(open) = spans.find('{') else { return whole };
    let start = spans[..open].rfind(' ').map_or(0, |blank| blank + 1);
    let name = &spans[start..open];
    if name.is_empty() || name.contains(['=', '"']) {
        return whole;
    }
    (&text[..start], spans[start..].replace("}:", " ").replace('{', " "), own)
}

/// Takes pairs for fields and all else for words; counts the pairs.
fn pairs(found: &mut Found, words: &mut String, text: &str) -> usize {
    let (mut count, mut rest) = (0, text);
    while let Some((token, after)) = token(rest) {
        rest = after;
        match pair(token) {
            Some((key, value)) => {
                count += 1;
                place(found, key, value);
            }
            None => word(found, words, token),
        }
    }
    count
}

/// Where a time and a level stood in front, the next word may be tracing's target.
fn named(found: &mut Found, words: &mut String) {
    let Some((target, text)) = words.split_once(": ") else { return };
    let path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    if found.human.is_none() && target.chars().all(path) {
        found.field("target", Value::Str(target.to_owned()));
        *words = text.to_owned();
    }
}

/// How many words may stand before a level, such as a logger's name.
const BEFORE_A_LEVEL: usize = 4;

/// Words before the pairs: a time and a level in front are taken for what they are.
fn word(found: &mut Found, words: &mut String, token: &str) {
    if words.is_empty() && found.time.is_none() && token.len() > 18 {
        found.time = moment(token.trim_matches(['[', ']']));
        if found.time.is_some() {
            return;
        }
    }
    let name = token.trim_matches(['[', ']']);
    let in_front = words.is_empty()
        || (found.time.is_some() && words.split_whitespace().count() < BEFORE_A_LEVEL);
    if found.level.is_none() && in_front && name.chars().all(|c| c.is_ascii_uppercase()) {
        found.level = level(name);
        if found.level.is_some() && words.is_empty() {
            return;
        }
    }
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(token);
}

/// A day and a time with a blank between them, as Java's and Python's loggers write them, and what
/// follows.
fn stamped(text: &str) -> Option<(Nanos, &str)> {
    let bare = text.strip_prefix('[').unwrap_or(text);
    bare.get(10..11).filter(|between| *between == " ")?;
    let of_a_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | '+' | 'Z');
    let behind = bare.get(11..)?.trim_start_matches(of_a_time);
    let time = moment(bare.get(..bare.len() - behind.len())?.trim_end_matches([',', '.']))?;
    Some((time, behind.trim_start_matches(|c: char| matches!(c, ']' | '-') || c.is_whitespace())))
}

fn place(found: &mut Found, key: &str, value: Value) {
    match (key, &value) {
        ("timestamp" | "time" | "ts", value) if found.time.is_none() => {
            found.time = moment(&value.to_string());
        }
        ("level" | "lvl" | "severity", Value::Str(word)) if found.level.is_none() => {
            found.level = level(word);
        }
        ("human" | "msg" | "message", Value::Str(text)) if found.human.is_none() => {
            found.human = Some(text.clone());
        }
        _ => found.field(key, value),
    }
}

/// The next token: quotes hold blanks together.
fn token(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let (mut quoted, mut escaped) = (false, false);
    let end = rest.char_indices().find_map(|(at, c)| {
        let quote = c == '"' && !escaped;
        quoted ^= quote;
        escaped = c == '\\' && !escaped;
        (c.is_whitespace() && !quoted).then_some(at)
    });
    let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
    (!token.is_empty()).then_some((token, after))
}

fn pair(token: &str) -> Option<(&str, Value)> {
    let (key, value) = token.split_once('=')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '@');
    if key.is_empty() || !key.chars().all(plain) {
        return None;
    }
    Some((key, self::value(value)))
}

pub(super) fn value(text: &str) -> Value {
    let text = text.trim_end_matches(',');
    if let Some(quoted) = text.strip_prefix('"') {
        let whole = serde_json::from_str(text);
        let bare = || quoted.strip_suffix('"').unwrap_or(quoted).to_owned();
        return Value::Str(whole.unwrap_or_else(|_| bare()));
    }
    match text.parse() {
        Ok(number) if !text.starts_with('+') => Value::U64(number),
        _ => Value::Str(text.to_owned()),
    }
}
