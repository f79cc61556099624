//! The problems found so far.
//!
//! In: problems, in any order. Out: all of them by place; of a flood of
//! errors the first [`MAX_ERRORS`] and the number of the rest.

use std::cell::Cell;
use std::fmt::Write as _;

use crate::model::Place;
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::rule::{Rule, Severity};
use crate::rules;

/// So many errors are listed: nobody reads on.
const MAX_ERRORS: usize = 200;

/// So many names are looked at for suggestions before there are no more of
/// them: in a vocabulary of megabytes each one takes as long as the rest.
const MAX_COMPARED: usize = 200_000;

/// The longest part of a wrong word that is repeated in a message.
const MAX_QUOTED_LEN: usize = 80;

#[derive(Default)]
pub(crate) struct Findings {
    problems: Vec<Problem>,
    errors: usize,
    compared: Cell<usize>,
}

impl Findings {
    pub(crate) fn add(&mut self, rule: &'static Rule, place: Place, message: String) {
        self.push(Problem::new(rule, place, message));
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        if problem.rule.severity == Severity::Error {
            self.errors += 1;
            if self.errors > MAX_ERRORS {
                return;
            }
        }
        self.problems.push(problem);
    }

    /// Whether further errors are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.errors >= MAX_ERRORS
    }

    /// A did-you-mean, as long as it would be seen.
    pub(crate) fn suggest<'a>(
        &self,
        wrong: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        if self.is_full() || self.compared.get() > MAX_COMPARED {
            return None;
        }
        let known = known.into_iter().inspect(|_| self.compared.update(|count| count + 1));
        nearest(wrong, known).map(|name| format!("did you mean {}?", quoted(name)))
    }

    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| (a.place, a.rule.code).cmp(&(b.place, b.rule.code)));
        if let Some(more) = self.errors.checked_sub(MAX_ERRORS).filter(|more| *more > 0) {
            let place = self.problems.last().map(|problem| problem.place).unwrap_or_default();
            let message = format!("{more} more problems are not listed");
            self.problems.push(Problem::new(&rules::MORE_PROBLEMS, place, message));
        }
        self.problems
    }
}

/// A word from a file in backticks: short, and harmless on a terminal.
pub(crate) fn quoted(word: &str) -> String {
    let mut quoted = String::from("`");
    for c in word.chars().take(MAX_QUOTED_LEN) {
        if matches!(c, '"' | '\'' | '\\') {
            quoted.push(c);
        } else {
            let _ = write!(quoted, "{}", c.escape_debug());
        }
    }
    quoted.push_str(if word.chars().nth(MAX_QUOTED_LEN).is_some() { "…`" } else { "`" });
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_cut_and_the_rest_counted() {
        let mut findings = Findings::default();
        for line in 1..=MAX_ERRORS + 7 {
            let place = Place { file: 0, line, column: 1 };
            findings.add(&rules::UNKNOWN_KEY, place, String::new());
        }
        let problems = findings.into_sorted();
        assert_eq!(problems.len(), MAX_ERRORS + 1);
        let last = problems.last().unwrap();
        assert_eq!(last.rule, &rules::MORE_PROBLEMS);
        assert!(last.message.starts_with("7 more"), "{}", last.message);
    }

    #[test]
    fn quoted_words_are_short_and_harmless() {
        assert_eq!(quoted("it's"), "`it's`");
        assert_eq!(quoted("\u{1b}[2J\u{202e}"), "`\\u{1b}[2J\\u{202e}`");
        assert!(quoted(&"x".repeat(5000)).chars().count() < 100);
    }
}
