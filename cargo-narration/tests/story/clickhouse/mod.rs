//! Stories out of ClickHouse: the real engine, where it can be had, must answer as files do; a
//! server of ours stands for the answers that an engine gives on a bad day.

mod ages;
mod asked;
mod canned;
mod coming;
mod deployed;
mod engine;
mod gateways;
mod refusals;
mod same;
mod tls;
