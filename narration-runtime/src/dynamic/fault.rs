//! What is wrong with a narration put together at run time.

use std::error::Error;
use std::fmt;

use narration_taxonomy::{Rule, nearest};

/// One fault, under the code the compiler would have used.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fault {
    /// The code, `N0002`; its page in the book is `docs/errors/N0002.md`.
    pub code: &'static str,
    /// What is wrong, with names.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl Fault {
    pub(super) fn new(rule: &'static Rule, message: String) -> Self {
        Self { code: rule.code, message, help: rule.help.to_owned() }
    }

    /// Puts the nearest of the known names, and all of them, before the general way out.
    pub(super) fn instead_of<'a>(
        mut self,
        wrong: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        let meant = nearest(wrong, known.clone())
            .map(|name| format!("did you mean `{name}`? "))
            .unwrap_or_default();
        let allowed = known.collect::<Vec<_>>().join(", ");
        self.help = format!("{meant}allowed: {allowed}; {}", self.help);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.code, self.message, self.help)
    }
}

impl Error for Fault {}
