//! Named values: where a name stands, what it says, and what joins it to which value.

use std::ops::Deref;

use super::{
    joint::{Joint, Kind},
    value::Surroundings,
};
use crate::{bytes::between, names::Name};

/// A name in a text, and what joins it to its value.
#[derive(Clone, Copy)]
pub(super) struct Announced<'t> {
    pub(super) text: &'t [u8],
    /// Where the name starts and ends.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) name: Name,
    pub(super) joint: Joint,
    pub(super) around: Surroundings,
}

impl<'t> Announced<'t> {
    pub(super) fn letters(&self) -> &'t [u8] {
        between(self.text, self.start, self.end)
    }

    /// Whether a sign joins the name and the value, and not mere words or blanks.
    pub(super) fn is_joined(&self) -> bool {
        matches!(self.joint.kind, Kind::Equals | Kind::Colon | Kind::Comma | Kind::Element)
    }
}

/// A name, what joins it to its value, and the value.
#[derive(Clone, Copy)]
pub(super) struct Named<'a, 't> {
    pub(super) announced: &'a Announced<'t>,
    pub(super) value: &'t [u8],
    pub(super) value_end: usize,
}

impl<'t> Deref for Named<'_, 't> {
    type Target = Announced<'t>;

    fn deref(&self) -> &Announced<'t> {
        self.announced
    }
}
