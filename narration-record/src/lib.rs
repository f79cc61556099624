//! One narration as one line: the writers of four formats and the reader.
//!
//! In goes a [`Head`] (when, how bad, who, what, on what, in which words) and the [`Fields`] that
//! were rendered on the way; out comes exactly one line, in one of four [`Format`]s. With the
//! feature `read` a line of the formats `json` and `logfmt` becomes a [`Record`] again.
//!
//! ```
//! use std::time::SystemTime;
//! use narration_record::{Clock, Fields, Format, Head, Level, Style, write_line};
//!
//! let style = Style { format: Format::Story, colour: false };
//! let mut fields = Fields::new(style);
//! fields.u64("queue_position", 3);
//!
//! let mut clock = Clock::new();
//! let head = Head {
//!     timestamp: clock.stamp(SystemTime::now()),
//!     level: Level::Info,
//!     actor: "orchestratord",
//!     action: "admission",
//!     declared: true,
//!     target: None,
//!     human: "Accepted request; queued at position 3",
//! };
//! let mut line = String::new();
//! write_line(&mut line, style, &head, None, &fields);
//! assert_eq!(line, "[orchestratord] admission: Accepted request; queued at position 3\n");
//! ```
//!
//! Two promises hold for every input: a record is one line, whatever its values contain, and no
//! value can drive a terminal or repeat a key.

mod clock;
mod encode;
mod escape;
mod fields;
mod format;
mod head;
mod level;
mod merge;
mod name;
mod pairs;
#[cfg(feature = "read")]
mod read;
mod write;

pub use clock::Clock;
pub use fields::Fields;
pub use format::{Format, Style, UnknownFormat};
pub use head::Head;
pub use level::{Level, UnknownLevel};
pub use name::FieldName;
#[cfg(feature = "read")]
pub use read::{ReadError, Record, Value, read};
pub use write::write_line;

/// The version of the record, counted up with every change that a reader of older lines could
/// notice. Lines of every version up to this one stay readable.
pub const VERSION: u32 = 1;
