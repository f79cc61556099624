//! The context as it comes in.
//!
//! In: a carrier whose values anybody may have written. Out: a context that is
//! sound whatever they wrote, and what was refused.

use std::borrow::Cow;

use super::baggage;
use super::carrier::{CORRELATION_ID, Carrier, FIELDS, REQUEST_ID, TRACEPARENT, TRACESTATE};
use super::correlation::Trace;
use super::field::ContextField;
use super::refused::Refused;
use super::{Correlation, CorrelationId, TraceParent, TraceState};

/// Whether a caller's correlation id is taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// The caller is one of ours: its id is this operation's, too.
    #[default]
    Adopt,
    /// The caller may be anybody: the operation gets a new id, and the caller's is kept beside
    /// it as `client_correlation_id`.
    Mint,
}

/// What came in with a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Extracted {
    /// The context to go on with.
    pub correlation: Correlation,
    /// What could not be used. Each was counted and narrated.
    pub refused: Vec<Refused>,
}

/// Reads a context from a message.
///
/// The id is `x-correlation-id`, or `x-request-id` where there is none. One that is no
/// [`CorrelationId`], or several that differ, is refused, and a new one takes its place.
///
/// A `traceparent` is read by the rules of W3C Trace Context; without a sound one a new trace
/// begins, and `tracestate` is dropped. What is refused is counted ([`refusals`](crate::refusals))
/// and narrated at `warn` by key, reason and length, never repeated.
pub fn extract(carrier: &(impl Carrier + ?Sized), trust: Trust) -> Extracted {
    let extracted = read(carrier, trust);
    extracted.tell();
    extracted
}

/// The same, silently.
pub(super) fn read(carrier: &(impl Carrier + ?Sized), trust: Trust) -> Extracted {
    let mut refused = Vec::new();
    let given = id(carrier, &mut refused);
    let trace = trace(carrier, &mut refused).unwrap_or_else(Trace::new);
    let (id, client_id) = match (trust, given) {
        (Trust::Adopt, given) => (given.unwrap_or_default(), None),
        (Trust::Mint, given) => (CorrelationId::new(), given),
    };
    let mut correlation = Correlation::without_trace(id);
    correlation.client_id = client_id;
    correlation.trace = Some(trace);
    correlation.fields = fields(carrier, &mut refused);
    Extracted { correlation, refused }
}

impl Extracted {
    /// Counts and narrates what was refused.
    pub(super) fn tell(&self) {
        self.refused.iter().for_each(|refused| refused.tell(&self.correlation.id));
    }
}

fn id(carrier: &(impl Carrier + ?Sized), refused: &mut Vec<Refused>) -> Option<CorrelationId> {
    let (key, values) = [CORRELATION_ID, REQUEST_ID]
        .into_iter()
        .map(|key| (key, carrier.values(key)))
        .find(|(_, values)| !values.is_empty())?;
    match only(&values)
        .ok_or("conflict")
        .and_then(|value| CorrelationId::from_bytes(value).map_err(|invalid| invalid.reason()))
    {
        Ok(id) => Some(id),
        Err(reason) => {
            refused.push(Refused { key, reason, len: length(&values) });
            None
        }
    }
}

fn fields(carrier: &(impl Carrier + ?Sized), refused: &mut Vec<Refused>) -> Vec<ContextField> {
    if !carrier.takes_fields() {
        return Vec::new();
    }
    let values = carrier.values(FIELDS);
    let Some(value) = values.first() else { return Vec::new() };
    only(&values).ok_or("conflict").and_then(|_| baggage::decode(value)).unwrap_or_else(|reason| {
        refused.push(Refused { key: FIELDS, reason, len: length(&values) });
        Vec::new()
    })
}

fn trace(carrier: &(impl Carrier + ?Sized), refused: &mut Vec<Refused>) -> Option<Trace> {
    let values = carrier.values(TRACEPARENT);
    let parent = match values.as_slice() {
        [] => None,
        [value] => Some(TraceParent::from_bytes(value).map_err(|invalid| invalid.reason())),
        // Not even twice the same: the specification knows one header alone.
        _ => Some(Err("conflict")),
    };
    match parent? {
        Ok(parent) => Some(Trace::of(parent, state(carrier, refused))),
        Err(reason) => {
            refused.push(Refused { key: TRACEPARENT, reason, len: length(&values) });
            None
        }
    }
}

fn state(carrier: &(impl Carrier + ?Sized), refused: &mut Vec<Refused>) -> Option<TraceState> {
    let values = carrier.values(TRACESTATE);
    let joined = match values.as_slice() {
        [] => return None,
        [value] => Cow::Borrowed(*value),
        several => Cow::Owned(several.join(&b',')),
    };
    match TraceState::from_bytes(&joined) {
        Ok(state) => Some(state),
        // A list without members is sound, and nothing to pass on.
        Err(super::InvalidTraceState::Empty) => None,
        Err(invalid) => {
            refused.push(Refused {
                key: TRACESTATE,
                reason: invalid.reason(),
                len: length(&values),
            });
            None
        }
    }
}

/// The value that all of them are.
fn only<'v>(values: &[&'v [u8]]) -> Option<&'v [u8]> {
    let (first, rest) = values.split_first()?;
    rest.iter().all(|value| value == first).then_some(first)
}

fn length(values: &[&[u8]]) -> usize {
    values.iter().map(|value| value.len()).sum()
}
