//! The reused buffer in which values are formatted and texts are written.
//!
//! In: writes. Out: ranges of one string. A thread keeps one buffer; who
//! narrates while narrating (a `Display` that does) gets a fresh one.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

thread_local! {
    static SPARE: Cell<String> = const { Cell::new(String::new()) };
}

/// A buffer larger than this is given back to the allocator rather than kept, in bytes.
const KEPT: usize = 64 * 1024;

/// A buffer on loan from the thread.
pub(crate) struct Scratch {
    pub(super) text: String,
}

/// A stretch of a [`Scratch`].
#[derive(Clone, Copy)]
pub(crate) struct Held {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Held {
    fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl Scratch {
    /// The thread's spare buffer; a new one when it is out, or the thread is ending.
    pub(crate) fn take() -> Self {
        let mut text = SPARE.try_with(Cell::take).unwrap_or_default();
        text.clear();
        Self { text }
    }

    /// Writes a formatted value to its end.
    pub(super) fn hold(&mut self, value: fmt::Arguments<'_>) -> Held {
        let start = self.text.len();
        // A `Display` that fails has said what it could; the rest of the narration goes on.
        let _ = fmt::write(&mut self.text, value);
        Held { start, end: self.text.len() }
    }

    /// Copies text into the buffer.
    pub(super) fn hold_str(&mut self, text: &str) -> Held {
        let start = self.text.len();
        self.text.push_str(text);
        Held { start, end: self.text.len() }
    }

    /// What was written there.
    pub(super) fn held(&self, held: Held) -> &str {
        self.text.get(held.range()).unwrap_or_default()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.text.capacity() <= KEPT {
            let text = std::mem::take(&mut self.text);
            let _ = SPARE.try_with(|spare| spare.set(text));
        }
    }
}
