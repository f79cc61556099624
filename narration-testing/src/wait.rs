//! Waits for what is yet to be told.
//!
//! In: what is awaited, and for how long. Out: it, as soon as it is told; else a
//! panic that shows the story.

use std::panic::Location;
use std::time::{Duration, Instant};

use crate::event::Event;
use crate::query::Query;
use crate::story::Story;
use crate::{coverage, fail, report};

/// What can be waited for: words of a text, a [`Query`], or any question to the story.
pub trait Awaited {
    /// What is there in the end.
    type Seen;

    /// What is there, if it is.
    fn look(&self, story: &Story) -> Option<Self::Seen>;

    /// What to say when it does not come.
    fn missing(&self, story: &Story) -> String;
}

impl Awaited for &str {
    type Seen = Event;

    fn look(&self, story: &Story) -> Option<Event> {
        story.text(self).first().inspect(coverage::asserted)
    }

    fn missing(&self, story: &Story) -> String {
        report::missing(&story.text(self))
    }
}

impl Awaited for Query<'_> {
    type Seen = Event;

    fn look(&self, _: &Story) -> Option<Event> {
        self.first().inspect(coverage::asserted)
    }

    fn missing(&self, _: &Story) -> String {
        report::missing(self)
    }
}

impl<F: Fn(&Story) -> bool> Awaited for F {
    type Seen = ();

    fn look(&self, story: &Story) -> Option<()> {
        self(story).then_some(())
    }

    fn missing(&self, story: &Story) -> String {
        report::claim(story, "what was awaited has not come true", &[])
    }
}

impl Story {
    /// Waits until something is told, at most so long. Needs tokio's clock.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # use std::time::Duration;
    /// # use narration_runtime::narrate;
    /// let story = narration_testing::capture();
    /// tokio::spawn(story.scope(async {
    ///     narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
    /// }));
    /// let spawned = story.wait_for("llamacpp-v1", Duration::from_secs(5)).await;
    /// assert_eq!(spawned.action, "spawn");
    /// story.wait_for(|story: &narration_testing::Story| story.len() == 1, Duration::from_secs(5)).await;
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// It is not told in time.
    #[track_caller]
    pub fn wait_for<A: Awaited>(
        &self,
        awaited: A,
        timeout: Duration,
    ) -> impl Future<Output = A::Seen> + use<'_, A> {
        let asked = Location::caller();
        async move {
            match self.wait_at_most(&awaited, timeout).await {
                Some(seen) => seen,
                None => fail::now(&late(timeout, Some(asked), &awaited.missing(self))),
            }
        }
    }

    /// The same without a failure.
    async fn wait_at_most<A: Awaited>(&self, awaited: &A, timeout: Duration) -> Option<A::Seen> {
        let seen = tokio::time::timeout(timeout, self.seen(awaited)).await;
        seen.ok().or_else(|| awaited.look(self))
    }

    /// The same for a step, whose place whoever runs it knows.
    #[cfg(feature = "cucumber")]
    pub(crate) async fn wait_in_step(&self, text: &str, timeout: Duration) {
        if self.wait_at_most(&text, timeout).await.is_none() {
            fail::now(&late(timeout, None, &text.missing(self)));
        }
    }

    async fn seen<A: Awaited>(&self, awaited: &A) -> A::Seen {
        let waiting = self.recording.waiting();
        loop {
            let mut more = std::pin::pin!(waiting.more());
            // Listens before it looks, so that nothing comes in between.
            more.as_mut().enable();
            if let Some(seen) = awaited.look(self) {
                return seen;
            }
            more.await;
        }
    }

    /// Waits until something is told, at most so long, and blocks the thread meanwhile.
    ///
    /// # Panics
    ///
    /// It is not told in time.
    #[track_caller]
    pub fn wait_for_blocking<A: Awaited>(&self, awaited: A, timeout: Duration) -> A::Seen {
        let began = Instant::now();
        loop {
            let before = self.recording.len();
            if let Some(seen) = awaited.look(self) {
                return seen;
            }
            let left = timeout.saturating_sub(began.elapsed());
            if left.is_zero() {
                fail::now(&late(timeout, Some(Location::caller()), &awaited.missing(self)));
            }
            self.recording.wait(before, left);
        }
    }
}

fn late(timeout: Duration, asked: Option<&Location<'_>>, missing: &str) -> String {
    let place = asked.map(|asked| format!(", at {asked}")).unwrap_or_default();
    format!("after {timeout:?}{place}: {missing}")
}
