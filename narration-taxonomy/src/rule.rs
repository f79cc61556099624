//! A refusal has a name, a code and one page in the book.
//!
//! In: nothing. Out: [`Rule`], the shape of every entry of the catalogue of
//! refusals, for the vocabulary's own faults here and for the macros' above.

/// One thing that is refused, or warned about.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable code, `N0001`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in general: the title of its page.
    pub title: &'static str,
    /// What to say at the wrong token.
    pub label: &'static str,
    /// The way out, in general.
    pub help: &'static str,
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Told, never refused.
    Warning,
    /// Refused.
    Error,
}
