//! What the sampler tells the layers about the event that is on its way.
//!
//! In: an event that is let through although its sample leaves it out. Out: for
//! each layer whether to tell it, to mark it, or to have it kept. The note is the
//! thread's, and good for this one event.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use tracing_core::Event;

use super::entry::Entry;
use super::tail::Store;

thread_local! {
    /// The address of the event the note is for; 0 where there is none.
    static EVENT: Cell<usize> = const { Cell::new(0) };
    static NOTE: RefCell<Option<Note>> = const { RefCell::new(None) };
}

/// How an event is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Like any other.
    Told,
    /// With a mark: only the failure of its story makes it heard.
    Marked,
    /// Not yet: its line is to be given to [`keep`].
    Kept,
}

struct Note {
    story: u64,
    /// Where its line is kept; nothing once a layer has given it.
    keep: Option<(Arc<Store>, Arc<Entry>)>,
    way: Way,
}

/// Forgets what was noted of another event.
pub(super) fn clear() {
    let _ = EVENT.try_with(|noted| noted.set(0));
}

/// Notes that the line of an event is to be kept.
pub(super) fn defer(event: &Event<'_>, story: u64, store: &Arc<Store>, entry: &Arc<Entry>) {
    note(event, Note { story, keep: Some((Arc::clone(store), Arc::clone(entry))), way: Way::Kept });
}

/// Notes that the line of an event is to be marked.
pub(super) fn mark(event: &Event<'_>, story: u64) {
    note(event, Note { story, keep: None, way: Way::Marked });
}

fn note(event: &Event<'_>, note: Note) {
    let _ = NOTE.try_with(|noted| noted.replace(Some(note)));
    let _ = EVENT.try_with(|noted| noted.set(address(event)));
}

fn address(event: &Event<'_>) -> usize {
    std::ptr::from_ref(event).addr()
}

/// How an event is to be told.
#[inline]
pub(crate) fn way(event: &Event<'_>) -> Way {
    let noted = EVENT.try_with(Cell::get).unwrap_or(0);
    if noted == 0 || noted != address(event) {
        return Way::Told;
    }
    NOTE.try_with(|note| note.borrow().as_ref().map_or(Way::Told, |note| note.way))
        .unwrap_or(Way::Told)
}

/// Keeps the line of the event whose [`way`] is [`Way::Kept`]; the first of several layers does.
pub(crate) fn keep(line: &str) {
    let taken = NOTE.try_with(|note| {
        let mut note = note.borrow_mut();
        let note = note.as_mut()?;
        note.keep.take().map(|(store, entry)| (note.story, store, entry))
    });
    if let Ok(Some((story, store, entry))) = taken {
        store.keep(story, &entry, line);
    }
}
