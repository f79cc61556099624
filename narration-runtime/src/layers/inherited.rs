//! What a span hands down to every narration inside it.
//!
//! In: a span's fields and its parent's. Out: the fields, rendered once for
//! each format that writes, to be copied into line after line.
//!
//! A span copies its parent's fields when it is opened, so that an event looks
//! at one span alone. What is recorded on the parent later is counted in
//! [`Lineage`]; a span that was put together at another count is out of date,
//! and put together anew when the next event asks for it.

use std::sync::atomic::{AtomicU64, Ordering};

use narration_record::{Fields, Format, Style};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

/// What all spans of one layer have in common.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    /// How often fields were recorded on a span that had handed its own down already.
    changes: AtomicU64,
    /// What the process hands down to every span and event without a parent.
    pub(super) root: Option<Fields>,
}

/// A span's fields with those of its parents, by format.
#[derive(Default)]
pub(super) struct Inherited {
    by_format: [Option<Kept>; Format::ALL.len()],
}

/// A span's fields in one format.
struct Kept {
    /// The span's own; nothing where `all` holds nobody else's.
    own: Option<Fields>,
    /// The span's own and its parents'.
    all: Fields,
    /// The count of changes `all` was put together at.
    at: u64,
    /// Whether spans below hold copies.
    handed_down: bool,
}

impl Inherited {
    /// The fields for lines of one format; nothing where they are out of date.
    pub(super) fn get(&self, format: Format, lineage: &Lineage) -> Option<&Fields> {
        self.of(format).filter(|kept| kept.at == lineage.count()).map(|kept| &kept.all)
    }

    /// The fields for lines of one format, as they are.
    pub(super) fn latest(&self, format: Format) -> Option<&Fields> {
        self.of(format).map(|kept| &kept.all)
    }

    fn of(&self, format: Format) -> Option<&Kept> {
        self.by_format.get(format.index())?.as_ref()
    }
}

impl Lineage {
    fn count(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }
}

/// Keeps a span's own fields, and its parent's behind them.
pub(super) fn keep<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    own: Fields,
    format: Format,
    lineage: &Lineage,
) {
    // Counted first: a change that comes in between leaves the span out of date, not wrong.
    let at = lineage.count();
    if let Some(parent) = span.parent() {
        let current = parent
            .extensions()
            .get::<Inherited>()
            .is_none_or(|kept| kept.get(format, lineage).is_some());
        if !current {
            refresh(&parent, format, lineage);
        }
        hand_down(&parent, format);
    }
    update(span, format, |kept| *kept = Some(Kept { own: None, all: own, at, handed_down: false }));
    put_together(span, format, at, lineage);
}

/// Adds to a span what was recorded on it after it was opened.
pub(super) fn record<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    recorded: &Fields,
    style: Style,
    lineage: &Lineage,
) {
    let mut handed_down = false;
    update(span, style.format, |kept| {
        let kept = kept.get_or_insert_with(|| Kept {
            own: None,
            all: Fields::new(style),
            at: lineage.count(),
            handed_down: false,
        });
        for fields in [Some(&mut kept.all), kept.own.as_mut()].into_iter().flatten() {
            let mut newer = recorded.clone();
            newer.inherit(fields);
            *fields = newer;
        }
        handed_down = kept.handed_down;
    });
    if handed_down {
        lineage.changes.fetch_add(1, Ordering::Release);
    }
}

/// Puts a span and all above it together anew.
pub(super) fn refresh<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    format: Format,
    lineage: &Lineage,
) {
    let at = lineage.count();
    for span in span.scope().from_root() {
        put_together(&span, format, at, lineage);
    }
}

/// Adds the parent's fields to the span's own. Locks go from parent to child, here and everywhere.
fn put_together<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    format: Format,
    at: u64,
    lineage: &Lineage,
) {
    let parent = span.parent();
    let above = parent.as_ref().map(|parent| parent.extensions());
    let above = match &above {
        None => lineage.root.as_ref(),
        Some(kept) => {
            kept.get::<Inherited>().and_then(|kept| kept.of(format)).map(|kept| &kept.all)
        }
    };
    update(span, format, |kept| {
        let Some(kept) = kept else { return };
        if let Some(above) = above.filter(|above| !above.is_empty()) {
            let own = kept.own.get_or_insert_with(|| kept.all.clone());
            kept.all.clone_from(own);
            kept.all.inherit(above);
        }
        kept.at = at;
    });
}

fn hand_down<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, format: Format) {
    let known = span
        .extensions()
        .get::<Inherited>()
        .and_then(|kept| kept.of(format))
        .is_none_or(|kept| kept.handed_down);
    if !known {
        update(span, format, |kept| kept.iter_mut().for_each(|kept| kept.handed_down = true));
    }
}

fn update<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    format: Format,
    update: impl FnOnce(&mut Option<Kept>),
) {
    let mut extensions = span.extensions_mut();
    if extensions.get_mut::<Inherited>().is_none() {
        extensions.insert(Inherited::default());
    }
    let kept =
        extensions.get_mut::<Inherited>().and_then(|kept| kept.by_format.get_mut(format.index()));
    if let Some(kept) = kept {
        update(kept);
    }
}
