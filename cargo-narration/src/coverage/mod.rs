//! How much of a vocabulary a test run exercised.
//!
//! In: the vocabulary, the call sites of the sources, those that programs carry,
//! and what the processes of a test run recorded. Out: figures, and everything
//! that is not covered, each under an id that does not change when lines move.

pub(crate) mod badge;
mod enclosing;
mod figures;
mod markdown;
mod measure;
mod places;
mod programs;
pub(crate) mod ratchet;
mod recordings;
mod run;
mod sites;
mod text;

pub(crate) use figures::{Coverage, Kind};
pub(crate) use markdown::markdown;
pub(crate) use recordings::{Held, Recordings};
pub(crate) use run::measured;
use sites::Sites;
pub(crate) use text::text;
