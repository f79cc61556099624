//! The sources of a workspace, as the compiler finds them.
//!
//! In: the folder one stands in, or a manifest. Out: packages, the files of
//! their modules, and what stands in each.

mod metadata;
mod text;
mod tree;

pub(crate) use metadata::{Package, Selection, Workspace};
pub(crate) use text::{Position, Spot, Text};
pub(crate) use tree::{SourceFile, files};
