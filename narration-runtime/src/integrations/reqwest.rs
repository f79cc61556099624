//! The context of requests that go out through `reqwest`.
//!
//! In: a request of a `reqwest_middleware` client. Out: the same, with headers
//! that say which request it serves.

use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{Middleware, Next, Result};

use crate::inject;

/// Puts the current context into each request of a `reqwest_middleware` client.
///
/// `x-correlation-id`, and where there is a trace `traceparent` and
/// `tracestate`. What the caller put there itself stays as it is; outside any
/// context nothing is added. Behind a middleware that tries again, each attempt
/// is a request of its own.
///
/// ```
/// use narration_runtime::reqwest::ContextMiddleware;
///
/// let client = reqwest_middleware::ClientBuilder::new(reqwest::Client::new())
///     .with(ContextMiddleware::new())
///     .build();
/// # let _ = client;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ContextMiddleware;

impl ContextMiddleware {
    /// For any client.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

#[async_trait::async_trait]
impl Middleware for ContextMiddleware {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        inject(request.headers_mut());
        next.run(request, extensions).await
    }
}
