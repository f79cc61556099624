//! The answer to a request, told.
//!
//! In: the service's future. Out: the same response, its body told to its end.

use std::fmt::Display;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Response;
use http_body::Body;
use pin_project_lite::pin_project;

use super::StoryBody;
use super::running::Running;
use crate::story::watched;

pin_project! {
    /// The future of a [`Story`](super::Story) service.
    #[must_use = "futures do nothing unless polled"]
    pub struct StoryFuture<F> {
        // Emptied before the outcome is told, so that what it narrates when dropped stands before it.
        #[pin]
        inner: Option<F>,
        running: Option<Running>,
    }

    impl<F> PinnedDrop for StoryFuture<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if let Some(mut running) = this.running.take() {
                this.inner.set(None);
                running.give_up();
            }
        }
    }
}

impl<F> StoryFuture<F> {
    pub(super) fn new(inner: F, running: Running) -> Self {
        Self { inner: Some(inner), running: Some(running) }
    }
}

impl<F, B, E> Future for StoryFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
    E: Display,
{
    type Output = Result<Response<StoryBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let Some(inner) = this.inner.as_mut().as_pin_mut() else { return Poll::Pending };
        let answer = match watched(|| inner.poll(cx)) {
            Ok(polled) => ready!(polled),
            Err(panic) => match this.running.take() {
                Some(mut running) => running.end_by(panic),
                None => std::panic::resume_unwind(panic),
            },
        };
        this.inner.set(None);
        let Some(mut running) = this.running.take() else { return Poll::Pending };
        Poll::Ready(match answer {
            Ok(response) => {
                let owed = running.answered(&response);
                Ok(response.map(|body| StoryBody::new(body, running, owed)))
            }
            Err(error) => {
                running.fail("service", &error);
                Err(error)
            }
        })
    }
}
