//! The context of requests that go out.
//!
//! In: a request. Out: the same, with headers that say which request it serves.

use std::task::{Context, Poll};

use http::Request;
use tower_layer::Layer;
use tower_service::Service;

use crate::inject;

/// Puts the current context into each request of a client: tonic channels,
/// hyper, whatever is built on tower.
///
/// `x-correlation-id`, and where there is a trace `traceparent` and
/// `tracestate`. What the caller put there itself stays as it is; outside any
/// context nothing is added.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientLayer;

/// A client whose requests carry the context. Made by a [`ClientLayer`].
#[derive(Clone, Debug)]
pub struct Client<S> {
    inner: S,
}

impl ClientLayer {
    /// For any client.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl<S> Layer<S> for ClientLayer {
    type Service = Client<S>;

    fn layer(&self, inner: S) -> Client<S> {
        Client { inner }
    }
}

impl<S, B> Service<Request<B>> for Client<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> S::Future {
        inject(request.headers_mut());
        self.inner.call(request)
    }
}
