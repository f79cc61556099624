//! The values of a fn's arguments, kept until its outcome is told.
//!
//! In: values. Out: the fn's span, and safe copies for the texts: the body may
//! have consumed the arguments by the time it ends.

use tracing::Span;
use tracing_core::Level;

use crate::emit::{HEAD, Safe, Scratch, Site, span};
use crate::value::Value;

/// Safe copies of a fn's values.
pub(super) struct Captured {
    values: Box<[Owned]>,
}

enum Owned {
    Absent,
    Text(Box<str>),
    U64(u64),
    I64(i64),
    F64(f64),
    Bool(bool),
}

/// The most values a fn has: as many as a narration.
const MOST: usize = 124 + HEAD.len();

impl Captured {
    /// Opens the span over the first values, and keeps them all.
    pub(super) fn open(site: &'static Site, values: &[Value<'_>]) -> (Span, Self) {
        let mut scratch = Scratch::take();
        let mut safe = [Safe::Absent; MOST];
        site.make_safe(&mut scratch, values, &mut safe);
        let kept =
            safe.iter().take(values.len()).map(|value| Owned::copy(*value, &scratch)).collect();
        let own = safe.get(..site.words.fields.len()).unwrap_or_default();
        let span = if site.enabled(Level::ERROR) {
            span::<MOST>(&site.origin, &scratch, own)
        } else {
            Span::none()
        };
        (span, Self { values: kept })
    }

    /// Tells one narration whose values are `own`, then the captured ones.
    pub(super) fn tell(&self, site: &'static Site, own: &[Value<'_>]) {
        if !site.heard() {
            return;
        }
        let mut values: Vec<Value<'_>> = Vec::with_capacity(own.len() + self.values.len());
        values.extend(own.iter().copied());
        values.extend(self.values.iter().map(Owned::as_value));
        site.tell(&values);
    }
}

impl Owned {
    fn copy(value: Safe<'_>, scratch: &Scratch) -> Self {
        match value {
            Safe::Absent => Self::Absent,
            Safe::Borrowed(_) | Safe::Held(_) => {
                Self::Text(scratch.as_text(value).unwrap_or_default().into())
            }
            Safe::U64(number) => Self::U64(number),
            Safe::I64(number) => Self::I64(number),
            Safe::F64(number) => Self::F64(number),
            Safe::Bool(truth) => Self::Bool(truth),
        }
    }

    fn as_value(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::U64(None),
            Self::Text(text) => Value::Known(text),
            Self::U64(number) => Value::U64(Some(*number)),
            Self::I64(number) => Value::I64(Some(*number)),
            Self::F64(number) => Value::F64(Some(*number)),
            Self::Bool(truth) => Value::Bool(Some(*truth)),
        }
    }
}
