//! The span of an operation.
//!
//! In: a context. Out: a tracing span which hands it down. Its built-in fields
//! are tracing fields, which every subscriber sees; the whole context goes to
//! our layers beside them, by way of the thread.

use std::cell::RefCell;
use std::sync::Arc;

use narration_taxonomy::Class;
use tracing::Span;
use tracing_core::Level;

use super::Correlation;
use super::carried::{Carried, Place};
use super::trace_id::SpanId;
use crate::emit::{self, Field, Names, Origin, Safe, Scratch, Site, Target, Words};

/// What every context span shows.
const FIELDS: &[&str] = &[
    "correlation_id",
    "trace_id",
    "span_id",
    "parent_span_id",
    "caused_by",
    "client_correlation_id",
];

const ID: Field = Field { class: Class::Id, words: &[] };

static CONTEXT: Site = Site::span(
    &CONTEXT,
    Names {
        name: "narration.context",
        target: "narration::context",
        actor: "narration",
        action: "context",
        fields: FIELDS,
    },
    Words { fields: &[ID; FIELDS.len()], text: &[], target: Target::None, policy: None },
    emit::Place {
        file: file!(),
        line: line!(),
        module: module_path!(),
        emitted_by: concat!(env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION")),
    },
);

thread_local! {
    /// The context whose span is being opened on this thread.
    static PENDING: RefCell<Option<Arc<Carried>>> = const { RefCell::new(None) };
}

/// Whether a span is one of a context.
pub(super) fn is_context(origin: &'static Origin) -> bool {
    std::ptr::eq(origin, &raw const CONTEXT.origin)
}

/// The context whose span is being opened on this thread.
pub(super) fn pending() -> Option<Arc<Carried>> {
    PENDING.try_with(|pending| pending.borrow().clone()).ok().flatten()
}

/// Opens a context's span; one that nobody sees where no subscriber wants it.
pub(super) fn open(correlation: &Correlation) -> Span {
    if !CONTEXT.enabled(Level::ERROR) {
        return Span::none();
    }
    let carried = Arc::new(carried(correlation));
    let place = carried.trace.as_ref();
    let trace_id = place.map(|place| place.trace.trace_id.hex());
    let span_id = place.map(|place| place.span_id.hex());
    let parent = place.and_then(|place| place.trace.parent).map(SpanId::hex);
    // In the order of `FIELDS`.
    let own = [
        Safe::Borrowed(correlation.id.as_str()),
        text(trace_id.as_ref().map(|hex| hex.as_str())),
        text(span_id.as_ref().map(|hex| hex.as_str())),
        text(parent.as_ref().map(|hex| hex.as_str())),
        text(correlation.links.last().map(|link| link.id().as_str())),
        text(correlation.client_id.as_ref().map(|id| id.as_str())),
    ];
    let _pending = Pending::set(Arc::clone(&carried));
    emit::span::<{ FIELDS.len() }>(&CONTEXT.origin, &Scratch::take(), &own)
}

fn text(text: Option<&str>) -> Safe<'_> {
    text.map_or(Safe::Absent, Safe::Borrowed)
}

/// What the span of a context carries.
pub(super) fn carried(correlation: &Correlation) -> Carried {
    let Correlation { id, client_id, trace, fields, links } = correlation.clone();
    Carried {
        begins: true,
        id: Some(id),
        client_id,
        trace: trace.map(|trace| Place { trace, span_id: SpanId::random() }),
        fields,
        links,
    }
}

/// Keeps [`PENDING`] right when a layer opens a context while it handles one.
struct Pending(Option<Arc<Carried>>);

impl Pending {
    fn set(carried: Arc<Carried>) -> Self {
        Self(PENDING.try_with(|pending| pending.replace(Some(carried))).ok().flatten())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let _ = PENDING.try_with(|pending| pending.replace(self.0.take()));
    }
}
