//! A field's name and its place in a line.
//!
//! In goes the name an event's author chose; out comes the key that stands in the line, which is
//! never one of the head's keys.

use crate::head;

/// The name of a field, and where in the line it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// The name as the vocabulary or a foreign event spells it.
    pub name: &'static str,
    /// The place among the built-in context fields, which come first;
    /// [`FieldName::UNRANKED`] for all others.
    pub rank: u8,
    /// Whether a vocabulary declares the name. Its grammar leaves nothing to escape and refuses
    /// the head's keys, so a declared name is written as it is, without a look.
    pub declared: bool,
}

impl FieldName {
    /// The rank of a name that is not built in.
    pub const UNRANKED: u8 = u8::MAX;

    /// A name that a vocabulary declares, with its rank.
    #[must_use]
    pub const fn declared(name: &'static str, rank: u8) -> Self {
        Self { name, rank, declared: true }
    }

    /// One bit of 64, the same for equal names: a cheap way to see that a name is new.
    #[inline]
    pub(crate) fn bit(self) -> u64 {
        let [first, .., last] = *self.name.as_bytes() else { return 1 };
        let [length, ..] = self.name.len().to_le_bytes();
        let sample = u32::from_le_bytes([first, last, length, 0]);
        // The upper bits of a product depend on all bits of its factors.
        1 << (sample.wrapping_mul(0x9E37_79B1) >> 26)
    }
}

impl From<&'static str> for FieldName {
    fn from(name: &'static str) -> Self {
        Self { name, rank: Self::UNRANKED, declared: false }
    }
}

/// Stands before a field's name that would repeat a key of the head.
const MOVED: &str = "fields.";

/// What to write before a name so that the key neither repeats one of the head's nor the moved
/// name of another field: a field `target` moves to `fields.target`, and a field that really is
/// called `fields.target` one step further.
#[inline]
pub(crate) fn prefix(name: &str) -> &'static str {
    let mut bare = name;
    while let Some(rest) = bare.strip_prefix(MOVED) {
        bare = rest;
    }
    if head::is_key(bare) { MOVED } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_would_repeat_a_key_move() {
        for key in ["timestamp", "level", "actor", "action", "target", "human"] {
            assert_eq!(prefix(key), MOVED, "{key}");
        }
        assert_eq!(prefix("fields.target"), MOVED);
        assert_eq!(prefix("fields.fields.human"), MOVED);
        for name in ["", "targets", "fields.", "fields.pool_id", "correlation_id"] {
            assert_eq!(prefix(name), "", "{name}");
        }
    }

    #[test]
    fn moving_never_makes_two_names_one() {
        let names = ["target", "fields.target", "fields.fields.target", "fields.a", "a"];
        let mut keys: Vec<String> =
            names.iter().map(|name| format!("{}{name}", prefix(name))).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), names.len());
    }
}
