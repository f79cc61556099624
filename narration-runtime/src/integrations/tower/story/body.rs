//! The body of a response, told to its end.
//!
//! In: a body. Out: the same frames, and the outcome behind the last of them.
//!
//! A server does not always ask a body to its very end: not when it says that
//! it is at its end, and not when as many bytes were sent as the response's
//! head had promised. Both count as handed over whole.

use std::fmt::Display;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Buf as _;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use super::running::Running;
use crate::story::watched;

pin_project! {
    /// The body of a response whose story is told.
    pub struct StoryBody<B> {
        // Emptied before the outcome is told, like the future.
        #[pin]
        inner: Option<B>,
        running: Running,
        // How many bytes were promised and are still to come, where that is known.
        owed: Option<u64>,
    }

    impl<B> PinnedDrop for StoryBody<B> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.running.listened() {
                this.inner.set(None);
                this.running.give_up();
            }
        }
    }
}

impl<B> StoryBody<B> {
    /// `owed` is how many bytes were promised.
    pub(super) fn new(inner: B, running: Running, owed: Option<u64>) -> Self {
        Self { inner: Some(inner), running, owed }
    }
}

impl<B> Body for StoryBody<B>
where
    B: Body,
    B::Error: Display,
{
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let mut this = self.project();
        let Some(mut inner) = this.inner.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        if !this.running.listened() {
            return inner.poll_frame(cx);
        }
        let frame = match watched(|| inner.as_mut().poll_frame(cx)) {
            Ok(polled) => ready!(polled),
            Err(panic) => this.running.end_by(panic),
        };
        match &frame {
            None => this.running.finish(),
            Some(Err(error)) => this.running.fail("body", error),
            Some(Ok(frame)) => {
                if let Some(trailers) = frame.trailers_ref() {
                    this.running.trailers(trailers);
                }
                let sent = frame.data_ref().map_or(0, |data| data.remaining());
                let sent = u64::try_from(sent).unwrap_or(u64::MAX);
                *this.owed = this.owed.map(|owed| owed.saturating_sub(sent));
                if *this.owed == Some(0) || inner.is_end_stream() {
                    this.running.finish();
                }
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}
