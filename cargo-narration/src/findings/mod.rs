//! What was found, and the ways to show it.
//!
//! In: findings from the checks. Out: text with the source around, JSON, SARIF.

mod finding;
mod json;
mod sarif;
mod text;

pub(crate) use finding::{Finding, Fix, Verdict};
pub(crate) use json::{Findings, json};
pub(crate) use sarif::sarif;
pub(crate) use text::{summary, text};
