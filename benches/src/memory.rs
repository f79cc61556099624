//! The sink of every measurement: lines are copied into memory.
//!
//! In: lines. Out: the last of them, for tests.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing_subscriber::fmt::MakeWriter;

/// More than this is forgotten, in bytes: a measurement has no end of lines.
const KEPT: usize = 64 * 1024;

/// A sink in memory; clones share it.
#[derive(Clone, Debug)]
pub struct Memory(Arc<Mutex<Vec<u8>>>);

/// One line's way into memory.
#[derive(Debug)]
pub struct Line<'m>(MutexGuard<'m, Vec<u8>>);

impl Memory {
    /// What was written last.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.lock()).into_owned()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Vec::with_capacity(2 * KEPT))))
    }
}

impl<'m> MakeWriter<'m> for Memory {
    type Writer = Line<'m>;

    fn make_writer(&'m self) -> Line<'m> {
        Line(self.lock())
    }
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() > KEPT {
            self.0.clear();
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
