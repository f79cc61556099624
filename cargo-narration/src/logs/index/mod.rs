//! Which blocks of a log may hold an id: in goes a log, out comes a small file beside it, so that
//! the next question about the same log reads a few blocks instead of all of them.
//!
//! `tokens` says what in a line may be asked for, `filter` remembers which of these a block has,
//! `beside` keeps the filters in a file and says whether that file still belongs to the log, and
//! `build` makes it. An index never decides what belongs to a story: it only says which blocks
//! cannot matter, and where it cannot say, everything is read.

mod beside;
mod build;
mod filter;
mod tokens;

pub use beside::{Index, beside};
pub use build::{Built, build};
pub(super) use tokens::Probe;

/// So many bytes of a log share a filter.
const BLOCK: u64 = 1 << 20;

/// The same number for the same token, on every machine and in every version.
fn number(token: &[u8]) -> u64 {
    twox_hash::XxHash3_64::oneshot(token)
}
