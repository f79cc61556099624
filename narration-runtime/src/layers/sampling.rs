//! How much of what is told.
//!
//! In: every event, and the rates a vocabulary declares. Out: whether it is
//! heard. The correlation id decides, so that a story is kept or dropped whole,
//! and by its sample alike in every service. What is at `warn` or `error` is
//! always heard; what is left out is counted, and told from time to time.
//!
//! A narration without a rate is not looked at: tracing remembers that of its callsite.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing_core::field::{Field, Visit};
use tracing_core::subscriber::Interest;
use tracing_core::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use crate::context;

mod share;
mod window;

use share::{hash, keeps};
use window::Window;

/// How much of one action is told. Written by the macros.
#[derive(Debug)]
pub struct Rate {
    /// `actor::action`.
    pub target: &'static str,
    /// So many stories of so many.
    pub sample: Option<(u32, u32)>,
    /// So many narrations in so many seconds.
    pub limit: Option<(u32, u32)>,
}

/// The target of what is told about suppressed narrations.
pub(crate) const TARGET: &str = "narration_runtime::sampling";

/// Suppressed narrations of an action are told this often.
const PAUSE: Duration = Duration::from_secs(10);

/// Decides what is heard.
#[derive(Clone)]
pub(crate) struct Sampler(Arc<HashMap<&'static str, Entry>>);

/// One action's rate and its state.
struct Entry {
    rate: &'static Rate,
    window: Mutex<Window>,
    /// Counts what belongs to no story.
    turn: AtomicU64,
    suppressed: AtomicU64,
    told: Mutex<Instant>,
}

impl Sampler {
    pub(crate) fn new(rates: &'static [Rate]) -> Self {
        Self(Arc::new(rates.iter().map(|rate| (rate.target, Entry::new(rate))).collect()))
    }

    /// Tells what was suppressed and not told yet.
    pub(crate) fn tell(&self) {
        self.0.values().for_each(Entry::tell);
    }

    /// The rate of an event that may be left out.
    fn entry(&self, metadata: &Metadata<'_>) -> Option<&Entry> {
        let may = metadata.is_event() && *metadata.level() > Level::WARN;
        may.then(|| self.0.get(metadata.target())).flatten()
    }
}

impl Entry {
    fn new(rate: &'static Rate) -> Self {
        Self {
            rate,
            window: Mutex::default(),
            turn: AtomicU64::new(0),
            suppressed: AtomicU64::new(0),
            told: Mutex::new(Instant::now()),
        }
    }

    /// Whether a story, or an event without one, is in the sample.
    fn samples(&self, story: Option<u64>) -> bool {
        let Some((kept, of)) = self.rate.sample else { return true };
        match story {
            Some(story) => keeps(story, kept, of),
            None => {
                let turn = self.turn.fetch_add(1, Ordering::Relaxed);
                turn % u64::from(of.max(1)) < u64::from(kept)
            }
        }
    }

    fn limits(&self, story: Option<u64>) -> bool {
        let Some((most, seconds)) = self.rate.limit else { return true };
        let stretch = Duration::from_secs(seconds.into());
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        window.admits(story, most, stretch, Instant::now())
    }

    /// Counts one, and tells of it when that is due.
    fn suppress(&self) {
        self.suppressed.fetch_add(1, Ordering::Relaxed);
        let due = match self.told.try_lock() {
            Ok(mut told) if told.elapsed() >= PAUSE => {
                *told = Instant::now();
                true
            }
            _ => false,
        };
        if due {
            self.tell();
        }
    }

    fn tell(&self) {
        let suppressed = self.suppressed.swap(0, Ordering::Relaxed);
        if suppressed > 0 {
            let narration = self.rate.target;
            tracing::info!(
                target: "narration_runtime::sampling",
                narration,
                suppressed,
                "Left out {suppressed} narrations of {narration}, as the vocabulary asks"
            );
        }
    }
}

/// The story an event would belong to by the spans around it.
fn story<S>(context: &Context<'_, S>) -> Option<u64>
where
    S: Subscriber + for<'r> LookupSpan<'r>,
{
    let span = context.lookup_current()?;
    span.scope().find_map(|span| {
        context::carried(&span)?.id.as_ref().map(|id| hash(id.as_str().as_bytes()))
    })
}

/// Finds the id that an event has itself.
#[derive(Default)]
struct OwnStory(Option<u64>);

impl Visit for OwnStory {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "correlation_id" {
            self.0 = Some(hash(value.as_bytes()));
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl<S> Layer<S> for Sampler
where
    S: Subscriber + for<'r> LookupSpan<'r>,
{
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.entry(metadata).is_some() { Interest::sometimes() } else { Interest::always() }
    }

    /// Leaves out what the story around decides, before anything of it is evaluated.
    fn enabled(&self, metadata: &Metadata<'_>, context: Context<'_, S>) -> bool {
        let Some(entry) = self.entry(metadata) else { return true };
        let heard = story(&context).is_none_or(|story| entry.samples(Some(story)));
        if !heard {
            entry.suppress();
        }
        heard
    }

    fn event_enabled(&self, event: &Event<'_>, context: Context<'_, S>) -> bool {
        let Some(entry) = self.entry(event.metadata()) else { return true };
        let around = story(&context);
        let mut own = OwnStory::default();
        if around.is_none() {
            event.record(&mut own);
        }
        // The sample has seen the story around already; being asked twice it says the same.
        let story = around.or(own.0);
        let heard = entry.samples(story) && entry.limits(story);
        if !heard {
            entry.suppress();
        }
        heard
    }
}
