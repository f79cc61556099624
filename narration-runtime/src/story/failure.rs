//! What an error says, and of what kind it is.
//!
//! In: whatever a fn returned. Out: nothing, or a [`Failure`]. Which trait an
//! error offers is found by method lookup: the macro calls `describe` through
//! eight references, and the first level whose bound holds takes it.

mod words;

use std::any::Any;
use std::convert::Infallible;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::io;
use std::ops::Deref;

pub(crate) use words::chain;
use words::{io_kind, kind_of_some, short_name, spoken, variant_of};

/// What went wrong, in words.
#[derive(Debug)]
pub struct Failure {
    /// The error and its sources, joined by `: `.
    pub error: String,
    /// A short stable word.
    pub kind: String,
}

impl Failure {
    /// What a panic said.
    pub(crate) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Self {
            error: text.unwrap_or("a panic without a message").to_owned(),
            kind: "panic".to_owned(),
        }
    }

    /// The same failure, its kind named by the caller: one word, whatever was given.
    #[must_use]
    pub fn of_kind(mut self, kind: impl Display) -> Self {
        self.kind = spoken(&kind).split_whitespace().collect::<Vec<_>>().join("-");
        self
    }
}

/// What a fn returned.
pub struct Returned<'r, R: ?Sized>(pub &'r R);

impl<'r, T, E> Returned<'r, Result<T, E>> {
    /// The error, if it is one.
    pub fn failure(&self) -> Option<&'r E> {
        self.0.as_ref().err()
    }
}

/// A return value that can be no failure.
pub trait Outcome {
    /// Always nothing.
    fn failure(&self) -> Option<&'static Infallible>;
}

impl<R: ?Sized> Outcome for Returned<'_, R> {
    fn failure(&self) -> Option<&'static Infallible> {
        None
    }
}

/// An error to be described.
pub struct Cause<'e, E: ?Sized>(pub &'e E);

/// The error of the system, which knows its own kind.
pub trait BySystem {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Errors of any other type.
pub trait ByError {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Boxes around any error, and types such as `anyhow::Error`.
pub trait ByDyn {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Boxes around errors that may cross threads.
pub trait ByDynSync {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Other pointers to errors.
pub trait ByDeref {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Strings and other words.
pub trait ByDisplay {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// What has no words of its own.
pub trait ByDebug {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// What cannot be shown at all.
pub trait ByName {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

// For this one type, not for all that are `'static`: method lookup looks at no
// lifetimes, and would choose that for errors that borrow, too.
impl BySystem for &&&&&&&Cause<'_, io::Error> {
    fn describe(&self) -> Failure {
        of_dyn(self.0)
    }
}

impl<E: Error> ByError for &&&&&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: chain(self.0), kind: variant_of(self.0) }
    }
}

impl<E: AsRef<dyn Error + 'static>> ByDyn for &&&&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        of_dyn(self.0.as_ref())
    }
}

impl<E: AsRef<dyn Error + Send + Sync + 'static>> ByDynSync for &&&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        of_dyn(self.0.as_ref())
    }
}

impl<E: Deref<Target: Error>> ByDeref for &&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        let error: &E::Target = self.0;
        Failure { error: chain(error), kind: kind_of_some(&error, &chain(error)) }
    }
}

impl<E: Display> ByDisplay for &&Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: spoken(self.0), kind: short_name::<E>() }
    }
}

impl<E: Debug> ByDebug for &Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: spoken(&format_args!("{:?}", self.0)), kind: variant_of(self.0) }
    }
}

impl<E> ByName for Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: short_name::<E>(), kind: short_name::<E>() }
    }
}

fn of_dyn(error: &(dyn Error + 'static)) -> Failure {
    let text = chain(error);
    let kind = io_kind(error).unwrap_or_else(|| kind_of_some(&error, &text));
    Failure { error: text, kind }
}

#[cfg(test)]
mod tests;
