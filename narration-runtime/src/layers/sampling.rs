//! How much of what is told.
//!
//! In: every event, and the rates a vocabulary declares. Out: whether it is
//! heard. The correlation id decides, so that a story is kept or dropped whole,
//! and by its sample alike in every service. What is at `warn` or `error` is
//! always heard; what is left out is counted, and told from time to time.
//!
//! A narration without a rate is not looked at: tracing remembers that of its callsite.
//! With a [`Tail`], what is left out of a story is kept until it is known how it ends.

use std::collections::HashMap;
use std::sync::Arc;

use narration_taxonomy::Level as TableLevel;
use tracing_core::field::{Field, Visit};
use tracing_core::span::Id;
use tracing_core::subscriber::Interest;
use tracing_core::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use crate::context;
use crate::sink::Sink;

pub(crate) mod deferred;
mod entry;
mod share;
mod tail;
mod window;

use entry::Entry;
use share::hash;
use tail::Store;
pub use tail::Tail;

/// How much of one action is told. Written by the macros.
#[derive(Debug)]
pub struct Rate {
    /// `actor::action`.
    pub target: &'static str,
    /// The level it is for; every one where nothing is said.
    pub level: Option<TableLevel>,
    /// So many stories of so many.
    pub sample: Option<(u32, u32)>,
    /// So many narrations in so many seconds.
    pub limit: Option<(u32, u32)>,
}

/// The target of what is told about suppressed narrations.
pub(crate) const TARGET: &str = "narration_runtime::sampling";

/// Decides how much is heard, by `sample` and `limit` of a vocabulary, for all layers of a
/// subscriber. Made by [`sampler!`](crate::sampler); [`init!`](crate::init) has its own.
///
/// ```
/// use narration_runtime::Sink;
/// use tracing_subscriber::prelude::*;
///
/// let sink = Sink::stdout().open()?;
/// let sampler = narration_runtime::sampler!();
/// let layer = narration_runtime::layer().with_writer(sink.clone());
/// let stack = tracing_subscriber::registry().with(sampler.clone()).with(layer);
/// # let _ = stack;
/// // … and at the end of `main`:
/// sampler.tell();
/// sink.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Sampler {
    declared: &'static [Rate],
    rates: Arc<HashMap<&'static str, Rates>>,
    tail: Option<Arc<Store>>,
}

/// The rates of one action.
#[derive(Debug, Default)]
struct Rates {
    every: Option<Arc<Entry>>,
    by_level: HashMap<Level, Arc<Entry>>,
}

impl Sampler {
    /// A sampler by these rates; [`sampler!`](crate::sampler) knows those of a vocabulary.
    #[must_use]
    pub fn new(rates: Option<&'static [Rate]>) -> Self {
        let declared = rates.unwrap_or_default();
        let mut by_target: HashMap<_, Rates> = HashMap::new();
        for rate in declared {
            let rates = by_target.entry(rate.target).or_default();
            let entry = Arc::new(Entry::new(rate));
            match rate.level {
                None => rates.every = Some(entry),
                Some(level) => drop(rates.by_level.insert(of_table(level), entry)),
            }
        }
        Self { declared, rates: Arc::new(by_target), tail: None }
    }

    /// Keeps what is left out until it is known how its story ends; what is kept of a failed
    /// story goes to this sink, which is to be that of the [`layer`](crate::layer) beside it. Layers
    /// that are not ours see every event then.
    #[must_use]
    pub fn with_tail(self, tail: Tail, sink: Sink) -> Self {
        Self { tail: Some(Arc::new(Store::new(tail, sink))), ..Self::new(Some(self.declared)) }
    }

    /// Tells what was left out and not told yet. Stories that are not decided count as ended.
    pub fn tell(&self) {
        self.tail.iter().for_each(|tail| tail.finish());
        for rates in self.rates.values() {
            rates.every.iter().chain(rates.by_level.values()).for_each(|entry| entry.tell());
        }
    }

    /// The rate of an event that may be left out.
    fn entry(&self, metadata: &Metadata<'_>) -> Option<&Arc<Entry>> {
        if self.declared.is_empty() || !metadata.is_event() || *metadata.level() <= Level::WARN {
            return None;
        }
        let rates = self.rates.get(metadata.target())?;
        rates.by_level.get(metadata.level()).or(rates.every.as_ref())
    }

    /// An event that nothing may leave out; its story may have failed with it.
    fn let_through<S>(&self, event: &Event<'_>, context: &Context<'_, S>)
    where
        S: Subscriber + for<'r> LookupSpan<'r>,
    {
        let Some(tail) = &self.tail else { return };
        deferred::clear();
        let own_target = event.metadata().target().starts_with("narration_runtime");
        if *event.metadata().level() <= Level::WARN && !own_target {
            story(context).or_else(|| own_story(event)).into_iter().for_each(|one| tail.fail(one));
        }
    }

    /// Whether an event that is left out goes on its way all the same, to be kept.
    fn defers(&self, event: &Event<'_>, story: Option<u64>, entry: &Arc<Entry>) -> bool {
        match (&self.tail, story) {
            (Some(tail), Some(story)) if tail.has_failed(story) => deferred::mark(event, story),
            (Some(tail), Some(story)) => deferred::defer(event, story, tail, entry),
            _ => {
                entry.suppress();
                return false;
            }
        }
        true
    }
}

impl std::fmt::Debug for Sampler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sampler").field("rates", &self.declared).finish_non_exhaustive()
    }
}

fn of_table(level: TableLevel) -> Level {
    match level {
        TableLevel::Trace => Level::TRACE,
        TableLevel::Debug => Level::DEBUG,
        TableLevel::Info => Level::INFO,
        TableLevel::Warn => Level::WARN,
        TableLevel::Error => Level::ERROR,
    }
}

/// The story an event would belong to by the spans around it, else by the process.
fn story<S>(context: &Context<'_, S>) -> Option<u64>
where
    S: Subscriber + for<'r> LookupSpan<'r>,
{
    let around = context
        .lookup_current()
        .and_then(|span| span.scope().find_map(|span| number(&*context::carried(&span)?)));
    around.or_else(|| context::of_process().and_then(|process| number(process)))
}

fn number(carried: &context::Carried) -> Option<u64> {
    carried.id.as_ref().map(|id| hash(id.as_str().as_bytes()))
}

/// The story an event names itself.
fn own_story(event: &Event<'_>) -> Option<u64> {
    let mut own = OwnStory::default();
    event.record(&mut own);
    own.0
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
        let story = story(&context);
        let heard = story.is_none_or(|story| entry.samples(Some(story)) || self.tail.is_some());
        if !heard {
            entry.suppress();
        }
        heard
    }

    fn event_enabled(&self, event: &Event<'_>, context: Context<'_, S>) -> bool {
        let Some(entry) = self.entry(event.metadata()) else {
            self.let_through(event, &context);
            return true;
        };
        // The sample has seen the story around already; being asked twice it says the same.
        let story = story(&context).or_else(|| own_story(event));
        if entry.samples(story) && entry.limits(story) {
            deferred::clear();
            return true;
        }
        self.defers(event, story, entry)
    }

    /// A story has ended when the span that brought its id is closed.
    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(tail) = &self.tail else { return };
        let Some(span) = context.span(&id) else { return };
        let Some(story) = context::carried(&span).and_then(|carried| number(&carried)) else {
            return;
        };
        let goes_on =
            |above: &_| context::carried(above).and_then(|above| number(&above)) == Some(story);
        if !span.scope().skip(1).any(|above| goes_on(&above)) {
            tail.end(story);
        }
    }
}
