//! The only place of this package that writes to the terminal.
//!
//! In: texts. Out: lines. A closed pipe is no reason to fail: whoever closed
//! it has seen enough.

use std::fmt::Display;
use std::io::{self, Write as _};

/// A line.
pub(crate) fn say(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// The name of a stage, so that a log of many lines has chapters.
pub(crate) fn stage(name: impl Display) {
    let _ = writeln!(io::stdout(), "\n== {name}");
}

/// Why it ends badly.
pub(crate) fn failure(failure: impl Display) {
    let _ = writeln!(io::stderr(), "\nfailed: {failure}");
}
