//! What the exit codes mean, in one place.
//!
//! In: nothing. Out: one code for each way a command may end, and the words
//! `--help` has for it.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything is as it should be.
    Fine,
    /// The command did its work and found faults, or a committed file is stale.
    Findings,
    /// The command line makes no sense.
    Usage,
    /// A file, folder or vocabulary cannot be read.
    Unreadable,
    /// What was asked for is not there.
    NotFound,
    /// A result cannot be written.
    Unwritable,
    /// Ended by the user; what was told until then holds.
    Interrupted,
}

impl Exit {
    /// Every way to end.
    const ALL: [Self; 7] = [
        Self::Fine,
        Self::Findings,
        Self::Usage,
        Self::Unreadable,
        Self::NotFound,
        Self::Unwritable,
        Self::Interrupted,
    ];

    /// The number the shell sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Unreadable => 3,
            Self::NotFound => 4,
            Self::Unwritable => 5,
            // 128 and the number of the signal, as shells have it.
            Self::Interrupted => 130,
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Fine => "nothing to complain about",
            Self::Findings => {
                "findings that count: errors, denied warnings, breaking changes, stale files"
            }
            Self::Usage => "the command line is wrong",
            Self::Unreadable => "an input cannot be read",
            Self::NotFound => "what was asked for is not there",
            Self::Unwritable => "a result cannot be written",
            Self::Interrupted => "interrupted; what was printed until then holds",
        }
    }

    /// The table of codes, for `--help`.
    pub(crate) fn table() -> String {
        let line = |exit: &Self| format!("  {:<3}  {}\n", exit.code(), exit.meaning());
        Self::ALL.iter().map(line).collect()
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
