//! What arrives at an OTLP endpoint, from real processes over real sockets.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod arrived;
mod carried;
mod collector;
mod decoded;
mod endpoints;
mod exported;
mod kinds;
mod receiver;
mod service;
