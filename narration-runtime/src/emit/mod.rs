//! From a site and its values to one tracing event.
//!
//! In: a static [`Site`] and the values of one call. Out: one event, of which
//! every subscriber — a foreign one too — sees only what the classes allow.

mod dispatch;
mod safe;
mod scratch;
mod site;
mod text;

pub use site::{Field, Names, Piece, Place, Site, Target, Words, marked};

pub(crate) use dispatch::{current_origin, ending, event, first_to_look, moment, span};
pub(crate) use narration_taxonomy::event::HEAD;
pub(crate) use safe::Safe;
pub(crate) use scratch::Scratch;
pub(crate) use site::{Origin, carries_context};

use tracing::Span;

use crate::value::Value;

impl Site {
    /// Tells one narration: makes every value safe, writes the text, and
    /// dispatches one event.
    ///
    /// `values` holds one value for each recorded field, then those that only
    /// the text or the target needs.
    #[inline(never)]
    pub fn tell(&'static self, values: &[Value<'_>]) {
        // Two sizes, so that a common narration clears little stack.
        if values.len() <= COMMON {
            self.tell_within::<{ COMMON + HEAD.len() }>(values);
        } else {
            self.tell_within::<{ MOST + HEAD.len() }>(values);
        }
    }

    /// Opens a span over values made safe.
    #[inline(never)]
    pub fn open(&'static self, values: &[Value<'_>]) -> Span {
        let mut scratch = Scratch::take();
        let mut safe = [Safe::Absent; MOST];
        self.make_safe(&mut scratch, values, &mut safe);
        span::<MOST>(
            &self.origin,
            &scratch,
            safe.get(..self.words.fields.len()).unwrap_or_default(),
        )
    }

    /// Makes values safe, each by the rule of the field at its index.
    pub(crate) fn make_safe<'v>(
        &'static self,
        scratch: &mut Scratch,
        values: &[Value<'v>],
        safe: &mut [Safe<'v>],
    ) {
        let rules = self.rules();
        for (index, (value, slot)) in values.iter().zip(safe).enumerate() {
            *slot = scratch.make_safe(rules, value, self.words.fields.get(index));
        }
    }

    fn tell_within<const N: usize>(&'static self, values: &[Value<'_>]) {
        let mut scratch = Scratch::take();
        let mut safe = [Safe::Absent; N];
        self.make_safe(&mut scratch, values, &mut safe);
        let target = match self.words.target {
            Target::None => Safe::Absent,
            Target::Literal(text) => Safe::Borrowed(text),
            Target::Value(index) => {
                scratch.spelled(safe.get(index).copied().unwrap_or(Safe::Absent))
            }
        };
        let human = scratch.write_text(self.words.text, &safe);
        let own = safe.get(..self.words.fields.len()).unwrap_or(&safe);
        event::<N>(&self.origin, &scratch, scratch.held(human), scratch.as_text(target), own);
    }
}

/// The most values a common narration has.
const COMMON: usize = 8;

/// The most any has: 32 whitelisted fields, the built-in ones, formatted extras.
const MOST: usize = 124;
