//! What in a line may be asked for: in goes a line, out comes every run of characters that may be
//! an id or a part of one; and which of these an id must show up as.

use super::number;
use super::series::Member;

/// Shorter runs are too common to tell blocks apart, longer ones are no ids.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=128;

/// How many digits a trace has.
pub(in crate::logs) const TRACE: usize = 32;

/// How far an escape reaches into a run: `\u0022req-7` has five characters that are not the id's.
const ESCAPE: usize = 6;

/// A run that may be an id or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) number: u64,
    /// Its place among ids that count up.
    pub(super) member: Option<Member>,
}

impl Token {
    pub(super) fn of(run: &[u8]) -> Self {
        Self { number: number(run), member: Member::of(run) }
    }
}

/// What a block has to have for an id to be in it: all of the runs the id consists of.
#[derive(Clone, Debug)]
pub(in crate::logs) struct Probe(Vec<Token>);

impl Probe {
    /// Nothing where an index cannot say whether the id is there. `id` has to be one that every
    /// writer leaves as it is.
    pub(in crate::logs) fn of(id: &str) -> Option<Self> {
        let runs = id.as_bytes().split(|byte| !is_of_a_run(*byte));
        let tokens: Vec<Token> = runs.filter(|run| is_kept(run)).map(Token::of).collect();
        (!tokens.is_empty()).then_some(Self(tokens))
    }

    /// Its runs.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.0
    }
}

/// Calls for every run of a line that is kept.
pub(super) fn each(line: &[u8], found: &mut impl FnMut(&[u8])) {
    let mut at = 0;
    while at < line.len() {
        let start = at;
        while line.get(at).is_some_and(|byte| is_of_a_run(*byte)) {
            at += 1;
        }
        if at > start {
            run(line, start, at, found);
        }
        at += 1;
    }
}

fn run(line: &[u8], start: usize, end: usize, found: &mut impl FnMut(&[u8])) {
    let mut keep = |from: usize, to: usize| {
        if let Some(run) = line.get(from..to).filter(|run| is_kept(run)) {
            found(run);
        }
    };
    keep(start, end);
    // A trace stands before its span: `00-TRACE-SPAN-01` as W3C has it, or `TRACE-SPAN`.
    let whole = line.get(start..end).unwrap_or_default();
    let from = start + if whole.starts_with(b"00-") { 3 } else { 0 };
    if from + TRACE < end && line.get(from + TRACE) == Some(&b'-') {
        keep(from, from + TRACE);
    }
    // An escape before an id runs into it: `\n` by one character, `\u0022` by five.
    for escape in start.saturating_sub(ESCAPE - 1)..start {
        if line.get(escape) == Some(&b'\\') {
            [escape + 2, escape + ESCAPE]
                .into_iter()
                .filter(|from| *from > start)
                .for_each(|from| keep(from, end));
        }
    }
    // So does a colour: `[2;33m`.
    if start.checked_sub(1).is_some_and(|before| matches!(line.get(before), Some(b'[' | b';'))) {
        let digits = line.get(start..end).unwrap_or_default();
        let digits = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if line.get(start + digits) == Some(&b'm') {
            keep(start + digits + 1, end);
        }
    }
}

fn is_of_a_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Numbers alone, and fractions of a second, are not kept: every line has others.
fn is_kept(run: &[u8]) -> bool {
    let number = run.strip_suffix(b"Z").unwrap_or(run);
    LENGTH.contains(&run.len()) && !number.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::Matcher;

    fn has(line: &[u8], id: &str) -> bool {
        let mut known = Vec::new();
        each(line, &mut |run| known.push(Token::of(run)));
        Probe::of(id).unwrap().0.iter().all(|token| known.contains(token))
    }

    #[test]
    fn wherever_an_id_is_found_its_runs_are_known() {
        let around = [
            "\"",
            "00-",
            "\\u0022",
            "\\n",
            "\u{1b}[0m",
            "\u{1b}[2;33m",
            " ",
            ".",
            "=",
            "\\\\",
            ":",
        ];
        for id in [
            "req-xyz",
            "req_0001",
            "0198c5f2-7c3a-7b1e-9d4f-2a6b8c0d1e3f",
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "a.b:job-1234567",
        ] {
            for before in around {
                for after in ["\"", "-00f067aa0ba902b7-01", "\\u0022", " ", ".x", ""] {
                    let line = format!("{{\"id\":{before}{id}{after}");
                    if Matcher::any([id]).is_in(line.as_bytes()) {
                        assert!(has(line.as_bytes(), id), "{line}");
                    }
                }
            }
        }
    }

    #[test]
    fn of_a_short_id_and_a_bare_number_nothing_is_known() {
        for id in ["req-7", "123456789", "123456Z", "a.b.c", &"x".repeat(200)] {
            assert!(Probe::of(id).is_none(), "{id}");
        }
    }
}
