//! Rules of one's own: names and expressions go in, a text without what they match comes out.

use regex::{Regex, RegexBuilder};

use crate::{
    bytes::{self, ALNUM, BASE64, DASH, DOT, TILDE, UNDERSCORE},
    marker,
};

/// How large a compiled expression may become, in bytes.
const MAX_COMPILED: usize = 1 << 20;

/// The rules as they were written.
#[derive(Clone, Debug, Default)]
pub(crate) struct RulesAsWritten {
    pub(crate) patterns: Vec<(String, String)>,
    pub(crate) prefixes: Vec<(String, String)>,
    pub(crate) allowed: Vec<String>,
}

/// The rules, ready to use.
#[derive(Debug)]
pub(crate) struct Rules {
    patterns: Vec<(String, Regex)>,
    prefixes: Vec<(String, String)>,
    allowed: Vec<Regex>,
}

impl Rules {
    /// Compiles what was written; what cannot be is told in `faults`.
    pub(crate) fn compile(written: &RulesAsWritten, faults: &mut Vec<String>) -> Self {
        let names = written.patterns.iter().chain(&written.prefixes).map(|(name, _)| name);
        for name in names.filter(|name| !is_name(name)) {
            faults.push(format!("a redaction rule is named with a-z, 0-9 and `-`, at most 40 of them; `{name}` is not"));
        }
        let mut compiled = |what: &str, pattern: &str| match compile(pattern) {
            Ok(regex) if what.starts_with("rule") && regex.is_match("") => {
                faults.push(format!(
                    "the expression of {what} matches the empty text, which is everywhere"
                ));
                None
            }
            Ok(regex) => Some(regex),
            Err(error) => {
                faults.push(format!("the expression of {what} does not compile: {error}"));
                None
            }
        };
        let patterns = written
            .patterns
            .iter()
            .filter_map(|(name, pattern)| {
                Some((name.clone(), compiled(&format!("rule `{name}`"), pattern)?))
            })
            .collect();
        let allowed = written
            .allowed
            .iter()
            .filter_map(|pattern| {
                compiled(&format!("the allowance `{pattern}`"), &format!("^(?:{pattern})$"))
            })
            .collect();
        let prefixes = written.prefixes.clone();
        for (name, _) in prefixes.iter().filter(|(_, literal)| literal.len() < 2) {
            faults.push(format!(
                "the prefix of rule `{name}` has less than two bytes, which start too many words"
            ));
        }
        Self { patterns, prefixes, allowed }
    }

    pub(crate) fn allows_any(&self) -> bool {
        !self.allowed.is_empty()
    }

    /// Whether a value may pass as it is.
    pub(crate) fn allows(&self, value: &str) -> bool {
        self.allowed.iter().any(|pattern| pattern.is_match(value))
    }

    /// The text without what the rules match; `None` if they match nothing.
    pub(crate) fn applied(&self, text: &str) -> Option<String> {
        let mut clean: Option<String> = None;
        for (name, pattern) in &self.patterns {
            let current = clean.as_deref().unwrap_or(text);
            let matches = pattern.find_iter(current).map(|found| (found.start(), found.end()));
            clean = self.replaced(current, name, matches).or(clean);
        }
        for (name, literal) in &self.prefixes {
            let current = clean.as_deref().unwrap_or(text);
            clean = self.replaced(current, name, words_with(current, literal)).or(clean);
        }
        clean
    }

    fn replaced(
        &self,
        text: &str,
        name: &str,
        matches: impl Iterator<Item = (usize, usize)>,
    ) -> Option<String> {
        let mut clean = String::new();
        let mut copied = 0;
        for (start, end) in matches {
            let value = text.get(start..end).unwrap_or_default();
            if value.is_empty()
                || start < copied
                || self.allows(value)
                || marker::reaches_into(text, start, end)
            {
                continue;
            }
            clean.push_str(text.get(copied..start).unwrap_or_default());
            marker::push(&mut clean, name);
            copied = end;
        }
        clean.push_str(text.get(copied..).unwrap_or_default());
        (copied > 0).then_some(clean)
    }
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).size_limit(MAX_COMPILED).build()
}

fn is_name(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The words that begin with a literal, each to its end.
fn words_with<'t>(text: &'t str, literal: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
    const WORD: bytes::Set = ALNUM | DASH | UNDERSCORE | DOT | TILDE | BASE64;
    let starts = text
        .match_indices(literal)
        .filter(|(start, _)| bytes::word_starts(text.as_bytes(), *start));
    starts.map(|(start, found)| (start, bytes::run_end(text.as_bytes(), start + found.len(), WORD)))
}

#[cfg(test)]
mod tests {
    use crate::Redactor;

    #[test]
    fn what_a_rule_matches_is_replaced_whole() {
        let redactor = Redactor::builder()
            .rule("employee", r"\bE(\d{6})\b")
            .prefix("acme", "acme_")
            .build()
            .unwrap();
        assert_eq!(
            redactor.redact("by E123456 with acme_x1.y2, twice"),
            "by [redacted:employee] with [redacted:acme], twice"
        );
        assert_eq!(redactor.redact("E12345 acme"), "E12345 acme");
    }

    #[test]
    fn a_rule_that_would_match_markers_leaves_them_alone() {
        let redactor = Redactor::builder().rule("word", "[a-z]+").build().unwrap();
        let once = redactor.redact("password=hunter2-again").into_owned();
        assert_eq!(redactor.redact(&once), once);
        assert!(once.contains("[redacted:password]"), "{once}");
    }

    #[test]
    fn an_allowed_value_passes_only_if_it_is_matched_whole() {
        let redactor = Redactor::builder().allow("example-[0-9]+").build().unwrap();
        assert_eq!(redactor.redact("token=example-123456"), "token=example-123456");
        assert_eq!(redactor.redact("token=example-123456x"), "token=[redacted:token]");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let error = Redactor::builder()
            .rule("Bad Name", "(")
            .rule("empty", "a*")
            .prefix("p", "x")
            .allow("[")
            .off("nope")
            .build()
            .unwrap_err();
        let text = error.to_string();
        for part in [
            "`Bad Name`",
            "does not compile",
            "`empty` matches the empty text",
            "less than two bytes",
            "allowance `[`",
            "`nope`",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_huge_expression_is_refused() {
        assert!(Redactor::builder().rule("huge", r"\w{1000}{1000}").build().is_err());
    }
}
