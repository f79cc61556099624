//! Values that are text.
//!
//! In: strings, paths, and whatever has `Display` or `Debug`. Out: [`Shown`],
//! which knows how to write itself but has not done so.

use std::borrow::Cow;
use std::fmt::{self, Debug, Display};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::Val;

/// A value that will be text, unwritten.
#[derive(Clone, Copy)]
pub enum Shown<'v> {
    /// Nothing: the caller's `Option` is empty.
    None,
    /// A string as it is.
    Str(&'v str),
    /// A value by its `Display`.
    Display(&'v dyn Display),
    /// A value by its `Debug`.
    Debug(&'v dyn Debug),
    /// A path that may hold bytes that are no text.
    Path(&'v Path),
}

/// A value that a text field takes: everything with `Display`.
#[diagnostic::on_unimplemented(
    message = "N0007: `{Self}` cannot be recorded in a text field",
    label = "this value has no `Display`",
    note = "implement `std::fmt::Display` for it, or record it by `Debug` with `name = ?value`; what hides a secret (`SecretString`) belongs in a field of `class = \"secret\"`, which never formats it"
)]
pub trait Text: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> Text for T {}

/// What stands in a text for an `Option` that is empty; its field is left out.
pub(crate) const NONE: &str = "none";

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::None => f.pad(NONE),
            Shown::Str(text) => f.pad(text),
            Shown::Display(value) => Display::fmt(value, f),
            Shown::Debug(value) => Debug::fmt(value, f),
            Shown::Path(path) => Display::fmt(&path.display(), f),
        }
    }
}

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Str(text) => Debug::fmt(text, f),
            Shown::Path(path) => Debug::fmt(path, f),
            other => Display::fmt(other, f),
        }
    }
}

/// Types whose text lies there already: both methods only borrow it.
macro_rules! borrowed {
    ($($type:ty),* $(,)?) => {$(
        impl Val<'_, $type> {
            /// As text.
            pub fn shown(&self) -> Shown<'_> {
                let text: &str = self.0;
                Shown::Str(text)
            }

            /// As text, to be quoted where its text is formatted by `{:?}`.
            pub fn debugged(&self) -> Shown<'_> {
                self.shown()
            }
        }
    )*};
}

borrowed!(
    str,
    &str,
    &&str,
    String,
    &String,
    Box<str>,
    Rc<str>,
    Arc<str>,
    Cow<'_, str>,
    &Cow<'_, str>
);

/// Paths have no `Display`, and few of them are no text.
macro_rules! paths {
    ($($type:ty),* $(,)?) => {$(
        impl Val<'_, $type> {
            /// As text; bytes that are none are shown by the replacement character.
            pub fn shown(&self) -> Shown<'_> {
                let path: &Path = self.0.as_ref();
                path.to_str().map_or(Shown::Path(path), Shown::Str)
            }

            /// As text, to be quoted where its text is formatted by `{:?}`.
            pub fn debugged(&self) -> Shown<'_> {
                self.shown()
            }
        }
    )*};
}

paths!(Path, &Path, &&Path, PathBuf, &PathBuf);

/// An empty `Option` is nothing; a full one is what it holds.
macro_rules! optional {
    ($($type:ty),* $(,)?) => {$(
        impl<T: Display> Val<'_, $type> {
            /// As text, or nothing.
            pub fn shown(&self) -> Shown<'_> {
                self.0.as_ref().map_or(Shown::None, |value| Shown::Display(value))
            }
        }

        impl<T: Debug> Val<'_, $type> {
            /// As text by `Debug`, or nothing.
            pub fn debugged(&self) -> Shown<'_> {
                self.0.as_ref().map_or(Shown::None, |value| Shown::Debug(value))
            }
        }
    )*};
}

optional!(Option<T>, &Option<T>);
