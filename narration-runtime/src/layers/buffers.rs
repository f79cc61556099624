//! The buffers a thread reuses from line to line.
//!
//! In: nothing. Out: cleared buffers for one format. A layer that narrates
//! while it writes finds the thread's buffers out, and gets fresh ones.

use std::cell::Cell;

use narration_record::{Clock, Fields, Style};

/// Everything a line is put together from.
pub(super) struct Buffers {
    /// The event's text.
    pub(super) message: String,
    /// The event's target.
    pub(super) target: String,
    /// The event's own fields.
    pub(super) fields: Fields,
    /// A value that is being formatted.
    pub(super) value: String,
    /// The line.
    pub(super) line: String,
    /// The text of the current second.
    pub(super) clock: Clock,
}

/// A process rarely has more than one layer of each encoding.
const KINDS: usize = 4;

thread_local! {
    static SPARE: [Cell<Option<Box<Buffers>>>; KINDS] = const { [const { Cell::new(None) }; KINDS] };
}

/// Buffers above this are given back to the allocator rather than kept, in bytes.
const KEPT: usize = 64 * 1024;

impl Buffers {
    /// The thread's spare buffers for lines of this style, or new ones.
    pub(super) fn take(style: Style) -> Box<Self> {
        let spare = SPARE
            .try_with(|spare| spare.get(style.format.index()).and_then(Cell::take))
            .ok()
            .flatten();
        let mut buffers = spare.unwrap_or_else(|| Box::new(Self::new(style)));
        buffers.clear();
        buffers
    }

    /// Keeps the buffers for the thread's next line.
    pub(super) fn give_back(self: Box<Self>, style: Style) {
        if self.line.capacity() > KEPT || self.message.capacity() > KEPT {
            return;
        }
        let _ = SPARE
            .try_with(|spare| spare.get(style.format.index()).map(|slot| slot.set(Some(self))));
    }

    fn new(style: Style) -> Self {
        Self {
            message: String::new(),
            target: String::new(),
            fields: Fields::new(style),
            value: String::new(),
            line: String::new(),
            clock: Clock::new(),
        }
    }

    fn clear(&mut self) {
        self.message.clear();
        self.target.clear();
        self.fields.clear();
        self.line.clear();
    }
}
