//! Assertions on the capture the running code is in.
//!
//! In: nothing but the claim. Out: nothing, or a panic that shows the story.

use std::fmt::Display;

use crate::capture;
use crate::fail;
use crate::story::Story;

/// The story of the capture the running code is in: of the test, or of a scenario's step.
///
/// # Panics
///
/// Where there is none.
#[must_use]
#[track_caller]
pub fn current() -> Story {
    match capture::here() {
        Some(story) => story,
        None => fail::now(
            "there is no capture here: begin the test with `let story = narration_testing::capture();`, \
             and carry its context into what it spawns (`story.scope(future)`)",
        ),
    }
}

/// Asserts that a narration's text contains these words, see [`Story::assert_narration_includes`].
///
/// # Panics
///
/// Where none does, or where there is no capture.
#[track_caller]
pub fn assert_narration_includes(text: impl AsRef<str>) {
    current().assert_narration_includes(text);
}

/// Asserts that no narration's text contains these words, see [`Story::assert_narration_excludes`].
///
/// # Panics
///
/// Where one does, or where there is no capture.
#[track_caller]
pub fn assert_narration_excludes(text: impl AsRef<str>) {
    current().assert_narration_excludes(text);
}

/// Asserts that a narration has this field with this value, see [`Story::assert_field_present`].
///
/// # Panics
///
/// Where none has, or where there is no capture.
#[track_caller]
pub fn assert_field_present(name: impl AsRef<str>, value: impl Display) {
    current().assert_field_present(name, value);
}

/// Asserts that a narration has this correlation id, see [`Story::assert_correlation_id`].
///
/// # Panics
///
/// Where none has, or where there is no capture.
#[track_caller]
pub fn assert_correlation_id_present(id: impl AsRef<str>) {
    current().assert_correlation_id(id);
}

/// Asserts that nothing failed, see [`Story::assert_nothing_failed`].
///
/// # Panics
///
/// Where something did, or where there is no capture.
#[track_caller]
pub fn assert_nothing_failed() {
    current().assert_nothing_failed();
}
