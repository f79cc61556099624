//! Stories in insta's own files.
//!
//! In: a snapshot, and what [`assert_insta_story!`](crate::assert_insta_story) was called with.
//! Out: the name of insta's file, and the text it shall have.

use std::fs;
use std::path::Path;

use super::{Snapshot, golden};
use crate::fail;

/// The name of a story as insta writes names: without blanks. Folders are insta's own affair.
#[doc(hidden)]
#[must_use]
pub fn file_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The text of a story. What the file marks as concurrent may run one after the other.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub fn text(snapshot: &Snapshot, package: &str, file: &str) -> String {
    let file = format!("{}.snap", file.replace(['/', '\\'], "__"));
    let known = fs::read_to_string(golden::folder(package).join(file)).unwrap_or_default();
    let known = known.replace("\r\n", "\n");
    // Insta's own lines stand between two rules.
    let told = known.splitn(3, "---\n").last().unwrap_or_default();
    let text = snapshot.of_package(Path::new(package)).text(&golden::hints(told));
    if let Some(secret) = golden::secret(&text) {
        fail::now(&format!("a secret stands in the story: {secret}"));
    }
    text
}
