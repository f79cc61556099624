//! Why a command could not do its work.
//!
//! In: what went wrong. Out: a message, the way out, and the exit code.

use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::exit::Exit;

/// A command's refusal.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// How the command ends.
    pub(crate) exit: Exit,
    /// What is wrong.
    pub(crate) message: String,
    /// The way out, where there is one to tell.
    pub(crate) help: Option<String>,
}

impl Fault {
    /// A refusal that ends with `exit`.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), help: None }
    }

    /// A command line that makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(path: &Path, why: &dyn Display) -> Self {
        Self::new(Exit::Unreadable, format!("{} cannot be read: {why}", path.display()))
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(path: &Path, why: &io::Error) -> Self {
        Self::new(Exit::Unwritable, format!("{} cannot be written: {why}", path.display()))
    }

    /// The same with a way out.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
