//! How much room there is.
//!
//! In: the terminal the result goes to, or `COLUMNS`. Out: a width in columns.

use std::io;

/// Where nothing tells the width.
const DEFAULT_WIDTH: usize = 100;

/// The columns to print in: the terminal's, else what `COLUMNS` says, else 100.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal
        .map(|(width, _)| usize::from(width.0))
        .or_else(told)
        .filter(|width| *width > 0)
        .unwrap_or(DEFAULT_WIDTH)
}
