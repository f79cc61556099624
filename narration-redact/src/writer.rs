//! Redaction of a byte stream: a child process's output goes in, whole redacted lines come out.

use std::io::{self, Write};

use crate::Redactor;

/// The longest piece held back while waiting for the end of a line.
const MAX_HELD: usize = 64 * 1024;

/// Redacts what is written through it, line by line, so that a secret split over two writes is
/// still found.
///
/// A line is held until its end is seen; [`finish`](Self::finish) or dropping the writer lets the
/// last one go. Bytes that are not UTF-8 come out as U+FFFD.
#[derive(Debug)]
pub struct RedactWriter<W: Write> {
    inner: Option<W>,
    held: Vec<u8>,
    redactor: Redactor,
}

impl<W: Write> RedactWriter<W> {
    /// A writer that redacts with the default rules.
    pub fn new(inner: W) -> Self {
        Self::with_redactor(inner, Redactor::new())
    }

    /// A writer that redacts with rules of one's own.
    pub fn with_redactor(inner: W, redactor: Redactor) -> Self {
        Self { inner: Some(inner), held: Vec::new(), redactor }
    }

    /// Writes what is still held and gives the inner writer back.
    ///
    /// # Errors
    /// What the inner writer reports.
    pub fn finish(mut self) -> io::Result<Option<W>> {
        self.release(true)?;
        if let Some(inner) = &mut self.inner {
            inner.flush()?;
        }
        Ok(self.inner.take())
    }

    fn release(&mut self, everything: bool) -> io::Result<()> {
        let complete = memchr::memrchr(b'\n', &self.held).map_or(0, |last| last + 1);
        let upto = if everything || self.held.len() >= MAX_HELD { self.held.len() } else { complete };
        if upto == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(self.held.get(..upto).unwrap_or_default()).into_owned();
        self.held.drain(..upto);
        match &mut self.inner {
            Some(inner) => inner.write_all(self.redactor.redact(&text).as_bytes()),
            None => Ok(()),
        }
    }
}

impl<W: Write> Write for RedactWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        self.release(false)?;
        Ok(bytes.len())
    }

    /// Flushes the inner writer; an unfinished line stays held, because its rest may complete a secret.
    fn flush(&mut self) -> io::Result<()> {
        self.inner.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl<W: Write> Drop for RedactWriter<W> {
    fn drop(&mut self) {
        // A writer that fails here has no one left to tell; `finish` is there for those who ask.
        let _ = self.release(true);
    }
}
