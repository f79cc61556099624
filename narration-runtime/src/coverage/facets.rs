//! What can be known about a callsite, one bit each.
//!
//! In: an event's fields. Out: a set of facets, and their names in a recording.

use std::fmt::Debug;

use tracing_core::field::{Field, Visit};
use tracing_core::{Event, Metadata};

use crate::emit::HEAD;

/// A set of facets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facets(u128);

/// The call was executed, whether or not anybody listened.
pub(super) const REACHED: Facets = Facets(1);
/// The event went to the layers.
pub(super) const EMITTED: Facets = Facets(1 << 1);
/// A correlation id was on it.
pub(super) const CORRELATED: Facets = Facets(1 << 2);
/// How it ended, from this bit on, in the order of [`OUTCOMES`].
const OUTCOME: u32 = 3;
/// The fields that had a value, from this bit on, in the order of the callsite.
const FIELD: u32 = 7;

const OUTCOMES: [&str; 4] = ["ok", "failed", "cancelled", "panicked"];

impl Facets {
    /// None at all.
    pub(super) const NONE: Self = Self(0);

    /// What an event shows.
    pub(super) fn of(event: &Event<'_>) -> Self {
        let mut seen = Look(Self(REACHED.0 | EMITTED.0));
        event.record(&mut seen);
        seen.0
    }

    /// What a callsite shows once it was emitted with every field; nothing where it also shows
    /// how something ended, which may be another way each time.
    pub(super) fn all(metadata: &Metadata<'_>) -> Option<Self> {
        let fields = metadata.fields();
        if fields.field("outcome").is_some() {
            return None;
        }
        let own = u32::try_from(fields.len().checked_sub(HEAD.len())?).ok()?;
        let bits = (FIELD..u128::BITS).take(own as usize);
        Some(Self(bits.fold(REACHED.0 | EMITTED.0, |all, bit| all | 1 << bit)))
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is here and not in `other`.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is here and in `other`.
    pub(super) fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The facets that are no fields, in words, with a comma between them.
    pub(super) fn names(self) -> String {
        let outcomes = OUTCOMES.iter().zip(OUTCOME..).map(|(name, bit)| (*name, Self(1 << bit)));
        let named = [("reached", REACHED), ("emitted", EMITTED), ("correlated", CORRELATED)];
        let names = named.into_iter().chain(outcomes).filter(|(_, facet)| self.has(*facet));
        joined(names.map(|(name, _)| name))
    }

    /// The names of the fields among them.
    pub(super) fn fields<'n>(
        self,
        names: impl Iterator<Item = &'n str>,
    ) -> impl Iterator<Item = &'n str> {
        let own = names.skip(HEAD.len()).zip(FIELD..u128::BITS);
        own.filter(move |(_, bit)| self.has(Self(1 << bit))).map(|(name, _)| name)
    }
}

/// With a comma between them.
pub(super) fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(",")
}

/// Looks at an event's fields: which have a value, and how it ended.
struct Look(Facets);

impl Look {
    fn field(&mut self, field: &Field) {
        let own = field.index().checked_sub(HEAD.len()).and_then(|own| u32::try_from(own).ok());
        // A narration has fewer fields than there are bits; another event's last are left out.
        if let Some(bit) = own.map(|own| own + FIELD).filter(|bit| *bit < u128::BITS) {
            self.0 = self.0.with(Facets(1 << bit));
        }
        if field.name() == "correlation_id" {
            self.0 = self.0.with(CORRELATED);
        }
    }
}

impl Visit for Look {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.field(field);
        if field.name() == "outcome" {
            let outcome = OUTCOMES.iter().zip(OUTCOME..).find(|(name, _)| **name == value);
            self.0 = outcome.map_or(self.0, |(_, bit)| self.0.with(Facets(1 << bit)));
        }
    }

    fn record_u64(&mut self, field: &Field, _: u64) {
        self.field(field);
    }

    fn record_i64(&mut self, field: &Field, _: i64) {
        self.field(field);
    }

    fn record_f64(&mut self, field: &Field, _: f64) {
        self.field(field);
    }

    fn record_bool(&mut self, field: &Field, _: bool) {
        self.field(field);
    }

    fn record_debug(&mut self, field: &Field, _: &dyn Debug) {
        self.field(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_say_their_names() {
        let failed = Facets(REACHED.0 | EMITTED.0 | 1 << (OUTCOME + 1) | 1 << FIELD);
        assert_eq!(failed.names(), "reached,emitted,failed");
        let names = HEAD.into_iter().chain(["pool_id", "jobs"]);
        assert_eq!(failed.fields(names).collect::<Vec<_>>(), ["pool_id"]);
        assert!(failed.without(failed).is_empty());
    }
}
