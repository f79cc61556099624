//! Why a verb did not succeed.
//!
//! In: anything that can be told. Out: one text for the last line of the run.

use std::fmt;

/// What went wrong, for a person to read.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure that says this.
    pub(crate) fn new(told: impl Into<String>) -> Self {
        Self(told.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives what failed the words around it.
pub(crate) trait Telling<T> {
    /// Says what was being done.
    fn told(self, what: impl FnOnce() -> String) -> Result<T, Failure>;
}

impl<T, E: fmt::Display> Telling<T> for Result<T, E> {
    fn told(self, what: impl FnOnce() -> String) -> Result<T, Failure> {
        self.map_err(|error| Failure(format!("{}: {error}", what())))
    }
}
