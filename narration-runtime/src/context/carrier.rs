//! What a context travels in.
//!
//! In: keys and values of a message, whatever its kind. Out: the same for
//! `inject` and `extract`, which know nothing of messages.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

/// The headers of a message, or whatever stands in their place: a map, the metadata of a queue,
/// the environment of a process.
///
/// ```
/// use narration_runtime::{Carrier, Correlation, Trust, extract, inject};
///
/// struct Headers(Vec<(String, String)>);
///
/// impl Carrier for Headers {
///     fn values(&self, key: &str) -> Vec<&[u8]> {
///         let of_key = self.0.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
///         of_key.map(|(_, value)| value.as_bytes()).collect()
///     }
///
///     fn set(&mut self, key: &str, value: &str) {
///         self.0.push((key.to_owned(), value.to_owned()));
///     }
/// }
///
/// # let _narration = narration_runtime::init!();
/// let sender = Correlation::new();
/// let mut headers = Headers(Vec::new());
/// sender.span().in_scope(|| inject(&mut headers));
///
/// let received = extract(&headers, Trust::Adopt).correlation;
/// assert_eq!(received.id(), sender.id());
/// assert_eq!(received.trace_id(), sender.trace_id());
/// ```
pub trait Carrier {
    /// Every value under a key, in the order they came. Keys are of lower case here; where a
    /// message does not care about case, its carrier does not either. Bytes, because what comes
    /// from outside is not always text.
    fn values(&self, key: &str) -> Vec<&[u8]>;

    /// Puts a value under a key that has none. The value is printable ASCII.
    fn set(&mut self, key: &str, value: &str);

    /// Whether the fields handed down (`session_id`, `job_id`, …) travel along, under the key
    /// `narration-fields`: where both ends are yours. Of the fields, those go whose class is
    /// `public` or `id`.
    fn takes_fields(&self) -> bool {
        false
    }
}

impl<S: BuildHasher> Carrier for HashMap<String, String, S> {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        of_key(self.iter(), key)
    }

    fn set(&mut self, key: &str, value: &str) {
        self.insert(key.to_owned(), value.to_owned());
    }
}

impl Carrier for BTreeMap<String, String> {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        of_key(self.iter(), key)
    }

    fn set(&mut self, key: &str, value: &str) {
        self.insert(key.to_owned(), value.to_owned());
    }
}

/// Maps hold few headers, spelled in any case.
fn of_key<'m>(map: impl Iterator<Item = (&'m String, &'m String)>, key: &str) -> Vec<&'m [u8]> {
    map.filter(|(name, _)| name.eq_ignore_ascii_case(key))
        .map(|(_, value)| value.as_bytes())
        .collect()
}

/// The key of the correlation id.
pub(super) const CORRELATION_ID: &str = "x-correlation-id";

/// The key many others use for an id of the request; read where there is no correlation id.
pub(super) const REQUEST_ID: &str = "x-request-id";

/// The key of the fields handed down.
pub(super) const FIELDS: &str = "narration-fields";

/// The keys of W3C Trace Context.
pub(super) const TRACEPARENT: &str = "traceparent";
pub(super) const TRACESTATE: &str = "tracestate";
