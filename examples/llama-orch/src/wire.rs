//! How a request's context crosses from one process to the next.
//!
//! In: a service's routes, a client, a task or a process to start. Out: the same,
//! in the context they belong to. No other file of the system knows how.

use std::error::Error;
use std::future::Future;

use axum::Router;
use narration_runtime::reqwest::ContextMiddleware;
use narration_runtime::tower::ServerLayer;
use narration_runtime::{Correlation, CorrelationId, Link};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use tracing::{Instrument as _, Span};

// Tasks of their own, and child processes, in the context they are started from.
pub use narration_runtime::{InContext, spawn};

/// The routes, each request in the context it came with.
pub fn serving(routes: Router) -> Router {
    routes.layer(ServerLayer::new())
}

/// The client, each request with the context it is made in.
pub fn carrying(client: reqwest::Client) -> ClientWithMiddleware {
    ClientBuilder::new(client).with(ContextMiddleware::new()).build()
}

/// A request's context, kept for work that outlives the request.
#[derive(Clone, Debug)]
pub struct Context(Span);

impl Context {
    /// The one this is called in.
    #[must_use]
    pub fn current() -> Self {
        Self(Span::current())
    }

    /// A new one, for what happens by itself; it tells what it comes from.
    #[must_use]
    pub fn caused_by(cause: &Self) -> Self {
        let new = Correlation::new();
        let new = match cause.tell(Link::current) {
            Some(cause) => new.caused_by(cause),
            None => new,
        };
        Self(new.span())
    }

    /// The same with more that belongs to it: the span is opened inside of it.
    #[must_use]
    pub fn with(&self, open: impl FnOnce() -> Span) -> Self {
        Self(self.tell(open))
    }

    /// Whether both belong to one request.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.tell(CorrelationId::current) == other.tell(CorrelationId::current)
    }

    /// Runs something in it.
    pub async fn run<F: Future>(self, future: F) -> F::Output {
        future.instrument(self.0).await
    }

    /// Tells something in it.
    pub fn tell<T>(&self, telling: impl FnOnce() -> T) -> T {
        self.0.in_scope(telling)
    }
}

/// The words of an error and of what caused it.
pub fn in_words(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
