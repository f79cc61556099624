//! The context of requests that come in.
//!
//! In: a request. Out: the same, answered inside a span that has its context,
//! and a response that tells the client the id.

use std::task::{Context, Poll};

use http::{HeaderValue, Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;
use tracing::Span;

use super::within::{ServerBody, ServerFuture};
use crate::{Correlation, Trust, extract};

/// Opens a span with the request's context around each request of a server:
/// axum, tonic, hyper, whatever is built on tower.
///
/// The correlation id comes from `x-correlation-id` or `x-request-id`, the place
/// in a trace from `traceparent` and `tracestate`. What is missing or of no use
/// is made new; what was refused is counted and narrated. All that is narrated
/// while the request is answered, and while its body is streamed, has that
/// context, and the response has the id in `x-correlation-id`.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServerLayer {
    trust: Trust,
}

/// A service whose requests have their context. Made by a [`ServerLayer`].
#[derive(Clone, Debug)]
pub struct Server<S> {
    inner: S,
    trust: Trust,
}

impl ServerLayer {
    /// For a listener whose callers are services of the same system: their ids are adopted.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says whether callers' ids are adopted; at the border to the outside they better are not.
    #[must_use]
    pub fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }
}

impl<S> Layer<S> for ServerLayer {
    type Service = Server<S>;

    fn layer(&self, inner: S) -> Server<S> {
        Server { inner, trust: self.trust }
    }
}

/// Left with a request that has its context, so that a second layer inside does not begin another.
#[derive(Clone, Copy)]
struct Entered;

impl<S, B, R> Service<Request<B>> for Server<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    R: Body,
{
    type Response = Response<ServerBody<R>>;
    type Error = S::Error;
    type Future = ServerFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        if request.extensions_mut().insert(Entered).is_some() {
            return ServerFuture::new(self.inner.call(request), Span::none(), None);
        }
        let correlation = extract(request.headers(), self.trust).correlation;
        let span = correlation.span();
        let future = span.in_scope(|| self.inner.call(request));
        ServerFuture::new(future, span, told(&correlation))
    }
}

/// The id as a header. Its characters are legal in any.
fn told(correlation: &Correlation) -> Option<HeaderValue> {
    HeaderValue::from_str(correlation.id().as_str()).ok()
}
