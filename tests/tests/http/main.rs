//! One request across services, over real sockets on the loopback interface.
//!
//! In: servers and clients as services have them (axum, tonic, reqwest, and bare sockets for what
//! no client would send). Out: the lines all of them wrote, by the id of the request.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod heard;
mod parties;
mod raw;

mod endings;
mod grpc;
mod hops;
mod hostile;
mod peers;
mod setup;
