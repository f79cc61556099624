//! Which strand of work a narration was told in, where its line does not say so.
//!
//! In: spans that are opened, and the tasks and threads they are opened on. Out:
//! for each narration the strand it belongs to and the one that began it. Lines
//! have ids of spans only inside of a trace; a test mostly has none, and still
//! runs several things at a time.

use std::thread::{self, ThreadId};

use tokio::task::{self, Id};
use tracing_core::Metadata;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

thread_local! {
    static THREAD: ThreadId = thread::current().id();
}

/// A task of tokio, else a thread: what it tells, it tells one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// A task.
    Task(Id),
    /// A thread that runs no task now.
    Thread(ThreadId),
}

impl Place {
    fn now() -> Option<Self> {
        let thread = || THREAD.try_with(|thread| Self::Thread(*thread)).ok();
        task::try_id().map(Self::Task).or_else(thread)
    }
}

/// A strand of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Strand {
    /// A narrated span, where it was opened.
    Span(u64),
    /// What else goes on inside of that span: another task that carries it.
    Inside(u64, Place),
    /// A task or thread, outside of all narrated spans.
    Place(Place),
}

/// The strand of a narration, and the one around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Strands {
    pub(crate) own: Strand,
    pub(crate) around: Option<Strand>,
}

/// The innermost narrated span around, kept with every span in it.
#[derive(Clone, Copy)]
struct Within {
    span: u64,
    home: Place,
    above: Option<u64>,
}

/// Keeps with a new span which narrated span it is, or is inside of.
pub(crate) fn opened<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) {
    let around = span.parent().and_then(|parent| within(&parent));
    let within = match Place::now() {
        Some(home) if is_narrated(span.metadata()) => Some(Within {
            span: span.id().into_u64(),
            home,
            above: around.map(|around| around.span),
        }),
        _ => around,
    };
    if let Some(within) = within {
        span.extensions_mut().replace(within);
    }
}

/// The strands of what is told here and now, in this span.
pub(crate) fn now<'r, R: LookupSpan<'r>>(span: Option<&SpanRef<'r, R>>) -> Option<Strands> {
    let here = Place::now()?;
    Some(match span.and_then(within) {
        None => Strands { own: Strand::Place(here), around: None },
        Some(Within { span, home, above }) if home == here => {
            let around = above.map_or(Strand::Place(here), Strand::Span);
            Strands { own: Strand::Span(span), around: Some(around) }
        }
        Some(Within { span, .. }) => {
            Strands { own: Strand::Inside(span, here), around: Some(Strand::Span(span)) }
        }
    })
}

fn within<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Option<Within> {
    span.extensions().get::<Within>().copied()
}

/// Whether it is the span of a `#[narrated]` fn, by its names.
fn is_narrated(metadata: &Metadata<'_>) -> bool {
    let names = metadata.name().split_once('.');
    names.is_some_and(|(actor, _)| actor != "narration")
        && names == metadata.target().split_once("::")
}
