//! What rustc says of a value that its field does not take.
//!
//! In: the conversions of [`super::number`]. Out: a bound for each, which holds
//! wherever the conversion exists. The two are apart so that rustc underlines
//! the whole of the caller's expression and says no more than these words: of
//! a missing conversion it would list all the types that have it.

use super::number::{AsBool, AsF64, AsI64, AsTime, AsU64};

/// A value that a `u64` field takes.
#[diagnostic::on_unimplemented(
    message = "N0007: `{Self}` cannot be recorded in a `u64` field",
    label = "expected an unsigned integer, or an `Option` of one",
    note = "the field's type is declared in the vocabulary; convert the value, or declare the field's type otherwise"
)]
pub trait U64: AsU64 {}

#[diagnostic::do_not_recommend]
impl<T: AsU64 + ?Sized> U64 for T {}

/// A value that a `u64` field with a unit of time takes.
#[diagnostic::on_unimplemented(
    message = "N0007: `{Self}` cannot be recorded in a field that counts time",
    label = "expected a `Duration`, an unsigned integer, or an `Option` of one",
    note = "the field's type and unit are declared in the vocabulary"
)]
pub trait Time: AsTime {}

#[diagnostic::do_not_recommend]
impl<T: AsTime + ?Sized> Time for T {}

/// A value that an `i64` field takes.
#[diagnostic::on_unimplemented(
    message = "N0007: `{Self}` cannot be recorded in an `i64` field",
    label = "expected an integer that fits 64 bits with sign, or an `Option` of one",
    note = "the field's type is declared in the vocabulary; convert the value, or declare the field's type otherwise"
)]
pub trait I64: AsI64 {}

#[diagnostic::do_not_recommend]
impl<T: AsI64 + ?Sized> I64 for T {}

/// A value that an `f64` field takes.
#[diagnostic::on_unimplemented(
    message = "N0007: `{Self}` cannot be recorded in an `f64` field",
    label = "expected a floating point number, or an `Option` of one",
    note = "the field's type is declared in the vocabulary; convert the value, or declare the field's type otherwise"
)]
pub trait F64: AsF64 {}

#[diagnostic::do_not_recommend]
impl<T: AsF64 + ?Sized> F64 for T {}

/// A value that a `bool` field takes.
#[diagnostic::on_unimplemented(
    message = "N0007: `{Self}` cannot be recorded in a `bool` field",
    label = "expected `true` or `false`, or an `Option` of one",
    note = "the field's type is declared in the vocabulary"
)]
pub trait Bool: AsBool {}

#[diagnostic::do_not_recommend]
impl<T: AsBool + ?Sized> Bool for T {}
