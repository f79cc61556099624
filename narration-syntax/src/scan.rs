//! Finds the calls in a source file, for the reader.
//!
//! In: the text of a `.rs` file. Out: every `narrate!` and `scope!` call, every
//! `#[narrated]` attribute, what the runtime tells by names given to it as words,
//! every other macro call and every module in a file of its own, each with its place, whether only tests see it, and the actor of its
//! scope. The file is walked as tokens: it need not compile, and what a macro
//! makes of a call is not seen.

mod conditions;
mod named;
mod walk;

use core::fmt;
use core::str::FromStr as _;
use std::borrow::Cow;
use std::error::Error;

use proc_macro2::{LexError, Span, TokenStream};

use walk::Walk;

/// Something found in a file.
#[derive(Clone)]
pub struct FoundCall {
    /// Its name: the token to point at where nothing else is known.
    pub span: Span,
    /// Its line, counted from 1.
    pub line: usize,
    /// Its column in characters, counted from 1.
    pub column: usize,
    /// Whether only tests are built with it, or nothing at all.
    pub testing: bool,
    /// What it is.
    pub call: Found,
}

/// What was found.
#[derive(Clone)]
pub enum Found {
    /// `narrate!(arguments)`
    Call(TokenStream),
    /// `scope!(arguments)`
    Scope(TokenStream),
    /// `#[narrated(attribute)] item`
    Attribute {
        /// What stands between the parentheses.
        attribute: TokenStream,
        /// The item behind it, further attributes included.
        item: TokenStream,
    },
    /// Any other macro, `log::info!(arguments)`.
    Macro {
        /// Its path as written, without blanks.
        path: String,
        /// From the first token of the path to the closing bracket, in bytes.
        range: core::ops::Range<usize>,
        /// What stands between the brackets.
        arguments: TokenStream,
    },
    /// `StoryLayer::new(…, "actor", "action")`, `Narration::new(…, "actor", "action")`: told at
    /// run time, by names that stand in the source.
    Named {
        /// The actor.
        actor: String,
        /// The action.
        action: String,
        /// Whether it tells the action's outcomes, too.
        outcomes: bool,
    },
    /// `macro_rules! name`: what is called so in this crate is its own.
    Definition(String),
    /// `mod name;`
    Module {
        /// Its name, and before it those of the inline modules around it.
        path: Vec<String>,
        /// `#[path = "…"]`, where it says so.
        file: Option<String>,
    },
}

/// The text is no Rust source: a quote or a bracket is never closed.
#[derive(Debug)]
pub struct NoSource {
    cause: LexError,
    /// The line where reading stopped, counted from 1.
    pub line: usize,
}

impl fmt::Display for NoSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot be read as Rust from line {} on; is a quote or bracket left open?",
            self.line
        )
    }
}

impl Error for NoSource {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

/// Everything of interest in the file, in the order of writing.
///
/// # Errors
///
/// [`NoSource`] for a text that does not consist of Rust tokens.
pub fn calls(source: &str) -> Result<Vec<FoundCall>, NoSource> {
    let tokens = TokenStream::from_str(&without_shebang(source));
    let tokens = tokens.map_err(|cause| NoSource { line: cause.span().start().line, cause })?;
    Ok(Walk::default().over(tokens))
}

/// `#!/usr/bin/env …` is no token; blanks in its place keep all others right.
fn without_shebang(source: &str) -> Cow<'_, str> {
    let shebang = source.starts_with("#!") && !source[2..].trim_start().starts_with('[');
    if !shebang {
        return source.into();
    }
    let end = source.find('\n').unwrap_or(source.len());
    (" ".repeat(end) + &source[end..]).into()
}

#[cfg(test)]
mod tests;
