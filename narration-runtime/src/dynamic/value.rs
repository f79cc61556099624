//! Values of a narration put together at run time.

use std::borrow::Cow;
use std::time::Duration;

use crate::taxonomy::Type;

/// A value for a field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FieldValue<'v> {
    /// Text.
    Str(Cow<'v, str>),
    /// Unsigned integer.
    U64(u64),
    /// Signed integer.
    I64(i64),
    /// Floating point number.
    F64(f64),
    /// Truth value.
    Bool(bool),
    /// A span of time, for fields with a unit of time.
    Duration(Duration),
}

impl<'v> FieldValue<'v> {
    /// The value as the declared type has it; nothing where it is of another kind.
    /// Whole numbers fit any type of number that can hold them.
    pub(super) fn of_type(&self, ty: Type, unit: Option<&str>) -> Option<FieldValue<'v>> {
        let value = match (ty, self) {
            (Type::String | Type::Enum(_), Self::Str(text)) => Self::Str(text.clone()),
            (Type::U64, Self::U64(number)) => Self::U64(*number),
            (Type::U64, Self::I64(number)) => Self::U64(u64::try_from(*number).ok()?),
            (Type::U64, Self::Duration(time)) => Self::U64(in_unit(*time, unit?)?),
            (Type::I64, Self::I64(number)) => Self::I64(*number),
            (Type::I64, Self::U64(number)) => Self::I64(i64::try_from(*number).ok()?),
            (Type::F64, Self::F64(number)) => Self::F64(*number),
            (Type::F64, Self::I64(number)) => Self::F64(f64::from(i32::try_from(*number).ok()?)),
            (Type::F64, Self::U64(number)) => Self::F64(f64::from(u32::try_from(*number).ok()?)),
            (Type::Bool, Self::Bool(truth)) => Self::Bool(*truth),
            _ => return None,
        };
        Some(value)
    }

    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Str(_) => "text",
            Self::I64(number) if *number < 0 => "a negative integer",
            Self::U64(_) | Self::I64(_) => "an integer",
            Self::F64(_) => "a floating point number",
            Self::Bool(_) => "a truth value",
            Self::Duration(_) => "a span of time",
        }
    }
}

fn in_unit(time: Duration, unit: &str) -> Option<u64> {
    let units = match unit {
        "ns" => time.as_nanos(),
        "us" => time.as_micros(),
        "ms" => time.as_millis(),
        "s" => u128::from(time.as_secs()),
        _ => return None,
    };
    u64::try_from(units).ok()
}

macro_rules! from {
    ($($type:ty => $variant:ident as $wide:ty),* $(,)?) => {$(
        impl From<$type> for FieldValue<'_> {
            fn from(value: $type) -> Self { Self::$variant(<$wide>::from(value)) }
        }
    )*};
}

from!(
    u8 => U64 as u64, u16 => U64 as u64, u32 => U64 as u64, u64 => U64 as u64,
    i8 => I64 as i64, i16 => I64 as i64, i32 => I64 as i64, i64 => I64 as i64,
    f32 => F64 as f64, f64 => F64 as f64, bool => Bool as bool, Duration => Duration as Duration,
    String => Str as Cow<'_, str>,
);

impl From<usize> for FieldValue<'_> {
    fn from(value: usize) -> Self {
        // No target of Rust has a `usize` wider than 64 bits.
        Self::U64(u64::try_from(value).unwrap_or(u64::MAX))
    }
}

impl<'v> From<&'v str> for FieldValue<'v> {
    fn from(value: &'v str) -> Self {
        Self::Str(Cow::Borrowed(value))
    }
}

impl<'v> From<&'v String> for FieldValue<'v> {
    fn from(value: &'v String) -> Self {
        Self::Str(Cow::Borrowed(value))
    }
}

impl<'v> From<Cow<'v, str>> for FieldValue<'v> {
    fn from(value: Cow<'v, str>) -> Self {
        Self::Str(value)
    }
}
