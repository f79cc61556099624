//! What a sample left out, kept until it is known how its story ends.
//!
//! In: rendered lines by story; that a story failed, or ended. Out: the lines of
//! failed stories, in their order, to the sink; those of all others are counted
//! as left out. Bounded in bytes, stories and time: the oldest story goes first.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tracing_subscriber::fmt::MakeWriter as _;

use super::entry::{Entry, Pace};
use crate::sink::Sink;

/// How much is kept of stories that a sample or a limit leaves out, in case they fail: the tail
/// sampling of OpenTelemetry's collector, within one process.
///
/// A story has failed with its first narration at `warn` or `error`. What is kept of it is
/// written then, before that narration, and so is all that follows; each such line has the
/// field `sampled`, which is `tail`. A story has ended well when the span that brought its
/// correlation id is closed.
///
/// ```
/// use std::time::Duration;
/// use narration_runtime::{Builder, Tail};
///
/// let tail = Tail::new().bytes(16 * 1024 * 1024).stories(10_000).wait(Duration::from_secs(30));
/// let builder = Builder::new("depot").tail(tail);
/// # let _ = builder;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail {
    bytes: usize,
    stories: usize,
    wait: Duration,
}

impl Tail {
    /// At most 4 MiB of 4,096 stories, each for 10 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self { bytes: 4 * 1024 * 1024, stories: 4096, wait: Duration::from_secs(10) }
    }

    /// At most so many bytes are kept.
    #[must_use]
    pub fn bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    /// At most so many stories are kept, and as many remembered that failed.
    #[must_use]
    pub fn stories(mut self, stories: usize) -> Self {
        self.stories = stories;
        self
    }

    /// A story that has not failed this long after its first narration counts as one that ended
    /// well.
    #[must_use]
    pub fn wait(mut self, time: Duration) -> Self {
        self.wait = time;
        self
    }
}

impl Default for Tail {
    fn default() -> Self {
        Self::new()
    }
}

/// What one line costs besides its bytes, and a story besides its lines.
const OVERHEAD: usize = 64;

/// The stories that are not decided yet.
pub(super) struct Store {
    tail: Tail,
    sink: Sink,
    stories: Mutex<Stories>,
    /// Lines that were given up before their story was decided.
    evicted: AtomicU64,
    pace: Pace,
}

#[derive(Default)]
struct Stories {
    by_number: HashMap<u64, Story>,
    /// The oldest first; whoever has ended meanwhile is still among them.
    by_age: VecDeque<(u64, Instant)>,
    bytes: usize,
    failed: HashSet<u64>,
    /// Those that failed, the first to fail first.
    failed_by_age: VecDeque<u64>,
}

/// What is kept of one story.
struct Story {
    began: Instant,
    lines: Vec<(Arc<Entry>, Box<str>)>,
}

impl Store {
    pub(super) fn new(tail: Tail, sink: Sink) -> Self {
        let (stories, evicted, pace) = (Mutex::default(), AtomicU64::new(0), Pace::new());
        Self { tail, sink, stories, evicted, pace }
    }

    fn stories(&self) -> MutexGuard<'_, Stories> {
        self.stories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a story is known to have failed.
    pub(super) fn has_failed(&self, story: u64) -> bool {
        self.stories().failed.contains(&story)
    }

    /// Keeps a line of a story that is not decided yet.
    pub(super) fn keep(&self, story: u64, entry: &Arc<Entry>, line: &str) {
        let mut stories = self.stories();
        if stories.failed.contains(&story) {
            // Decided since it was asked.
            return self.write(line);
        }
        let late = stories.expire(self.tail.wait);
        stories.add(story, entry, line);
        let evicted = stories.shrink(&self.tail);
        drop(stories);
        late.iter().for_each(Story::count);
        self.evict(&evicted);
    }

    /// Writes what is kept of a story, and remembers that all of it is to be told.
    pub(super) fn fail(&self, story: u64) {
        let mut stories = self.stories();
        let late = stories.expire(self.tail.wait);
        if stories.fail(story, self.tail.stories) {
            // Under the lock, so that nothing of the story gets before it.
            let kept = stories.remove(story);
            kept.iter().flat_map(|kept| &kept.lines).for_each(|(_, line)| self.write(line));
        }
        drop(stories);
        late.iter().for_each(Story::count);
    }

