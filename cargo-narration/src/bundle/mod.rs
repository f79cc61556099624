//! A proof bundle: what a release narrates and how it was proven, in one folder
//! whose checksums tell whether anything was changed since.
//!
//! In: parts, each a path and its bytes. Out: the folder, or what does not fit
//! in one that is there.

mod parts;
mod proof;
mod stories;
mod sums;

pub(crate) use parts::{Part, of_vocabulary, of_workspace};
pub(crate) use proof::{Run, environment, of_run};
pub(crate) use stories::{ByPlace, Story};
pub(crate) use sums::{SUMS, read_sums, sums, verify};

use sums::digest;
