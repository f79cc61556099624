//! From the caller's expression to what may be recorded.
//!
//! In: a reference to the caller's value, wrapped in [`Val`]. Out: a
//! [`Value`], which still borrows and has formatted nothing. What becomes of
//! it is decided by class in [`crate::emit`].

mod fitting;
mod number;
mod shown;

pub use fitting::{Bool, F64, I64, Time, U64};
pub use number::OrNone;
pub(crate) use shown::NONE;
pub use shown::{Shown, Text};

/// The caller's value, on its way to be typed.
///
/// The methods a macro calls on it exist twice: as inherent ones for the types
/// that are common or that decide an undecided literal (`3` becomes a `u64`),
/// and in [`Typed`] for all others, where a type that does not fit is refused
/// in words by the trait it lacks.
pub struct Val<'v, T: ?Sized>(pub &'v T);

/// One value of a narration, not yet made safe.
#[derive(Clone, Copy)]
pub enum Value<'v> {
    /// Text; its field's class decides.
    Shown(Shown<'v>),
    /// Text that is safe already: it stands in the source, or was made safe before.
    Known(&'v str),
    /// Text with a format specification: for the narration's text alone.
    Formatted(core::fmt::Arguments<'v>, narration_taxonomy::Class),
    /// Text with a precision, whole and cut: for the narration's text alone. By reference, for every
    /// value is as large as the largest.
    Cut(&'v (Shown<'v>, core::fmt::Arguments<'v>, narration_taxonomy::Class)),
    /// A number with a format specification: for the narration's text alone.
    Safe(core::fmt::Arguments<'v>),
    /// An unsigned integer, or nothing.
    U64(Option<u64>),
    /// A signed integer, or nothing.
    I64(Option<i64>),
    /// A floating point number, or nothing.
    F64(Option<f64>),
    /// A truth value, or nothing.
    Bool(Option<bool>),
    /// Something that must not be formatted; whether it is there at all.
    Secret(bool),
}

/// The typings of a [`Val`] that are not inherent.
pub trait Typed {
    /// The caller's type.
    type Of: ?Sized;

    /// As text, by `Display`.
    fn shown(&self) -> Shown<'_>
    where
        Self::Of: Text;

    /// As text, by `Debug`.
    fn debugged(&self) -> Shown<'_>
    where
        Self::Of: core::fmt::Debug;

    /// As an unsigned integer.
    fn u64(&self) -> Option<u64>
    where
        Self::Of: U64;

    /// As an unsigned integer in a unit of time, of which a second has `per_second`.
    fn time(&self, per_second: u64) -> Option<u64>
    where
        Self::Of: Time;

    /// As a signed integer.
    fn i64(&self) -> Option<i64>
    where
        Self::Of: I64;

    /// As a floating point number.
    fn f64(&self) -> Option<f64>
    where
        Self::Of: F64;

    /// As a truth value.
    fn bool(&self) -> Option<bool>
    where
        Self::Of: Bool;

    /// Whether there is something to hide.
    fn present(&self) -> bool;
}

impl<T: ?Sized> Typed for Val<'_, T> {
    type Of = T;

    fn shown(&self) -> Shown<'_>
    where
        T: Text,
    {
        Shown::Display(&self.0)
    }

    fn debugged(&self) -> Shown<'_>
    where
        T: core::fmt::Debug,
    {
        Shown::Debug(&self.0)
    }

    fn u64(&self) -> Option<u64>
    where
        T: U64,
    {
        self.0.u64()
    }

    fn time(&self, per_second: u64) -> Option<u64>
    where
        T: Time,
    {
        self.0.time(per_second)
    }

    fn i64(&self) -> Option<i64>
    where
        T: I64,
    {
        self.0.i64()
    }

    fn f64(&self) -> Option<f64>
    where
        T: F64,
    {
        self.0.f64()
    }

    fn bool(&self) -> Option<bool>
    where
        T: Bool,
    {
        self.0.bool()
    }

    fn present(&self) -> bool {
        true
    }
}

impl<T> Val<'_, Option<T>> {
    /// Whether there is something to hide.
    pub fn present(&self) -> bool {
        self.0.is_some()
    }
}

impl<T> Val<'_, &Option<T>> {
    /// Whether there is something to hide.
    pub fn present(&self) -> bool {
        self.0.is_some()
    }
}
