//! Which lines may matter: in go ids, out comes a search over bytes that misses no line which
//! holds one of them, and lets few others through.

use aho_corasick::AhoCorasick;
use memchr::memmem::Finder;

use super::index::{Probe, TRACE};

/// Finds the bytes of ids, before anything is parsed.
pub struct Matcher {
    kind: Kind,
    probes: Option<Vec<Probe>>,
}

enum Kind {
    /// Every line may matter.
    Every,
    /// One id.
    One { finder: Box<Finder<'static>>, whole: bool },
    /// One of several.
    Many { finder: AhoCorasick, whole: Vec<bool> },
}

impl Matcher {
    /// Lets every line through.
    #[must_use]
    pub fn every() -> Self {
        Self { kind: Kind::Every, probes: None }
    }

    /// Lets lines through that hold one of these ids.
    ///
    /// Writers may escape what is no plain character, each in its own way; what is searched for
    /// is the longest part of an id that nobody escapes.
    pub fn any<S: AsRef<str>>(ids: impl IntoIterator<Item = S>) -> Self {
        let mut needles: Vec<(String, bool)> = Vec::new();
        let mut probes = Some(Vec::new());
        for id in ids {
            let id = id.as_ref();
            let plain = plain_part(id);
            if plain.is_empty() {
                return Self::every();
            }
            needles.push((plain.to_owned(), plain == id));
            // What writers may escape cannot be looked up.
            let probe = Probe::of(id).filter(|_| plain == id);
            probes = probes.zip(probe).map(|(mut probes, probe)| {
                probes.push(probe);
                probes
            });
        }
        let kind = match needles.as_slice() {
            [] => return Self::every(),
            [(needle, whole)] => {
                let finder = Box::new(Finder::new(needle.as_bytes()).into_owned());
                Kind::One { finder, whole: *whole }
            }
            many => match AhoCorasick::new(many.iter().map(|(needle, _)| needle)) {
                Ok(finder) => {
                    let whole = many.iter().map(|(_, whole)| *whole).collect();
                    Kind::Many { finder, whole }
                }
                Err(_) => return Self::every(),
            },
        };
        Self { kind, probes }
    }

    /// Lets lines through that hold this, also as a part of something longer.
    #[must_use]
    pub fn part(text: &str) -> Self {
        let plain = plain_part(text);
        if plain.is_empty() {
            return Self::every();
        }
        let finder = Box::new(Finder::new(plain.as_bytes()).into_owned());
        Self { kind: Kind::One { finder, whole: false }, probes: None }
    }

    /// Whether a line may matter.
    #[must_use]
    pub fn is_in(&self, line: &[u8]) -> bool {
        self.find(line, 0).is_some()
    }

    /// Where from here on a line may matter: any byte of it.
    #[inline]
    pub(super) fn find(&self, bytes: &[u8], mut from: usize) -> Option<usize> {
        loop {
            let rest = bytes.get(from..).filter(|rest| !rest.is_empty())?;
            let (start, end, whole) = match &self.kind {
                Kind::Every => return Some(from),
                Kind::One { finder, whole } => {
                    let at = finder.find(rest)?;
                    (at, at + finder.needle().len(), *whole)
                }
                Kind::Many { finder, whole } => {
                    let found = finder.find(rest)?;
                    let whole = whole.get(found.pattern().as_usize()).copied();
                    (found.start(), found.end(), whole.unwrap_or(false))
                }
            };
            let (start, end) = (from + start, from + end);
            if !whole || stands_alone(bytes, start, end) {
                return Some(start);
            }
            from = start + 1;
        }
    }

    /// What an index has to know for a line to matter; nothing where it cannot say.
    pub(super) fn probes(&self) -> Option<&[Probe]> {
        self.probes.as_deref()
    }

    /// How many bytes an id found at the end of a block may still lack.
    pub(super) fn overlap(&self) -> usize {
        match &self.kind {
            Kind::Every => 0,
            Kind::One { finder, .. } => finder.needle().len(),
            Kind::Many { finder, .. } => finder.max_pattern_len(),
        }
    }
}

/// Whether the bytes around allow that these are a whole value.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let goes_on = |byte: Option<&u8>| byte.is_some_and(|byte| is_of_an_id(*byte));
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at));
    if goes_on(bytes.get(end)) {
        // A trace before its span: `00-TRACE-SPAN-01` as W3C has it, or `TRACE-SPAN`.
        let version = start.checked_sub(3).filter(|at| bytes[*at..].starts_with(b"00-"));
        return end - start == TRACE
            && bytes.get(end) == Some(&b'-')
            && !goes_on(before(version.unwrap_or(start)));
    }
    !goes_on(before(start)) || behind_an_escape(&bytes[..start])
}

fn is_of_an_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// `\u0022`, which some writers put for a quote, `\n` and its kin, and the colours of a terminal.
fn behind_an_escape(before: &[u8]) -> bool {
    if let Some(colour) = before.strip_suffix(b"m") {
        let digit = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
        let start = colour.iter().rposition(|byte| !digit(byte));
        if start.is_some_and(|start| colour[start] == b'[') {
            return true;
        }
    }
    let escaped = |length: usize, mark: &[u8]| {
        before.len().checked_sub(length).is_some_and(|at| before[at..].starts_with(mark))
    };
    escaped(6, b"\\u") || escaped(2, b"\\")
}

/// The longest part of a text that every writer leaves as it is.
fn plain_part(id: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let parts = id.split(|c: char| !plain(c));
    parts.max_by_key(|part| part.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_inside_a_longer_one_is_passed_over() {
        let matcher = Matcher::any(["req-7"]);
        assert_eq!(matcher.find(br#"{"id":"req-77"} {"id":"xreq-7"}"#, 0), None);
        assert_eq!(matcher.find(br#"{"id":"req-77","b":"req-7"}"#, 0), Some(20));
        assert_eq!(matcher.find(br#"{\u0022id\u0022:\u0022req-7\u0022}"#, 0), Some(22));
        assert_eq!(matcher.find(b"id\x1b[0m\x1b[2m=\x1b[0mreq-7", 0), Some(15));
    }

    #[test]
    fn a_trace_is_found_in_a_traceparent_and_no_span_is() {
        let parent = b"\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"";
        let find = |id: &str| Matcher::any([id]).find(parent, 0);
        assert_eq!(find("4bf92f3577b34da6a3ce929d0e0e4736"), Some(4));
        assert_eq!(find("00f067aa0ba902b7"), None);
        let beside = b"[4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7]";
        assert!(Matcher::any(["4bf92f3577b34da6a3ce929d0e0e4736"]).is_in(beside));
    }

    #[test]
    fn an_id_that_writers_escape_is_found_by_its_plain_part() {
        let matcher = Matcher::any(["hf:org/repo \"x\""]);
        assert!(matcher.find(br#"{"id":"hf:org\/repo \"x\""}"#, 0).is_some());
        assert_eq!(Matcher::any(["größe"]).find(b"gr\\u00f6\\u00dfe", 0), Some(0));
        assert_eq!(Matcher::any(["世界"]).find(b"anything", 2), Some(2));
    }

    #[test]
    fn several_ids_are_found_in_one_pass() {
        let matcher = Matcher::any(["req-7", "req-8"]);
        assert_eq!(matcher.find(b"a=req-79 b=req-8", 0), Some(11));
    }
}
