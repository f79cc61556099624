//! What a span hands down to every narration inside it.
//!
//! In: a span's fields and its parent's. Out: the fields, rendered once for
//! each format that writes, to be copied into line after line.

use narration_record::{Fields, Format, Style};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

/// A span's fields with those of its parents, by format.
#[derive(Default)]
pub(super) struct Inherited {
    by_format: [Option<Fields>; Format::ALL.len()],
}

impl Inherited {
    /// The fields for lines of one format.
    pub(super) fn get(&self, format: Format) -> Option<&Fields> {
        self.by_format.get(format.index())?.as_ref()
    }
}

/// Keeps a span's own fields, and its parent's behind them.
pub(super) fn keep<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, mut own: Fields, format: Format) {
    if let Some(parent) = span.parent()
        && let Some(inherited) = parent.extensions().get::<Inherited>().and_then(|kept| kept.get(format))
    {
        own.inherit(inherited);
    }
    update(span, format, |fields| *fields = Some(own));
}

/// Changes a span's fields, for what is recorded after it was opened.
pub(super) fn change<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, style: Style, change: impl FnOnce(&mut Fields)) {
    update(span, style.format, |fields| change(fields.get_or_insert_with(|| Fields::new(style))));
}

fn update<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, format: Format, update: impl FnOnce(&mut Option<Fields>)) {
    let mut extensions = span.extensions_mut();
    if extensions.get_mut::<Inherited>().is_none() {
        extensions.insert(Inherited::default());
    }
    let kept = extensions.get_mut::<Inherited>().and_then(|kept| kept.by_format.get_mut(format.index()));
    if let Some(fields) = kept {
        update(fields);
    }
}
