//! Values that are numbers or truth values.
//!
//! In: what a caller's code has. Out: the one type of the declared field, or
//! nothing for an empty `Option`. No conversion here can lose a digit; a type
//! that might is refused by the compiler, in the words of [`super::fitting`].

use std::fmt;
use std::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize};
use std::time::Duration;

use super::Val;

/// To an unsigned integer.
pub trait AsU64 {
    /// The number, or nothing.
    fn u64(&self) -> Option<u64>;
}

/// To a count of units of time.
pub trait AsTime {
    /// The time in units of which a second has `per_second`, or nothing.
    fn time(&self, per_second: u64) -> Option<u64>;
}

/// To a signed integer.
pub trait AsI64 {
    /// The number, or nothing.
    fn i64(&self) -> Option<i64>;
}

/// To a floating point number.
pub trait AsF64 {
    /// The number, or nothing.
    fn f64(&self) -> Option<f64>;
}

/// To a truth value.
pub trait AsBool {
    /// The truth value, or nothing.
    fn bool(&self) -> Option<bool>;
}

/// Implements a trait of one conversion for the types it is lossless for, and
/// through references and `Option`s of them.
macro_rules! number {
    ($trait:ident, $method:ident -> $out:ty, $($type:ty),* $(; $nonzero:ty)*) => {
        $(impl $trait for $type {
            fn $method(&self) -> Option<$out> { Some(<$out>::from(*self)) }
        })*
        $(impl $trait for $nonzero {
            fn $method(&self) -> Option<$out> { Some(<$out>::from(self.get())) }
        })*
        impl<T: $trait + ?Sized> $trait for &T {
            fn $method(&self) -> Option<$out> { (**self).$method() }
        }
        impl<T: $trait> $trait for Option<T> {
            fn $method(&self) -> Option<$out> { self.as_ref().and_then(T::$method) }
        }
        // An undecided literal is decided by these two: `3` is what the field says.
        impl Val<'_, $out> {
            /// The value itself.
            pub fn $method(&self) -> Option<$out> { Some(*self.0) }
        }
        impl Val<'_, Option<$out>> {
            /// The value itself, or nothing.
            pub fn $method(&self) -> Option<$out> { *self.0 }
        }
    };
}

number!(AsU64, u64 -> u64, u8, u16, u32, u64; NonZeroU8; NonZeroU16; NonZeroU32; NonZeroU64);
number!(AsI64, i64 -> i64, i8, i16, i32, i64, u8, u16, u32);
number!(AsF64, f64 -> f64, f32, f64, i8, i16, i32, u8, u16, u32);
number!(AsBool, bool -> bool, bool);

// No target of Rust has a `usize` wider than 64 bits; saturation is never reached.
impl AsU64 for usize {
    fn u64(&self) -> Option<u64> {
        Some(u64::try_from(*self).unwrap_or(u64::MAX))
    }
}

impl AsU64 for NonZeroUsize {
    fn u64(&self) -> Option<u64> {
        self.get().u64()
    }
}

impl AsI64 for isize {
    fn i64(&self) -> Option<i64> {
        Some(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

/// Nanoseconds in a second.
const NANOSECONDS: u128 = 1_000_000_000;

impl AsTime for Duration {
    fn time(&self, per_second: u64) -> Option<u64> {
        let units = self.as_nanos() * u128::from(per_second) / NANOSECONDS;
        Some(u64::try_from(units).unwrap_or(u64::MAX))
    }
}

/// A plain number counts in the field's own unit.
macro_rules! counted {
    ($($type:ty),*) => {$(
        impl AsTime for $type {
            fn time(&self, _: u64) -> Option<u64> { AsU64::u64(self) }
        }
    )*};
}

counted!(u8, u16, u32, u64, usize, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize);

impl<T: AsTime + ?Sized> AsTime for &T {
    fn time(&self, per_second: u64) -> Option<u64> {
        (**self).time(per_second)
    }
}

impl<T: AsTime> AsTime for Option<T> {
    fn time(&self, per_second: u64) -> Option<u64> {
        self.as_ref().and_then(|value| value.time(per_second))
    }
}

impl Val<'_, u64> {
    /// The value itself.
    pub fn time(&self, _: u64) -> Option<u64> {
        Some(*self.0)
    }
}

/// A number in a text, formatted by the caller's specification, or `none`.
pub struct OrNone<T>(pub Option<T>);

macro_rules! forwarded {
    ($($trait:ident),*) => {$(
        impl<T: fmt::$trait> fmt::$trait for OrNone<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.0 {
                    Some(value) => value.fmt(f),
                    None => f.pad(super::shown::NONE),
                }
            }
        }
    )*};
}

forwarded!(Display, Debug, LowerHex, UpperHex, Octal, Binary, LowerExp, UpperExp);
