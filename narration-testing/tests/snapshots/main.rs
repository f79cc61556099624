//! Snapshots as tests use them: texts that stay, and reports of what became of a story.
//!
//! In: lines as services write them. Out: the text for a file, and what is said when it differs.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod captured;
mod files;
mod ids;
mod order;

use narration_testing::Story;

/// A line of a log. `rest` is JSON without braces.
fn line(micros: usize, actor: &str, action: &str, human: &str, rest: &str) -> String {
    let rest = if rest.is_empty() { String::new() } else { format!(",{rest}") };
    format!(
        r#"{{"timestamp":"2026-11-21T18:34:05.{micros:06}Z","level":"info","actor":"{actor}","action":"{action}","human":"{human}"{rest}}}"#
    )
}

/// The text of lines.
fn text(lines: &[String]) -> String {
    Story::from_lines(lines).snapshot().to_string()
}
