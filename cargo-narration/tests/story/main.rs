//! Stories through the real binary: logs of every shape are written, and what `cargo narration`
//! says about them is read.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod around;
mod audience;
mod browser;
mod clickhouse;
mod copies;
mod formats;
mod hostile;
mod indexed;
mod links;
mod listed;
mod live;
mod memo;
mod newcomer;
mod output;
mod pairing;
mod pieces;
mod place;
mod selection;
mod spans;
mod splits;
mod truth;
