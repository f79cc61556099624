//! Which threads are the exporter's own.
//!
//! In: threads and futures that export. Out: a mark on them, by which the layer
//! knows what their HTTP and gRPC crates say. An exporter that exported its own
//! doings would never come to an end.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tokio::runtime::Handle;

thread_local! {
    static EXPORTING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread exports at the moment.
pub(super) fn is_exporting() -> bool {
    EXPORTING.try_with(Cell::get).unwrap_or(true)
}

/// Marks the thread for as long as it lives.
pub(super) fn mark() {
    let _ = EXPORTING.try_with(|exporting| exporting.set(true));
}

pin_project! {
    /// A future that runs on the exporter's runtime, whoever polls it, and marks who does.
    pub(super) struct Exporting<F> {
        #[pin]
        inner: F,
        runtime: Handle,
    }
}

impl<F> Exporting<F> {
    pub(super) fn new(inner: F, runtime: Handle) -> Self {
        Self { inner, runtime }
    }
}

impl<F: Future> Future for Exporting<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _runtime = this.runtime.enter();
        let before = EXPORTING.try_with(|exporting| exporting.replace(true)).unwrap_or(true);
        let polled = this.inner.poll(context);
        let _ = EXPORTING.try_with(|exporting| exporting.set(before));
        polled
    }
}
