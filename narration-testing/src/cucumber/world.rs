//! A scenario's story, as part of its world.
//!
//! In: the scenario that runs. Out: what it made the services narrate.

use std::fmt::{self, Debug, Display};
use std::ops::Deref;

use narration_runtime::CorrelationId;
use tracing_core::dispatcher;
use tracing_subscriber::Registry;
use tracing_subscriber::registry::LookupSpan;

use crate::story::Story;
use crate::{Event, directory, fail};

/// The story of one attempt of one scenario: a field of your world.
///
/// It hears what is narrated under the scenario's span, and with a correlation
/// id that the scenario knows. Other scenarios that run at the same time have
/// stories of their own, and so has every retry.
pub struct Scenario {
    story: Story,
}

impl Default for Scenario {
    /// The story of the scenario that runs: cucumber makes a world inside of it.
    ///
    /// # Panics
    ///
    /// No scenario runs, or the cucumber was not [`narrated`](super::Narrated::narrated).
    #[track_caller]
    fn default() -> Self {
        let recording = dispatcher::get_default(|dispatch| {
            let registry = dispatch.downcast_ref::<Registry>()?;
            super::span::attempt(&registry.span(dispatch.current_span().id()?)?)
        });
        match recording {
            Some(recording) => Self { story: Story::of(recording) },
            None => fail::now(
                "no scenario is heard here: call `.narrated()` on the cucumber before it runs \
                 (`World::cucumber().narrated()`), and make the world inside of the scenario",
            ),
        }
    }
}

impl Scenario {
    /// Takes a correlation id as this scenario's: what is narrated with it, wherever
    /// that is, comes home.
    pub fn adopt(&self, id: impl AsRef<str>) {
        directory::adopt(&self.story.recording, id.as_ref());
    }

    /// A new correlation id that belongs to this scenario, to be sent to a service.
    #[must_use]
    pub fn correlation_id(&self) -> CorrelationId {
        let id = CorrelationId::new();
        self.adopt(&id);
        id
    }
}

impl Deref for Scenario {
    type Target = Story;

    fn deref(&self) -> &Story {
        &self.story
    }
}

impl Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.story, f)
    }
}

impl Drop for Scenario {
    fn drop(&mut self) {
        directory::leave(&self.story.recording);
    }
}

/// A world with a story. What a [`Story`] can assert beyond these,
/// `world.narration()` has.
pub trait NarrationWorld {
    /// The story of the scenario.
    fn narration(&self) -> &Scenario;

    /// Asserts that a narration's text includes these words, and gives the first such narration.
    ///
    /// # Panics
    ///
    /// None does.
    #[track_caller]
    fn assert_narration_includes(&self, text: impl AsRef<str>) -> Event {
        self.narration().assert_narration_includes(text)
    }

    /// Asserts that no narration's text includes these words.
    ///
    /// # Panics
    ///
    /// One does.
    #[track_caller]
    fn assert_narration_excludes(&self, text: impl AsRef<str>) {
        self.narration().assert_narration_excludes(text);
    }

    /// Asserts that a narration has this field with this value, and gives the first such narration.
    ///
    /// # Panics
    ///
    /// None has, or no field has this name.
    #[track_caller]
    fn assert_field_present(&self, name: impl AsRef<str>, value: impl Display) -> Event {
        self.narration().assert_field_present(name, value)
    }

    /// Asserts that a narration has a correlation id.
    ///
    /// # Panics
    ///
    /// None has.
    #[track_caller]
    fn assert_correlation_id_present(&self) {
        self.narration().assert_correlation_id_present();
    }

    /// Asserts that a narration has this correlation id, and gives the first such narration.
    ///
    /// # Panics
    ///
    /// None has.
    #[track_caller]
    fn assert_correlation_id(&self, id: impl AsRef<str>) -> Event {
        self.narration().assert_correlation_id(id)
    }

    /// Asserts that narrations with these words stand one after the other.
    ///
    /// # Panics
    ///
    /// One of them is missing, or stands too early.
    #[track_caller]
    fn assert_order(&self, texts: &[impl AsRef<str>]) {
        self.narration().assert_order(texts);
    }

    /// Asserts that nothing failed.
    ///
    /// # Panics
    ///
    /// Something did.
    #[track_caller]
    fn assert_nothing_failed(&self) {
        self.narration().assert_nothing_failed();
    }
}
