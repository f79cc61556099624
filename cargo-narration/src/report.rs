//! What a command came to.
//!
//! In: texts and data from a command. Out: a value that knows what to print and
//! how to end. Colours are written as ANSI codes always; whether they are shown
//! is decided where it is printed.

use std::io::{self, Write};

use serde::Serialize;

use crate::exit::Exit;
use crate::json_text;

/// What a command came to.
pub(crate) struct Report {
    pub(crate) body: Body,
    /// Lines for the standard error, so that they are not part of the result.
    pub(crate) notes: Vec<String>,
}

/// What goes to the standard output.
pub(crate) enum Body {
    /// A text that is complete, and how the command ends.
    Text(String, Exit),
    /// A text that is written while it is found.
    Stream(Writer),
}

/// Writes a report, adds what stands beside it, and says how the command ends.
pub(crate) type Writer = Box<dyn FnOnce(&mut dyn Write, &mut Vec<String>) -> io::Result<Exit>>;

impl Report {
    /// A complete text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { body: Body::Text(text.into(), Exit::Fine), notes: Vec::new() }
    }

    /// Data for programs: indented JSON.
    pub(crate) fn json(data: &impl Serialize) -> Self {
        Self::text(json_text::pretty(data) + "\n")
    }

    /// A text that is written while it is found, for what may be long or never end.
    pub(crate) fn stream(write: impl FnOnce(&mut dyn Write) -> io::Result<Exit> + 'static) -> Self {
        Self::telling(|out, _| write(out))
    }

    /// The same, where what stands beside it is known in the end alone.
    pub(crate) fn telling(
        write: impl FnOnce(&mut dyn Write, &mut Vec<String>) -> io::Result<Exit> + 'static,
    ) -> Self {
        Self { body: Body::Stream(Box::new(write)), notes: Vec::new() }
    }

    /// The same, ending otherwise.
    pub(crate) fn exit(mut self, exit: Exit) -> Self {
        self.body = match self.body {
            Body::Text(text, _) => Body::Text(text, exit),
            Body::Stream(write) => {
                Body::Stream(Box::new(move |out, notes| write(out, notes).map(|_| exit)))
            }
        };
        self
    }

    /// The same with a line beside the result.
    pub(crate) fn note(mut self, line: impl Into<String>) -> Self {
        self.notes.push(line.into());
        self
    }
}

/// `1 place`, `3 places`.
pub(crate) fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
