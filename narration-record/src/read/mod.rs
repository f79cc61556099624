//! The way back: in goes one line of the formats `json` or `logfmt`, out comes its [`Record`], or
//! what is wrong with it and where.

mod assemble;
mod error;
mod json;
mod logfmt;
mod record;

pub use error::ReadError;
pub use record::{Record, Value};

/// Reads one line, with or without its line break. What begins with `{` is read as JSON,
/// everything else as logfmt.
///
/// # Errors
///
/// [`ReadError`] when the line is empty, is neither JSON nor logfmt, repeats a key, or lacks a key
/// that every record has.
pub fn read(line: &str) -> Result<Record, ReadError> {
    let text = line.trim_end_matches(['\r', '\n']);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let pairs =
        if text.trim_start().starts_with('{') { json::parse(text) } else { logfmt::parse(text) };
    assemble::record(pairs?)
}

#[cfg(test)]
mod tests;
