//! What a request's span stands around: the answer being made, and its body.
//!
//! In: a future or a body, and a span. Out: the same, polled and dropped inside
//! the span, so that what a stream narrates long after its handler returned
//! still belongs to the request.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{HeaderName, HeaderValue, Response};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use tracing::Span;

/// The header that tells a client the id of its request.
const ID: HeaderName = HeaderName::from_static("x-correlation-id");

pin_project! {
    /// The future of a [`Server`](super::Server).
    #[must_use = "futures do nothing unless polled"]
    pub struct ServerFuture<F> {
        // Emptied inside the span, so that what it narrates when dropped has its context.
        #[pin]
        inner: Option<F>,
        span: Span,
        answer: Option<HeaderValue>,
    }

    impl<F> PinnedDrop for ServerFuture<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.inner.is_some() {
                let _inside = this.span.enter();
                this.inner.set(None);
            }
        }
    }
}

pin_project! {
    /// The body of a response, inside its request's span.
    pub struct ServerBody<B> {
        #[pin]
        inner: Option<B>,
        span: Span,
    }

    impl<B> PinnedDrop for ServerBody<B> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _inside = this.span.enter();
            this.inner.set(None);
        }
    }
}

impl<F> ServerFuture<F> {
    /// `answer` is the id to tell the client.
    pub(super) fn new(inner: F, span: Span, answer: Option<HeaderValue>) -> Self {
        Self { inner: Some(inner), span, answer }
    }
}

impl<F, B, E> Future for ServerFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = Result<Response<ServerBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let Some(inner) = this.inner.as_mut().as_pin_mut() else { return Poll::Pending };
        let _inside = this.span.enter();
        let answered = ready!(inner.poll(cx));
        this.inner.set(None);
        let (span, answer) = (this.span.clone(), this.answer.take());
        Poll::Ready(answered.map(|response| {
            let mut response = response.map(|body| ServerBody { inner: Some(body), span });
            if let Some(id) = answer {
                // A handler that passes on another service's answer may have its header here.
                response.headers_mut().insert(ID, id);
            }
            response
        }))
    }
}

impl<B: Body> Body for ServerBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let this = self.project();
        let _inside = this.span.enter();
        this.inner.as_pin_mut().map_or(Poll::Ready(None), |inner| inner.poll_frame(cx))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}
