//! Whether a regular expression can be a rule.
//!
//! In: a pattern. Out: why not, if so. Only the parser of the crate `regex` is
//! asked: macros are part of every user's build, and its engines are not needed
//! to know that a pattern is sound.

use regex_syntax::hir::{Hir, HirKind};

/// The most states a pattern may ask for. The engine takes some ten bytes for
/// each; a rule that needs more than this is not one shape but many.
const MOST_STATES: u64 = 20_000;

/// What is wrong with a pattern.
pub(super) fn fault(pattern: &str) -> Option<String> {
    let hir = match regex_syntax::parse(pattern) {
        Ok(hir) => hir,
        Err(error) => return Some(reason(&error)),
    };
    if hir.properties().minimum_len().unwrap_or_default() == 0 {
        return Some("it matches where there is nothing".to_owned());
    }
    let states = states(&hir);
    (states > MOST_STATES)
        .then(|| format!("it needs about {states} states, {MOST_STATES} are allowed"))
}

/// The parser's own words, without its drawing of the pattern.
fn reason(error: &regex_syntax::Error) -> String {
    match error {
        regex_syntax::Error::Parse(error) => {
            format!("{}, at {}", error.kind(), error.span().start.column)
        }
        regex_syntax::Error::Translate(error) => {
            format!("{}, at {}", error.kind(), error.span().start.column)
        }
        other => other.to_string(),
    }
}

/// About how many states an engine makes of it.
fn states(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(class) => class.maximum_len().unwrap_or(1) as u64,
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = u64::from(repetition.max.unwrap_or(repetition.min).max(1));
            states(&repetition.sub).saturating_mul(times)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(states).fold(0, u64::saturating_add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_rules_hold() {
        for pattern in ["ACME-[A-Z0-9]{16}", r"(?i)depot_[a-z]{4}\d+", r"\p{L}{3}-\d{6}", "a|bc"] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_is_no_rule_is_told_why() {
        let told = |pattern| fault(pattern).unwrap_or_default();
        assert_eq!(told("ACME-[A-Z"), "unclosed character class, at 6");
        assert!(told("(?<=key)x").contains("look-around"), "{}", told("(?<=key)x"));
        assert_eq!(told("x*"), "it matches where there is nothing");
        assert_eq!(told(""), "it matches where there is nothing");
        assert!(told("(a{1000}){1000}").contains("1000000 states"), "{}", told("(a{1000}){1000}"));
    }
}
