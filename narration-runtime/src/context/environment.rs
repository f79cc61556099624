//! A process's environment as a carrier.
//!
//! In: a context, or the environment this process was started with. Out: the
//! variables a child reads, or the context it is to go on with.

use std::env;
use std::ffi::OsString;

use super::carrier::{CORRELATION_ID, Carrier, FIELDS, TRACEPARENT, TRACESTATE};

/// Which variable stands for which key.
const VARIABLES: [(&str, &str); 4] = [
    (CORRELATION_ID, "NARRATION_CORRELATION_ID"),
    (TRACEPARENT, "TRACEPARENT"),
    (TRACESTATE, "TRACESTATE"),
    (FIELDS, "NARRATION_FIELDS"),
];

/// The variables of an environment that carry a context: `NARRATION_CORRELATION_ID`,
/// `TRACEPARENT`, `TRACESTATE`, and `NARRATION_FIELDS` for the fields handed down.
///
/// [`InContext`](crate::InContext) sets them on a child. This is for environments made
/// otherwise, such as a container's or a job's:
///
/// ```
/// use narration_runtime::{Correlation, Environment};
///
/// let mut environment = Environment::new();
/// Correlation::with_id("req-xyz".parse()?).inject(&mut environment);
/// let variables: Vec<_> = environment.variables().collect();
/// assert_eq!(variables[0], ("NARRATION_CORRELATION_ID", "req-xyz"));
/// # Ok::<(), narration_runtime::InvalidCorrelationId>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Environment {
    values: [Option<OsString>; VARIABLES.len()],
}

impl Environment {
    /// Without any variable.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// As this process has it. A variable that is set to nothing counts as none.
    #[must_use]
    pub fn of_process() -> Self {
        let value = |(_, name)| env::var_os(name).filter(|value| !value.is_empty());
        Self { values: VARIABLES.map(value) }
    }

    /// Each variable that is set and is text, with its value.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.all().filter_map(|(name, value)| Some((name, value?)))
    }

    /// Whether there is no context.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    /// Each variable, with its value if it has one.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        let named = VARIABLES.iter().zip(&self.values);
        named.map(|((_, name), value)| (*name, value.as_ref().and_then(|value| value.to_str())))
    }
}

impl Carrier for Environment {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        let of_key = VARIABLES.iter().zip(&self.values).filter(|((known, _), _)| *known == key);
        of_key.filter_map(|(_, value)| Some(value.as_ref()?.as_encoded_bytes())).collect()
    }

    fn set(&mut self, key: &str, value: &str) {
        let slots = VARIABLES.iter().zip(&mut self.values);
        for (_, slot) in slots.filter(|((known, _), _)| *known == key) {
            *slot = Some(value.into());
        }
    }

    fn takes_fields(&self) -> bool {
        true
    }
}
