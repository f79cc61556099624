//! A value on its way through a channel, with its sender's context.
//!
//! In: a value, sent inside an operation. Out: the same value, worked on in a
//! span of that operation, wherever it arrives. The sender's span may be
//! closed by then: the envelope holds the context, and not the span.

use tracing::instrument::Instrumented;
use tracing::{Instrument as _, Span};

use super::Correlation;

/// A value together with the context it was sent in.
///
/// ```
/// use std::sync::mpsc;
///
/// use narration_runtime::{Correlation, CorrelationId, Narrated};
///
/// # let _narration = narration_runtime::init!();
/// let (sender, receiver) = mpsc::channel();
/// let request = Correlation::new();
/// request.span().in_scope(|| sender.send(Narrated::new("pool-7")))?;
///
/// let id = receiver.recv()?.open(|_pool| CorrelationId::current());
/// assert_eq!(id.as_ref(), Some(request.id()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Narrated<T> {
    correlation: Option<Correlation>,
    value: T,
}

impl<T> Narrated<T> {
    /// The value with the current context.
    pub fn new(value: T) -> Self {
        Self { correlation: Correlation::current(), value }
    }

    /// The value with a context that is known otherwise: one that came with a message.
    pub fn with(correlation: Correlation, value: T) -> Self {
        Self { correlation: Some(correlation), value }
    }

    /// The context it was sent in; nothing where there was none.
    pub fn correlation(&self) -> Option<&Correlation> {
        self.correlation.as_ref()
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Another value in the same context.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Narrated<U> {
        Narrated { correlation: self.correlation, value: change(self.value) }
    }

    /// Opens a span of the context, beneath the sender's. Without a context it is none, and what
    /// is done in it stays in the receiver's.
    pub fn span(&self) -> Span {
        self.correlation.as_ref().map_or_else(Span::none, Correlation::span)
    }

    /// Works on the value inside its context.
    pub fn open<R>(self, work: impl FnOnce(T) -> R) -> R {
        let span = self.span();
        span.in_scope(|| work(self.value))
    }

    /// Works on the value inside its context, in a future.
    pub fn open_async<F: Future>(self, work: impl FnOnce(T) -> F) -> Instrumented<F> {
        let span = self.span();
        let future = span.in_scope(|| work(self.value));
        future.instrument(span)
    }
}
