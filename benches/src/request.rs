//! A request of axum, without our layers and with them.
//!
//! In: a request with an id and a place in a trace. Out: its response, read to
//! the end. There is no socket and no runtime: what is added is what counts.

use std::cell::RefCell;
use std::hint::black_box;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::http::Request;
use axum::routing::get;
use futures_util::FutureExt as _;
use futures_util::future::poll_fn;
use narration_runtime::taxonomy;
use narration_runtime::tower::{ServerLayer, StoryLayer};
use std::pin::Pin;
use tower::Service as _;

use crate::calls;

thread_local! {
    static BARE: RefCell<Router> = RefCell::new(service());
    static CONTEXT: RefCell<Router> = RefCell::new(service().layer(ServerLayer::new()));
    static TOLD: RefCell<Router> = RefCell::new(told().layer(ServerLayer::new()));
}

/// A service whose handler narrates once.
fn service() -> Router {
    Router::new().route("/pools/{pool}/tasks", get(admit))
}

fn told() -> Router {
    match StoryLayer::new(taxonomy!(), "orchestratord", "request") {
        Ok(layer) => service().layer(layer),
        // The tests beside see that there is something to measure.
        Err(_) => Router::new(),
    }
}

async fn admit() -> &'static str {
    calls::inside();
    "admitted"
}

/// As axum does it.
#[inline(never)]
pub(crate) fn bare() {
    BARE.with_borrow_mut(answer);
}

/// With the context around it.
#[inline(never)]
pub(crate) fn context() {
    CONTEXT.with_borrow_mut(answer);
}

/// With the context around it, and its start and its outcome told.
#[inline(never)]
pub(crate) fn told_too() {
    TOLD.with_borrow_mut(answer);
}

/// Nothing in it waits, so that one poll is enough for each step.
fn answer(service: &mut Router) {
    let request = Request::get("/pools/default/tasks")
        .header("x-correlation-id", "req-xyz")
        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .body(Body::empty());
    let answered = request.ok().and_then(|request| service.call(request).now_or_never());
    let Some(Ok(response)) = answered else { return };
    let mut body = response.into_body();
    while let Some(Some(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).now_or_never() {
        drop(black_box(frame));
    }
}
