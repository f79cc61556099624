//! The body of an async fn, told.
//!
//! In: a running story and the body's future. Out: a future that polls the
//! body inside the span and tells exactly one outcome: when it is ready, when
//! a poll unwinds, or when it is dropped before either.

use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::ending::Ending;
use super::failure::Failure;
use super::{Running, watched};

pin_project! {
    /// The future of a `#[narrated]` async fn's body.
    #[must_use = "futures do nothing unless polled"]
    pub struct Told<F, I> {
        // Emptied inside the span, so that what it narrates when dropped stays in the story.
        #[pin]
        body: Option<F>,
        failed: Option<I>,
        running: Option<Running>,
    }

    impl<F, I> PinnedDrop for Told<F, I> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if let Some(running) = this.running.take() {
                running.span.clone().in_scope(|| {
                    this.body.set(None);
                    running.end(&Ending::Cancelled);
                });
            }
        }
    }
}

impl<F, I> Told<F, I> {
    pub(super) fn new(running: Option<Running>, body: F, failed: I) -> Self {
        Self { body: Some(body), failed: Some(failed), running }
    }
}

impl<F, I> Future for Told<F, I>
where
    F: Future,
    I: FnOnce(&F::Output) -> Option<Failure>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let Some(body) = this.body.as_mut().as_pin_mut() else { return Poll::Pending };
        let Some(running) = this.running.take() else { return body.poll(cx) };
        let span = running.span.clone();
        let _entered = span.enter();
        // The error's words are the caller's code, too, and may unwind.
        let polled = watched(|| {
            body.poll(cx).map(|returned| {
                let failure = this.failed.take().and_then(|failed| failed(&returned));
                (returned, failure)
            })
        });
        match polled {
            Err(panic) => running.end_by(panic),
            Ok(Poll::Pending) => {
                *this.running = Some(running);
                Poll::Pending
            }
            Ok(Poll::Ready((returned, failure))) => {
                this.body.set(None);
                running.end(&Ending::of(failure));
                Poll::Ready(returned)
            }
        }
    }
}
