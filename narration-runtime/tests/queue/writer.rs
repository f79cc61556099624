//! The writing thread of a sink and the disk it writes to.
//!
//! In: a queue. Out: the lines it took, in order; the thread as a handle.

use std::sync::{Arc, Mutex as Plain};

use loom::thread::{self, JoinHandle};

use crate::batch::Batch;
use crate::queue::{Pushed, Queue};

/// A queue with what was written of it.
///
/// What lies on the disk is of no loom: that somebody looks is no event that
/// others could see.
pub(crate) struct Sink {
    pub(crate) queue: Queue,
    disk: Plain<Vec<Vec<u8>>>,
}

impl Sink {
    /// One that has room for so many bytes.
    pub(crate) fn new(capacity: usize) -> Arc<Self> {
        Arc::new(Self { queue: Queue::new(capacity), disk: Plain::default() })
    }

    /// Starts a thread.
    pub(crate) fn spawn<T: 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> T + 'static,
    ) -> JoinHandle<T> {
        let sink = Arc::clone(self);
        thread::spawn(move || work(&sink))
    }

    /// Starts the thread that writes until the queue ends.
    pub(crate) fn start(self: &Arc<Self>) -> JoinHandle<()> {
        self.spawn(|sink| {
            let mut batch = Batch::default();
            while sink.queue.take(&mut batch) {
                sink.disk.lock().unwrap().extend_from_slice(batch.lines());
                sink.queue.settle(batch.lines().len() as u64);
            }
            sink.queue.end();
        })
    }

    /// What is on the disk now.
    pub(crate) fn written(&self) -> Vec<String> {
        let text = |line: &Vec<u8>| String::from_utf8(line.clone()).unwrap();
        self.disk.lock().unwrap().iter().map(text).collect()
    }

    /// Adds lines as a sink does that drops what it has no room for; says which were accepted.
    pub(crate) fn push_all(&self, lines: &[&'static str]) -> Vec<&'static str> {
        let accepted = |line: &&str| match self.queue.push(line.as_bytes(), false) {
            Pushed::Accepted(_) => true,
            Pushed::Full | Pushed::Closed | Pushed::Forked => false,
            Pushed::TooLarge => unreachable!("{line} is larger than the queue"),
        };
        lines.iter().copied().filter(accepted).collect()
    }
}

/// The lines that begin so.
pub(crate) fn of<'l>(lines: &'l [String], begin: &str) -> Vec<&'l str> {
    lines.iter().map(String::as_str).filter(|line| line.starts_with(begin)).collect()
}
