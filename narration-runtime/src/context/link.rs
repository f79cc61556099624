//! What an operation leads back to.
//!
//! In: another operation's context. Out: its id and its place in its trace, to
//! be written as `caused_by` and kept as a link between spans.

use std::fmt;

use super::{Correlation, CorrelationId, TraceParent};

/// Another operation that this one leads back to: not its parent, which waits
/// for it, but its cause, which may be long over.
///
/// Its text is the other operation's correlation id, so that it can stand as
/// `caused_by` in any narration or scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    id: CorrelationId,
    trace: Option<TraceParent>,
}

impl Link {
    /// A link to what happens here and now; nothing outside any context.
    #[must_use]
    pub fn current() -> Option<Self> {
        Correlation::current().as_ref().map(Self::from)
    }

    /// The correlation id of the other operation.
    #[must_use]
    pub fn id(&self) -> &CorrelationId {
        &self.id
    }

    /// The span of the other operation, if it has a trace.
    #[must_use]
    pub fn trace_parent(&self) -> Option<TraceParent> {
        self.trace
    }
}

impl From<&Correlation> for Link {
    fn from(correlation: &Correlation) -> Self {
        Self { id: correlation.id().clone(), trace: correlation.trace_parent() }
    }
}

impl From<&Link> for CorrelationId {
    fn from(link: &Link) -> Self {
        link.id.clone()
    }
}

impl From<CorrelationId> for Link {
    fn from(id: CorrelationId) -> Self {
        Self { id, trace: None }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}