    /// Forgets a story that has ended; it did so well, unless it was seen to fail.
    pub(super) fn end(&self, story: u64) {
        let mut stories = self.stories();
        stories.failed.remove(&story);
        let ended = stories.remove(story);
        drop(stories);
        ended.iter().for_each(Story::count);
    }

    /// Gives everything up, at the end, and tells what was given up too early.
    pub(super) fn finish(&self) {
        let stories = std::mem::take(&mut *self.stories());
        stories.by_number.values().for_each(Story::count);
        self.tell();
    }

    fn write(&self, line: &str) {
        // A sink takes every line, and counts what it cannot write.
        let _ = self.sink.make_writer().write_all(line.as_bytes());
    }

    fn evict(&self, stories: &[Story]) {
        let lines: usize = stories.iter().map(|story| story.lines.len()).sum();
        if lines == 0 {
            return;
        }
        stories.iter().for_each(Story::count);
        self.evicted.fetch_add(lines as u64, Ordering::Relaxed);
        if self.pace.is_due() {
            self.tell();
        }
    }

    fn tell(&self) {
        let evicted = self.evicted.swap(0, Ordering::Relaxed);
        if evicted > 0 {
            tracing::warn!(
                target: "narration_runtime::sampling",
                evicted,
                "Gave up {evicted} narrations before their stories were decided: the tail is full"
            );
        }
    }
}

impl Story {
    /// Counts what is kept of it as left out.
    fn count(&self) {
        self.lines.iter().for_each(|(entry, _)| entry.suppress());
    }
}

impl Stories {
    fn add(&mut self, number: u64, entry: &Arc<Entry>, line: &str) {
        let (by_age, now) = (&mut self.by_age, Instant::now());
        let story = self.by_number.entry(number).or_insert_with(|| {
            by_age.push_back((number, now));
            Story { began: now, lines: Vec::new() }
        });
        story.lines.push((Arc::clone(entry), line.into()));
        self.bytes += line.len() + OVERHEAD;
    }

    /// Remembers a story that failed, with at most so many others. Says whether it is new.
    fn fail(&mut self, number: u64, most: usize) -> bool {
        if !self.failed.insert(number) {
            return false;
        }
        self.failed_by_age.push_back(number);
        while self.failed_by_age.len() > most.max(1) {
            if let Some(oldest) = self.failed_by_age.pop_front() {
                self.failed.remove(&oldest);
            }
        }
        true
    }

    fn remove(&mut self, number: u64) -> Option<Story> {
        let story = self.by_number.remove(&number)?;
        self.bytes -= story.lines.iter().map(|(_, line)| line.len() + OVERHEAD).sum::<usize>();
        // Those that ended in between are forgotten when they would be more than those that live.
        if self.by_age.len() > 2 * self.by_number.len() + 16 {
            let by_number = &self.by_number;
            let lives = |(number, began): &(u64, Instant)| {
                by_number.get(number).is_some_and(|story| story.began == *began)
            };
            self.by_age.retain(lives);
        }
        Some(story)
    }

    /// The oldest story, if it is this old; nothing where the oldest has ended by itself.
    fn take_oldest(&mut self, age: Duration) -> Option<Option<Story>> {
        let (number, began) = *self.by_age.front()?;
        if began.elapsed() < age {
            return None;
        }
        self.by_age.pop_front();
        let same = self.by_number.get(&number).is_some_and(|story| story.began == began);
        Some(same.then(|| self.remove(number)).flatten())
    }

    /// Those that have been waited for long enough.
    fn expire(&mut self, wait: Duration) -> Vec<Story> {
        std::iter::from_fn(|| self.take_oldest(wait)).flatten().collect()
    }

    /// Those for which there is no room.
    fn shrink(&mut self, tail: &Tail) -> Vec<Story> {
        let mut gone = Vec::new();
        while self.bytes > tail.bytes || self.by_number.len() > tail.stories {
            let Some(story) = self.take_oldest(Duration::ZERO) else { break };
            gone.extend(story);
        }
        gone
    }
}
