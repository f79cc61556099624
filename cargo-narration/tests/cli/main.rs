//! The command line as a user has it: the real binary, on vocabularies, sources
//! and logs that each test writes.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bundle;
mod catalog;
mod check;
mod coverage;
mod diff;
mod fix;
mod frame;
mod init;
mod live_check;
mod packaged;
mod pages;
mod schema;
mod support;
mod vendor;
