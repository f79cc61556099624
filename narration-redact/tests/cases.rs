//! Lines of many kinds of logs: what stands between « and » in `cases/*secrets.txt` must go, and a
//! line of `cases/*clean.txt` must come out as it went in.
//!
//! The lines of a round were written before the detector was first run on them; what it made of them
//! then is told in `docs/redaction.md`, together with the few that it still misses.
//!
//! Values are drawn at run time where a line says so, `{a20}` for twenty letters and digits, so that
//! no scanner of source code takes them for real. `\n`, `\r`, `\e` and `\u00a0` are what they name.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use narration_redact::redact;

/// The files with secrets in them.
const SECRETS: [&str; 8] = [
    include_str!("cases/secrets.txt"),
    include_str!("cases/round1-secrets.txt"),
    include_str!("cases/round2-secrets.txt"),
    include_str!("cases/round3-secrets.txt"),
    include_str!("cases/round4-secrets.txt"),
    include_str!("cases/round5-secrets.txt"),
    include_str!("cases/round6-secrets.txt"),
    include_str!("cases/round7-secrets.txt"),
];
/// The files with none.
const CLEAN: [&str; 8] = [
    include_str!("cases/clean.txt"),
    include_str!("cases/round1-clean.txt"),
    include_str!("cases/round2-clean.txt"),
    include_str!("cases/round3-clean.txt"),
    include_str!("cases/round4-clean.txt"),
    include_str!("cases/round5-clean.txt"),
    include_str!("cases/round6-clean.txt"),
    include_str!("cases/round7-clean.txt"),
];

/// How many lines are drawn anew with other values.
const DRAWS: u64 = 3;

/// What a placeholder's letter stands for.
fn alphabet(letter: char) -> &'static [u8] {
    match letter {
        'a' => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        'b' => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        'd' => b"0123456789",
        'h' => b"0123456789abcdef",
        'l' => b"abcdefghijklmnopqrstuvwxyz0123456789",
        'u' => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        _ => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % count
    }

    /// A line with its placeholders drawn and its escapes resolved.
    fn drawn(&mut self, line: &str) -> String {
        let mut text = String::new();
        let mut rest = line;
        while let Some(open) = rest.find('{') {
            let inside = rest[open + 1..].split_once('}').map_or("", |(inside, _)| inside);
            let (letter, digits) = inside.split_at(inside.chars().next().map_or(0, char::len_utf8));
            text.push_str(&rest[..open]);
            rest = &rest[open..];
            if let (Some(letter @ ('a'..='d' | 'h' | 'l' | 'u' | 'w')), Ok(len)) =
                (letter.chars().next(), digits.parse::<usize>())
            {
                // What nobody chose ends in no sign that may also end a sentence.
                let set = alphabet(letter);
                text.extend((0..len).map(|_| char::from(set[self.below(set.len().min(62))])));
                rest = &rest[inside.len() + 2..];
            } else {
                text.push('{');
                rest = &rest[1..];
            }
        }
        text.push_str(rest);
        text.replace("\\\\", "\0")
            .replace("\\n", "\n")
            .replace("\\r", "\r")
            .replace("\\e", "\u{1b}")
            .replace("\\u00a0", "\u{a0}")
            .replace('\0', "\\")
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, String)> {
    let written = file.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    written.enumerate().flat_map(|(number, line)| {
        (1..=DRAWS).map(move |draw| {
            let seed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_mul(draw);
            (line, Dice(seed | 1).drawn(line))
        })
    })
}

/// What is left of the secrets of a line.
fn leak(marked: &str) -> Option<String> {
    let text: String = marked.chars().filter(|sign| !matches!(sign, '«' | '»')).collect();
    let clean = redact(&text).into_owned();
    let secrets = marked.split('«').skip(1).filter_map(|part| part.split_once('»'));
    let left = secrets.flat_map(|(secret, _)| secret.lines()).any(|secret| clean.contains(secret));
    let twice = redact(&clean);
    (left || twice != clean).then(|| format!("{text:?}\n        => {clean:?}"))
}

fn assert_none(faults: Vec<String>, all: usize) {
    assert!(faults.is_empty(), "{} of {all}:\n    {}", faults.len(), faults.join("\n    "));
}

#[test]
fn secrets_in_all_kinds_of_lines_go() {
    let all: Vec<_> = SECRETS.into_iter().flat_map(lines).collect();
    let mut faults: Vec<(&str, String)> =
        all.iter().filter_map(|(line, text)| Some((*line, leak(text)?))).collect();
    faults.dedup_by_key(|(line, _)| *line);
    assert_none(faults.into_iter().map(|(_, fault)| fault).collect(), all.len());
}

#[test]
fn lines_with_nothing_to_hide_stay() {
    let all: Vec<_> = CLEAN.into_iter().flat_map(lines).collect();
    let touched = |text: &String| redact(text) != *text;
    let mut faults: Vec<_> = all.iter().filter(|(_, text)| touched(text)).collect();
    faults.dedup_by_key(|(line, _)| *line);
    let told = faults.iter().map(|(_, text)| format!("{text:?}\n        => {:?}", redact(text)));
    assert_none(told.collect(), all.len());
}
