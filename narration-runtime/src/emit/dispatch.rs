//! The one dispatch, and the only place that calls tracing's hidden parts.
//!
//! In: a site and safe values. Out: one tracing event or span.
//!
//! `FieldSet::value_set_all` is not part of tracing's documented interface; it
//! is what tracing's own macros expand to. Calling it here alone keeps every
//! expansion small and leaves one function to mend should it change.

use std::cell::Cell;
use std::time::SystemTime;

use tracing::Span;
use tracing_core::Event;
use tracing_core::field::Value as Recorded;

use super::HEAD;
use super::safe::Safe;
use super::scratch::Scratch;
use super::site::Origin;

thread_local! {
    /// What is on its way through the layers.
    static CURRENT: OnItsWay = const { OnItsWay { origin: Cell::new(None), looked_at: Cell::new(false), at: Cell::new(None) } };

    /// Whether the thread's end has begun; see [`span`].
    static ENDING: Cell<bool> = const { Cell::new(false) };

    static ALIVE: Alive = const { Alive };
}

/// The event or span on its way through the layers: a cell a part, since each is asked for alone.
struct OnItsWay {
    origin: Cell<Option<&'static Origin>>,
    /// Whether a layer has looked at it for all.
    looked_at: Cell<bool>,
    /// When it was told, as the first layer that asked was answered.
    at: Cell<Option<SystemTime>>,
}

/// Destroyed with its thread.
struct Alive;

impl Drop for Alive {
    fn drop(&mut self) {
        ENDING.set(true);
    }
}

/// The origin of the event or span that is being dispatched on this thread, if it is one of ours.
pub(crate) fn current_origin(metadata: &tracing_core::Metadata<'_>) -> Option<&'static Origin> {
    let origin = CURRENT.try_with(|current| current.origin.get()).ok()??;
    std::ptr::addr_eq(origin.metadata, metadata).then_some(origin)
}

/// Whether no other layer has asked this of the event that is being dispatched on this thread.
pub(crate) fn first_to_look() -> bool {
    CURRENT.try_with(|current| !current.looked_at.replace(true)).unwrap_or(true)
}

/// When the event of the current origin was told: the same for every layer, so that its line and
/// its export have one time. What others record has no origin, and none but the clock's.
pub(crate) fn moment(origin: Option<&'static Origin>) -> SystemTime {
    if origin.is_none() {
        return SystemTime::now();
    }
    let told = |current: &OnItsWay| {
        current.at.get().unwrap_or_else(|| {
            let now = SystemTime::now();
            current.at.set(Some(now));
            now
        })
    };
    CURRENT.try_with(told).unwrap_or_else(|_| SystemTime::now())
}

/// Whether this thread is ending, so that the registry cannot be asked for spans any more.
pub(crate) fn ending() -> bool {
    ENDING.try_with(Cell::get).unwrap_or(true)
}

/// Dispatches one event. `N` is at least the number of its tracing fields.
pub(crate) fn event<const N: usize>(
    origin: &'static Origin,
    scratch: &Scratch,
    human: &str,
    target: Option<&str>,
    own: &[Safe<'_>],
) {
    let mut values: [Option<&dyn Recorded>; N] = [None; N];
    let mut texts = [""; N];
    let target = target.as_ref().map(|text| text as &dyn Recorded);
    let head: [Option<&dyn Recorded>; HEAD.len()] =
        [Some(&human), Some(&origin.actor), Some(&origin.action), target];
    if let Some((first, rest)) = values.split_first_chunk_mut() {
        *first = head;
        record(scratch, own, &mut texts, rest);
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
pub(crate) fn span<const N: usize>(
    origin: &'static Origin,
    scratch: &Scratch,
    own: &[Safe<'_>],
) -> Span {
    let mut values: [Option<&dyn Recorded>; N] = [None; N];
    let mut texts = [""; N];
    record(scratch, own, &mut texts, &mut values);
    let fields = origin.metadata.fields();
    let Some(values) = values.get(..fields.len()) else { return Span::none() };
    if ending() {
        return Span::none();
    }
    let _current = Current::set(origin);
    let span = Span::new(origin.metadata, &fields.value_set_all(values));
    let _ = ALIVE.try_with(|_| ());
    span
}

/// Points `values` at what is recorded; `texts` is where held text finds a place to be pointed at.
fn record<'r>(
    scratch: &'r Scratch,
    own: &'r [Safe<'_>],
    texts: &'r mut [&'r str],
    values: &mut [Option<&'r dyn Recorded>],
) {
    for ((slot, place), value) in values.iter_mut().zip(texts).zip(own) {
        *slot = match value {
            Safe::Absent => None,
            Safe::Borrowed(text) => Some(text),
            Safe::Held(held) => {
                *place = scratch.held(*held);
                Some(place)
            }
            Safe::U64(number) => Some(number),
            Safe::I64(number) => Some(number),
            Safe::F64(number) => Some(number),
            Safe::Bool(truth) => Some(truth),
        };
    }
}

/// Keeps [`CURRENT`] right when a layer narrates while it handles a narration.
struct Current {
    origin: Option<&'static Origin>,
    looked_at: bool,
    at: Option<SystemTime>,
}

impl Current {
    fn set(origin: &'static Origin) -> Self {
        let outer = CURRENT.try_with(|current| Self {
            origin: current.origin.replace(Some(origin)),
            looked_at: current.looked_at.replace(false),
            at: current.at.take(),
        });
        // Made only where it is wanted: what is dropped writes itself back.
        outer.unwrap_or_else(|_| Self { origin: None, looked_at: false, at: None })
    }
}

impl Drop for Current {
    fn drop(&mut self) {
        let _ = CURRENT.try_with(|current| {
            current.origin.set(self.origin);
            current.looked_at.set(self.looked_at);
            current.at.set(self.at);
        });
    }
}
