//! Logs as they lie around: in go paths and what is looked for, out come [`Entry`]s.
//!
//! `source` finds the files, `blocks` and `stream` read them, `chunks` puts together what a
//! container's runtime cut into pieces, `matcher` finds the lines that may
//! matter without parsing them, `payload` takes off what a container or a journal put in front,
//! and `format` reads what is left, whoever wrote it. What a story keeps of that is an [`Event`].

mod blocks;
mod bytes;
mod chunks;
mod container;
mod document;
mod entry;
mod event;
mod export;
mod flat;
mod follow;
mod format;
mod glimpse;
mod index;
mod lines;
mod matcher;
mod moment;
mod pack;
mod payload;
mod period;
mod rotated;
mod scan;
mod skim;
mod source;
mod spool;
mod stop;
mod stream;
mod tail;

pub use entry::{Entry, Place, Shape};
pub use event::{Event, Site};
pub use follow::Followed;
pub use format::read_line;
pub use glimpse::Glimpse;
pub use index::{Built, Index, beside, build};
pub use matcher::Matcher;
pub use moment::{moment, stamp};
pub use pack::Pack;
pub use period::Period;
pub(crate) use scan::scan_from;
pub use scan::{Scan, scan};
pub use skim::{Seen, Skimmer};
pub use source::{Input, Source, Sources, Trouble};
pub use stop::Stop;

/// Nanoseconds since 1970, in UTC.
pub type Nanos = i64;

/// No line longer than this many bytes is looked into; those that are longer are counted.
pub const LONGEST_LINE: usize = 128 << 20;
