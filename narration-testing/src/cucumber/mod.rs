//! Scenarios that read the story.
//!
//! In: a cucumber of yours. Out: the same, in which every scenario has the story
//! of what it made the services narrate.
//!
//! ```no_run
//! use cucumber::{World as _, then, when};
//! use narration_testing::cucumber::{Narrated as _, NarrationWorld, Scenario};
//!
//! #[derive(Debug, Default, cucumber::World)]
//! pub struct World {
//!     narration: Scenario,
//! }
//!
//! impl NarrationWorld for World {
//!     fn narration(&self) -> &Scenario {
//!         &self.narration
//!     }
//! }
//!
//! #[then(regex = "^engine is spawned$")]
//! pub async fn then_engine_spawned(world: &mut World) {
//!     world.assert_narration_includes("Spawning engine");
//!     world.assert_field_present("pool_id", "default");
//!     world.assert_correlation_id_present();
//! }
//!
//! #[tokio::test]
//! async fn features() {
//!     World::cucumber().narrated().with_default_cli().run_and_exit("tests/features").await;
//! }
//! # fn main() {}
//! ```
//!
//! [`Narrated::narrated`] adds the ready-made steps, shows the story under every
//! step that fails, and fails scenarios tagged `@narration-required` that told
//! nothing. It takes none of your hooks. Do not call cucumber's own
//! `init_tracing`: it installs a subscriber of its own, gives what has lost its
//! scenario to all of them, and waits for spans that a pooled connection may keep
//! open for ever.

#[cfg(feature = "story-snapshots")]
mod naming;
mod parser;
mod span;
mod steps;
mod world;
mod writer;

use std::fmt::Debug;
use std::path::Path;

use ::cucumber::writer::{self as writers, Ext as _};
use ::cucumber::{Cucumber, World, parser as parsers, runner};

use crate::{CaptureError, fail, install};

pub use parser::Required;
pub use world::{NarrationWorld, Scenario};
pub use writer::Telling;

#[cfg(feature = "story-snapshots")]
pub(crate) use span::naming;
pub(crate) use span::{begun, ended};

/// The tag of a scenario that has to narrate.
pub const REQUIRED: &str = "narration-required";

/// What cucumber writes with, if nobody says otherwise.
type Written<W> = writers::Summarize<writers::Normalize<W, writers::Basic>>;

/// A cucumber whose scenarios have their stories.
pub trait Narrated {
    /// What becomes of it.
    type Narrated;

    /// Gives every scenario its story, adds the ready-made steps, shows the story under
    /// a failing step, and fails scenarios tagged `@narration-required` that told nothing.
    ///
    /// To be called first, since it replaces the default parser and writer by ones that do
    /// the same and more. For others wrap them: `.with_parser(Required::of(parser))`,
    /// `.with_writer(Telling::of(writer))`.
    ///
    /// # Panics
    ///
    /// Somebody has installed a subscriber without [`layer`](crate::layer).
    #[must_use]
    fn narrated(self) -> Self::Narrated;
}

impl<W, I> Narrated for Cucumber<W, parsers::Basic, I, runner::Basic<W>, Written<W>>
where
    W: World + Debug + NarrationWorld,
    I: AsRef<Path>,
{
    type Narrated = Cucumber<W, Required<parsers::Basic>, I, runner::Basic<W>, Telling<Written<W>>>;

    #[track_caller]
    fn narrated(self) -> Self::Narrated {
        // Before the first scenario's span is opened.
        if !install::installed() {
            fail::now(&CaptureError::ForeignSubscriber.to_string());
        }
        #[cfg(feature = "story-snapshots")]
        naming::begin();
        steps::add(self)
            .with_parser(Required::of(parsers::Basic::new()))
            .with_writer(Telling::of(writers::Basic::stdout().summarized()))
    }
}
