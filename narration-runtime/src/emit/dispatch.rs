//! The one dispatch, and the only place that calls tracing's hidden parts.
//!
//! In: a site and safe values. Out: one tracing event or span.
//!
//! `FieldSet::value_set_all` is not part of tracing's documented interface; it
//! is what tracing's own macros expand to. Calling it here alone keeps every
//! expansion small and leaves one function to mend should it change.

use std::cell::Cell;

use tracing::Span;
use tracing_core::Event;
use tracing_core::field::Value as Recorded;

use super::safe::Safe;
use super::scratch::Scratch;
use super::site::{HEAD, Origin};

thread_local! {
    /// The origin of the event or span on its way through the layers.
    static CURRENT: Cell<Option<Origin>> = const { Cell::new(None) };

    /// Whether the thread's end has begun; see [`span`].
    static ENDING: Cell<bool> = const { Cell::new(false) };

    static ALIVE: Alive = const { Alive };
}

/// Destroyed with its thread.
struct Alive;

impl Drop for Alive {
    fn drop(&mut self) {
        ENDING.set(true);
    }
}

/// The origin of the event or span that is being dispatched on this thread, if it is one of ours.
pub(crate) fn current_origin(metadata: &tracing_core::Metadata<'_>) -> Option<Origin> {
    let origin = CURRENT.try_with(Cell::get).ok().flatten()?;
    std::ptr::addr_eq(origin.metadata, metadata).then_some(origin)
}

/// Dispatches one event. `N` is at least the number of its tracing fields.
pub(crate) fn event<const N: usize>(
    origin: Origin,
    scratch: &Scratch,
    human: &str,
    target: Option<&str>,
    own: &[Safe<'_>],
) {
    let texts = texts::<N>(scratch, own);
    let head: [Option<&dyn Recorded>; HEAD.len()] = [
        Some(&human),
        Some(&origin.actor),
        Some(&origin.action),
        target.as_ref().map(|text| text as &dyn Recorded),
    ];
    let mut values: [Option<&dyn Recorded>; N] = [None; N];
    let recorded = own.iter().zip(&texts).map(|(value, text)| recorded(value, text));
    for (slot, value) in values.iter_mut().zip(head.into_iter().chain(recorded)) {
        *slot = value;
    }
    let fields = origin.metadata.fields();
    let Some(values) = values.get(..fields.len()) else { return };
    let _current = Current::set(origin);
    Event::dispatch(origin.metadata, &fields.value_set_all(values));
}

/// Opens a span, as a child of the current one.
///
/// The registry of `tracing-subscriber` panics where a span is opened after the
/// thread has given up its place there, as a destructor at the thread's end may
/// do. What a thread sets up later is destroyed earlier: [`ALIVE`] is set up
/// behind that place and says in time that no more spans can be opened.
pub(crate) fn span<const N: usize>(origin: Origin, scratch: &Scratch, own: &[Safe<'_>]) -> Span {
    let texts = texts::<N>(scratch, own);
    let mut values: [Option<&dyn Recorded>; N] = [None; N];
    for (slot, (value, text)) in values.iter_mut().zip(own.iter().zip(&texts)) {
        *slot = recorded(value, text);
    }
    let fields = origin.metadata.fields();
    let Some(values) = values.get(..fields.len()) else { return Span::none() };
    if ENDING.get() {
        return Span::none();
    }
    let _current = Current::set(origin);
    let span = Span::new(origin.metadata, &fields.value_set_all(values));
    let _ = ALIVE.try_with(|_| ());
    span
}

/// The values that are text, each at its own index.
fn texts<'s, const N: usize>(scratch: &'s Scratch, own: &[Safe<'s>]) -> [&'s str; N] {
    let mut texts = [""; N];
    for (slot, value) in texts.iter_mut().zip(own) {
        *slot = scratch.as_text(*value).unwrap_or_default();
    }
    texts
}

fn recorded<'v>(value: &'v Safe<'_>, text: &'v &str) -> Option<&'v dyn Recorded> {
    match value {
        Safe::Absent => None,
        Safe::Borrowed(_) | Safe::Held(_) => Some(text),
        Safe::U64(number) => Some(number),
        Safe::I64(number) => Some(number),
        Safe::F64(number) => Some(number),
        Safe::Bool(truth) => Some(truth),
    }
}

/// Keeps [`CURRENT`] right when a layer narrates while it handles a narration.
struct Current(Option<Origin>);

impl Current {
    fn set(origin: Origin) -> Self {
        Self(CURRENT.try_with(|current| current.replace(Some(origin))).ok().flatten())
    }
}

impl Drop for Current {
    fn drop(&mut self) {
        let _ = CURRENT.try_with(|current| current.set(self.0));
    }
}
