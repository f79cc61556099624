//! The layer that tells requests, and the service it makes.
//!
//! In: a vocabulary's table, an actor and an action. Out: a service around
//! another one, which tells each request's start and outcome.

use std::fmt::{self, Display};
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Extensions, Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

use super::asked::RouteOf;
use super::plan::Plan;
use super::running::Running;
use super::{StoryBody, StoryError, StoryFuture};
use crate::story::watched;
use crate::taxonomy::Table;

/// Tells each request: its start, and exactly one outcome.
#[derive(Clone)]
pub struct StoryLayer {
    plan: Arc<Plan>,
    route_of: Option<Arc<RouteOf>>,
}

/// A service whose requests are told. Made by a [`StoryLayer`].
#[derive(Clone)]
pub struct Story<S> {
    inner: S,
    told: StoryLayer,
}

impl StoryLayer {
    /// Tells requests as this action of this actor. What they are told with is
    /// checked here and now, for every outcome.
    ///
    /// # Errors
    ///
    /// What the vocabulary does not allow, all of it at once.
    pub fn new(table: &'static Table, actor: &str, action: &str) -> Result<Self, StoryError> {
        Ok(Self { plan: Arc::new(Plan::new(table, actor, action)?), route_of: None })
    }

    /// Where the template of a request's route is found, for routers other than axum's. It must be
    /// a template or another word of a short list: it goes into records as it is.
    #[must_use]
    pub fn route_from(
        mut self,
        route_of: impl Fn(&Extensions) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.route_of = Some(Arc::new(route_of));
        self
    }
}

impl<S> Layer<S> for StoryLayer {
    type Service = Story<S>;

    fn layer(&self, inner: S) -> Story<S> {
        Story { inner, told: self.clone() }
    }
}

impl<S, B, R> Service<Request<B>> for Story<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Error: Display,
    B: 'static,
    R: Body,
{
    type Response = Response<StoryBody<R>>;
    type Error = S::Error;
    type Future = StoryFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let StoryLayer { plan, route_of } = &self.told;
        let mut running = Running::begin(plan, &mut request, route_of.as_deref());
        match watched(|| self.inner.call(request)) {
            Ok(future) => StoryFuture::new(future, running),
            Err(panic) => running.end_by(panic),
        }
    }
}

impl fmt::Debug for StoryLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoryLayer").finish_non_exhaustive()
    }
}

impl<S: fmt::Debug> fmt::Debug for Story<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Story").field("inner", &self.inner).finish_non_exhaustive()
    }
}
