//! Words from a log in a message.
//!
//! In: a word that anybody may have written. Out: the same, short, and harmless
//! on a terminal.

/// The longest part of a word that is repeated.
const LONGEST: usize = 60;

/// The word in backticks.
pub(super) fn quoted(word: &str) -> String {
    let mut quoted: String = word.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if word.chars().nth(LONGEST).is_some() {
        quoted.push('…');
    }
    format!("`{quoted}`")
}
