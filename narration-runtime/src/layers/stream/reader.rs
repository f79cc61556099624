//! One reader and what waits for it.
//!
//! In: lines. Out: the same, in their order, and at its place how many were
//! missed because the reader was slower than the service, which never waits for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::Streams;

/// What a reader gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveItem {
    /// A line, without its line break, in the format of the layer it comes from.
    Line(String),
    /// So many lines were missed here: more were told than wait for a reader.
    Missed(u64),
}

/// Live narrations; nothing is kept for it any more once it is dropped.
#[derive(Debug)]
pub struct Live {
    pub(super) streams: Streams,
    pub(super) shared: Arc<Shared>,
}

/// One reader, as the layer knows it.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) name: &'static str,
    pub(super) value: String,
    most: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<String>,
    missed: u64,
    finished: bool,
    waker: Option<Waker>,
}

impl Shared {
    pub(super) fn new(name: &'static str, value: &str, most: usize) -> Self {
        Self { name, value: value.to_owned(), most, state: Mutex::default() }
    }

    pub(super) fn is_for(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value == value
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, line: &str) {
        let mut state = self.lock();
        if state.finished {
            return;
        }
        // After a gap nothing is taken until the reader has come to it: so it stands at its place.
        if state.missed > 0 || state.lines.len() >= self.most {
            state.missed += 1;
        } else {
            state.lines.push_back(line.to_owned());
        }
        wake(state);
    }

    pub(super) fn finish(&self) {
        let mut state = self.lock();
        state.finished = true;
        wake(state);
    }
}

/// Wakes the reader, with nothing locked.
fn wake(mut state: MutexGuard<'_, State>) {
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Live {
    /// The next item; nothing when the story is finished. Waits for it.
    pub async fn next(&mut self) -> Option<LiveItem> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// The next item, if it is there.
    pub fn try_next(&mut self) -> Option<LiveItem> {
        take(&mut self.shared.lock())
    }

    /// The next item, for those who write streams of their own.
    pub fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<LiveItem>> {
        let mut state = self.shared.lock();
        if let Some(item) = take(&mut state) {
            return Poll::Ready(Some(item));
        }
        if state.finished {
            return Poll::Ready(None);
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

fn take(state: &mut State) -> Option<LiveItem> {
    if let Some(line) = state.lines.pop_front() {
        return Some(LiveItem::Line(line));
    }
    let missed = std::mem::take(&mut state.missed);
    (missed > 0).then_some(LiveItem::Missed(missed))
}

impl Drop for Live {
    fn drop(&mut self) {
        self.streams.leave(&self.shared);
    }
}

#[cfg(feature = "stream")]
impl futures_core::Stream for Live {
    type Item = LiveItem;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<LiveItem>> {
        self.get_mut().poll_item(context)
    }
}
