//! Work that goes on elsewhere, in the same context.
//!
//! In: a closure or a future, and the span that is current where it is handed
//! over. Out: the same work inside that span, on whatever thread it runs.

use std::thread::{self, JoinHandle};

use tracing::Span;

/// The same closure, run inside the span that is current now: for thread pools, callbacks,
/// whatever runs it once and elsewhere.
///
/// ```
/// use narration_runtime::{Correlation, CorrelationId, in_context};
///
/// # let _narration = narration_runtime::init!();
/// let request = Correlation::new();
/// let work = request.span().in_scope(|| in_context(CorrelationId::current));
/// assert_eq!(work().as_ref(), Some(request.id()));
/// ```
pub fn in_context<R>(work: impl FnOnce() -> R) -> impl FnOnce() -> R {
    let span = Span::current();
    move || span.in_scope(work)
}

/// The same for a closure that is run once for each item, on any number of threads: what rayon's
/// `map` and `for_each` take.
///
/// ```
/// use narration_runtime::{Correlation, CorrelationId, each_in_context};
///
/// # let _narration = narration_runtime::init!();
/// let request = Correlation::new();
/// let ids = request.span().in_scope(|| each_in_context(|_shard: u32| CorrelationId::current()));
/// assert!((0..4).map(ids).all(|id| id.as_ref() == Some(request.id())));
/// ```
pub fn each_in_context<A, R>(work: impl Fn(A) -> R) -> impl Fn(A) -> R {
    let span = Span::current();
    move |item| span.in_scope(|| work(item))
}

/// [`std::thread::spawn`], inside the span that is current now.
///
/// # Panics
///
/// Where the standard library's does: when the system has no thread left.
pub fn spawn_thread<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> JoinHandle<R> {
    thread::spawn(in_context(work))
}

#[cfg(feature = "tokio")]
pub use of_tokio::{spawn, spawn_blocking, spawn_in};

#[cfg(feature = "tokio")]
mod of_tokio {
    use tokio::task::{AbortHandle, JoinHandle, JoinSet};
    use tracing::Instrument as _;

    use super::in_context;

    /// `tokio::spawn`, inside the span that is current now.
    ///
    /// # Panics
    ///
    /// Where tokio's does: outside a runtime.
    pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        tokio::spawn(future.in_current_span())
    }

    /// `tokio::task::spawn_blocking`, inside the span that is current now.
    ///
    /// # Panics
    ///
    /// Where tokio's does: outside a runtime.
    pub fn spawn_blocking<R: Send + 'static>(
        work: impl FnOnce() -> R + Send + 'static,
    ) -> JoinHandle<R> {
        tokio::task::spawn_blocking(in_context(work))
    }

    /// `JoinSet::spawn`, inside the span that is current now.
    ///
    /// # Panics
    ///
    /// Where tokio's does: outside a runtime.
    pub fn spawn_in<F>(set: &mut JoinSet<F::Output>, future: F) -> AbortHandle
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        set.spawn(future.in_current_span())
    }
}
