//! Servers and clients, as services have them.
//!
//! In: a router. Out: an address on the loopback interface, and clients for it.

use std::net::SocketAddr;

use axum::Router;
use narration_runtime::reqwest::ContextMiddleware;
use narration_runtime::taxonomy;
use narration_runtime::tower::{ServerLayer, StoryLayer};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use tokio::net::TcpListener;

use crate::heard;

/// Serves a router whose callers are of the same system.
pub(crate) async fn serve(app: Router) -> SocketAddr {
    serve_as_it_is(app.layer(ServerLayer::new())).await
}

/// Serves a router that brings its layers.
pub(crate) async fn serve_as_it_is(app: Router) -> SocketAddr {
    heard::listen();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, app).into_future());
    address
}

/// Tells requests as this action of the front desk.
pub(crate) fn told_as(action: &str) -> StoryLayer {
    StoryLayer::new(taxonomy!(), "front-desk", action).unwrap()
}

/// A client that carries the context of whoever calls.
pub(crate) fn client() -> ClientWithMiddleware {
    ClientBuilder::new(plain()).with(ContextMiddleware::new()).build()
}

/// A client that knows nothing of contexts.
pub(crate) fn plain() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}
