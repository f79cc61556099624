//! A flat JSON object as it lies: in goes a line, out come its names and values one by one,
//! borrowed wherever they are spelled plainly.
//!
//! It reads what our own writer writes and nothing else; it never takes a line for what the full
//! reader would not.

use std::borrow::Cow;

use memchr::memchr2;
use narration_record::Value;

/// A value.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// A string that is spelled without an escape.
    Plain(&'a str),
    /// Anything else.
    Value(Value),
}

impl Token<'_> {
    /// The value, whichever it is.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Plain(text) => Value::Str((*text).to_owned()),
            Self::Value(value) => value.clone(),
        }
    }
}

/// How a record of ours begins.
const OPENING: &[u8] = br#"{"timestamp":""#;

/// More names than this are left to the full reader.
const MOST: usize = 64;

/// The object from a place on.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    text: &'a str,
    at: usize,
    /// The names so far, which have to differ.
    names: Vec<&'a str>,
    /// A bit for the length and the ends of each name: where it is not set, the name is new.
    marks: u64,
}

impl<'a> Flat<'a> {
    /// The object in a line, also behind what a container put in front. Nothing where the line
    /// holds what needs a closer look.
    pub(super) fn of(line: &'a [u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // Without a branch a byte this is many bytes at a time.
        if line.iter().fold(false, |found, byte| found | (*byte < b' ')) {
            return None;
        }
        let start = if line.starts_with(OPENING) { 0 } else { behind_a_prefix(line)? };
        let text = std::str::from_utf8(line).ok()?.get(start..)?.trim_end_matches(' ');
        let text = text.strip_suffix('}')?;
        Some(Self { text, at: 1, names: Vec::with_capacity(24), marks: 0 })
    }

    /// The next value, where it stands under this name and is spelled plainly.
    pub(super) fn head(&mut self, name: &str) -> Option<&'a str> {
        let (before, names, marks) = (self.at, self.names.len(), self.marks);
        if self.opens(name)
            && let Some((_, Token::Plain(text))) = self.pair().flatten()
        {
            return Some(text);
        }
        self.names.truncate(names);
        (self.at, self.marks) = (before, marks);
        None
    }

    /// The next value, where it is a string under this name.
    pub(super) fn text(&mut self, name: &str) -> Option<Cow<'a, str>> {
        if !self.opens(name) {
            return None;
        }
        match self.pair()?? {
            (_, Token::Plain(text)) => Some(text.into()),
            (_, Token::Value(Value::Str(text))) => Some(text.into()),
            _ => None,
        }
    }

    fn opens(&self, name: &str) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let rest = rest.strip_prefix(',').unwrap_or(rest);
        rest.strip_prefix('"')
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('"'))
    }

    /// The next name and value, or that there is none; nothing where it is not spelled plainly.
    pub(super) fn pair(&mut self) -> Option<Option<(&'a str, Token<'a>)>> {
        let rest = self.text.get(self.at..)?;
        if rest.is_empty() {
            return Some(None);
        }
        let rest = if self.names.is_empty() { rest } else { rest.strip_prefix(',')? };
        let (name, rest) = plain(rest.strip_prefix('"')?)?;
        self.is_new(name)?;
        let rest = rest.strip_prefix(':')?;
        let (token, rest) = token(rest)?;
        self.at = self.text.len() - rest.len();
        Some(Some((name, token)))
    }

    /// No name may stand twice.
    fn is_new(&mut self, name: &'a str) -> Option<()> {
        let bytes = name.as_bytes();
        let (first, last) = (*bytes.first()?, *bytes.last()?);
        let mark = 1 << ((bytes.len() * 7 + usize::from(first) * 5 + usize::from(last)) % 64);
        if (self.marks & mark != 0 && self.names.contains(&name)) || self.names.len() == MOST {
            return None;
        }
        self.marks |= mark;
        self.names.push(name);
        Some(())
    }
}

/// Where the record begins behind the prefix of a container or a shell. A prefix with pairs in it
/// needs a closer look.
fn behind_a_prefix(line: &[u8]) -> Option<usize> {
    let start = memchr::memmem::find(line.get(..512.min(line.len()))?, OPENING)?;
    (!line.get(..start)?.iter().any(|byte| matches!(byte, b'=' | b'{'))).then_some(start)
}

/// A string up to its quote, when it has no escape, and what stands behind it.
fn plain(text: &str) -> Option<(&str, &str)> {
    let end = memchr2(b'"', b'\\', text.as_bytes())?;
    let (string, rest) = text.split_at_checked(end)?;
    Some((string, rest.strip_prefix('"')?))
}

/// A value and what stands behind it.
fn token(text: &str) -> Option<(Token<'_>, &str)> {
    if let Some(inside) = text.strip_prefix('"') {
        if let Some((string, rest)) = plain(inside) {
            return Some((Token::Plain(string), rest));
        }
        let end = 1 + closing_quote(inside)? + 1;
        let (string, rest) = text.split_at_checked(end)?;
        return Some((Token::Value(serde_json::from_str(string).ok()?), rest));
    }
    let end = text.find(',').unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    // Up to nineteen digits are a number of 64 bits, and nothing has to be looked up for them.
    let whole = word.len() < 19 && word.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole && (word.len() == 1 || !word.starts_with('0'));
    let value = if whole {
        Value::U64(word.parse().ok()?)
    } else if word.starts_with(['{', '[', 'n']) || word.contains(' ') {
        return None;
    } else {
        serde_json::from_str(word).ok()?
    };
    Some((Token::Value(value), rest))
}

/// Where the string ends that has escapes.
fn closing_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}
