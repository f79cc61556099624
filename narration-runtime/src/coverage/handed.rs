//! Which fields the spans around a narration hand down to it, by name.
//!
//! In: spans that are opened, entered and left. Out: for whatever runs on this
//! thread, a number that stands for a set of names. Equal sets have equal
//! numbers, so that asking for it at every event is reading one cell.

use std::cell::{Cell, RefCell};
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Id, Record};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use crate::context;

/// The field that makes a narration a part of a request's story.
const CORRELATION_ID: &str = "correlation_id";

/// The sets so far. The empty one is not among them.
static SETS: Mutex<Vec<Vec<&'static str>>> = Mutex::new(Vec::new());

thread_local! {
    /// The spans this thread is in, the innermost last.
    static ENTERED: RefCell<Vec<(u64, Handed)>> = const { RefCell::new(Vec::new()) };
    static NOW: Cell<Handed> = const { Cell::new(Handed::NOTHING) };
}

/// A set of names: its place among the sets, counted from 1, and whether a correlation id is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Handed {
    number: u32,
    correlated: bool,
}

/// The names that a span itself has values for.
struct Given(Vec<&'static str>);

impl Handed {
    pub(super) const NOTHING: Self = Self { number: 0, correlated: false };

    /// What is handed down to whatever runs here and now.
    #[inline]
    pub(super) fn now() -> Self {
        NOW.try_with(Cell::get).unwrap_or(Self::NOTHING)
    }

    /// Whether a correlation id is handed down.
    pub(super) fn is_correlated(self) -> bool {
        self.correlated
    }

    /// Something that tells many sets apart.
    #[inline]
    pub(super) fn spread(self) -> usize {
        self.number as usize
    }

    /// The names, with those of the context that the process itself is in.
    pub(super) fn names(self) -> Vec<&'static str> {
        let process = context::of_process().into_iter().flat_map(|process| &process.fields);
        self.of_spans().into_iter().chain(process.map(|field| field.name)).collect()
    }

    fn of_spans(self) -> Vec<&'static str> {
        let sets = SETS.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (self.number as usize).checked_sub(1);
        place.and_then(|place| sets.get(place)).cloned().unwrap_or_default()
    }

    fn of(mut names: Vec<&'static str>) -> Self {
        names.sort_unstable();
        names.dedup();
        let correlated = names.contains(&CORRELATION_ID);
        if names.is_empty() {
            return Self::NOTHING;
        }
        let mut sets = SETS.lock().unwrap_or_else(PoisonError::into_inner);
        let place = sets.iter().position(|set| *set == names).unwrap_or_else(|| {
            sets.push(names);
            sets.len() - 1
        });
        Self { number: u32::try_from(place + 1).unwrap_or(0), correlated }
    }

    /// What a span hands down: its own, what it carries beside, and what is around it.
    fn by<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Self {
        let known = span.extensions().get::<Self>().copied();
        if let Some(known) = known {
            return known;
        }
        let mut names = span.parent().map_or(Self::NOTHING, |around| Self::by(&around)).of_spans();
        if let Some(Given(own)) = span.extensions().get::<Given>() {
            names.extend(own);
        }
        if let Some(carried) = context::carried(span) {
            names.extend(carried.fields.iter().map(|field| field.name));
        }
        let handed = Self::of(names);
        span.extensions_mut().replace(handed);
        handed
    }
}

/// A span was opened. What layers keep with it is looked at when it is entered.
pub(super) fn opened<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, attributes: &Attributes<'_>) {
    let mut names = Names::default();
    attributes.record(&mut names);
    if !names.0.is_empty() {
        span.extensions_mut().replace(Given(names.0));
    }
}

/// Values were recorded on a span that is open.
pub(super) fn recorded<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, values: &Record<'_>) {
    let mut names = Names::default();
    values.record(&mut names);
    let mut extensions = span.extensions_mut();
    match extensions.get_mut::<Given>() {
        Some(Given(own)) => own.extend(names.0),
        None => extensions.insert(Given(names.0)),
    }
    let _ = extensions.remove::<Handed>();
    drop(extensions);
    let (id, handed) = (span.id().into_u64(), Handed::by(span));
    change(|entered| {
        let same = entered.iter_mut().filter(|(entered, _)| *entered == id);
        same.for_each(|(_, known)| *known = handed);
    });
}

/// The thread is in a span from now on.
pub(super) fn entered<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) {
    let (id, handed) = (span.id().into_u64(), Handed::by(span));
    change(|entered| entered.push((id, handed)));
}

/// The thread is in a span no more.
pub(super) fn left(id: &Id) {
    let id = id.into_u64();
    change(|entered| {
        if let Some(last) = entered.iter().rposition(|(entered, _)| *entered == id) {
            entered.remove(last);
        }
    });
}

/// A thread that is ending changes nothing any more.
fn change(change: impl FnOnce(&mut Vec<(u64, Handed)>)) {
    let _ = ENTERED.try_with(|entered| {
        let Ok(mut entered) = entered.try_borrow_mut() else { return };
        change(&mut entered);
        let now = entered.last().map_or(Handed::NOTHING, |(_, handed)| *handed);
        let _ = NOW.try_with(|cell| cell.set(now));
    });
}

/// The names of fields that have a value.
#[derive(Default)]
struct Names(Vec<&'static str>);

impl Visit for Names {
    fn record_debug(&mut self, field: &Field, _: &dyn Debug) {
        self.0.push(field.name());
    }
}
