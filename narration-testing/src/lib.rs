//! Tests that read what a service narrates.
//!
//! In: a test that runs a service, or the log of one that ran. Out: its
//! [`Story`], and assertions that show it when they fail.
//!
//! [`capture()`] hears what the service narrates from then on, exactly as its
//! log would have it, and nothing that another test narrates at the same time:
//!
//! ```
//! use narration_runtime::narrate;
//!
//! let story = narration_testing::capture();
//! let (engine, pool_id, device) = ("llamacpp-v1", "default", "GPU0");
//! narrate!(actor = "pool-managerd", action = "spawn", engine, pool_id, device);
//!
//! story.assert_narration_includes("Spawning engine llamacpp-v1");
//! story.assert_field_present("pool_id", "default");
//! story.actor("pool-managerd").action("spawn").field("device", "GPU0").assert_count(1);
//! story.assert_nothing_failed();
//! ```
//!
//! What ran in another process is read from its log, and asserted on the same way:
//!
//! ```
//! # fn main() -> std::io::Result<()> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("pool-managerd.log");
//! # std::fs::write(&path, r#"{"timestamp":"2026-11-21T18:34:05.123456Z","level":"info","actor":"pool-managerd","action":"spawn","human":"Spawning","correlation_id":"req-xyz"}"#)?;
//! let story = narration_testing::Story::from_file(path)?;
//! story.assert_one_correlation_id();
//! # Ok(())
//! # }
//! ```

/// The book's chapter, whose examples are run with this crate's.
#[cfg(all(doctest, feature = "cucumber", feature = "story-snapshots"))]
#[doc = include_str!("../../docs/testing.md")]
mod book {}

mod assertions;
mod capture;
mod checked;
mod coverage;
#[cfg(feature = "cucumber")]
pub mod cucumber;
mod current;
mod directory;
mod event;
mod fail;
mod here;
mod install;
mod line;
mod names;
mod nearest;
mod query;
mod recording;
mod report;
mod router;
#[cfg(feature = "story-snapshots")]
mod snapshot;
mod sources;
mod story;
#[cfg(feature = "story-snapshots")]
mod strand;
mod test;
mod wait;

/// What [`narrations!`] expands to. Not for people.
#[doc(hidden)]
pub mod __checked {
    pub use narration_runtime::taxonomy;

    pub use crate::checked::{is_action, is_actor, is_field, is_some_action};
}

pub use narration_record::{Level, Record, Value};

pub use capture::{Capture, CaptureError, capture, try_capture};
pub use current::{
    assert_correlation_id_present, assert_field_present, assert_narration_excludes,
    assert_narration_includes, assert_nothing_failed, current,
};
pub use event::{Event, OtherLine};
pub use install::layer;
pub use query::Query;
#[cfg(feature = "story-snapshots")]
pub use snapshot::Snapshot;
pub use sources::{hear_child_output, hear_file, hear_stream};
pub use story::Story;
pub use wait::Awaited;

/// What the macros of snapshots expand to; not for anybody else.
#[cfg(feature = "story-snapshots")]
#[doc(hidden)]
pub mod __snapshot {
    #[cfg(feature = "insta")]
    pub use crate::snapshot::insta::{file_name, text};
    pub use crate::snapshot::{Asserted, check, refuse};
    #[cfg(feature = "insta")]
    pub use insta;
}
