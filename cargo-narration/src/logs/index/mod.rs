//! Which blocks of a log may hold an id: in goes a log, out comes a small file beside it, so that
//! the next question about the same log reads a few blocks instead of all of them.
//!
//! `tokens` says what in a line may be asked for. Which of these a `block` has it remembers by the
//! ends of what counts up (`series`) and a `filter` of the rest. `beside` keeps the blocks in a
//! file and says whether that file still belongs to the log, and `build` makes it. An index never decides what belongs to a story: it only says which blocks
//! cannot matter, and where it cannot say, everything is read.

mod beside;
mod block;
mod build;
mod filter;
mod series;
mod tokens;

pub use beside::{Index, beside};
pub use build::{Built, build};
pub(super) use tokens::{Probe, TRACE};

/// So many bytes of a log share a filter.
const BLOCK: u64 = 1 << 20;

/// The same number for the same token, on every machine and in every version.
fn number(token: &[u8]) -> u64 {
    twox_hash::XxHash3_64::oneshot(token)
}
