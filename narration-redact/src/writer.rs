//! Redaction of a byte stream: a child process's output goes in, redacted lines come out.

use std::io::{self, Write};

use memchr::{memmem, memrchr};

use crate::{Redactor, cut};

/// The longest piece held back while waiting for the end of a line or of a private key.
const MAX_HELD: usize = 64 * 1024;

/// Redacts what is written through it, line by line, so that a secret split over two writes is
/// still found.
///
/// A line is held until its end is seen; so is a private key until its `END`, and a line that ends
/// in a name whose value is still to come. [`finish`](Self::finish) or dropping the writer lets
/// everything go. A line longer than 64 KiB is let go in pieces. Bytes that are not UTF-8 come out
/// as U+FFFD.
///
/// ```
/// use std::io::Write;
///
/// let mut writer = narration_redact::RedactWriter::new(Vec::new());
/// writer.write_all(b"login pass")?;
/// writer.write_all(b"word=hunter2\n")?;
/// let shown = writer.finish()?;
/// assert_eq!(shown.as_deref(), Some(&b"login password=[redacted:password]\n"[..]));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RedactWriter<W: Write> {
    inner: Option<W>,
    held: Vec<u8>,
    redactor: Redactor,
    /// Whether the middle of a private key was let go, so that what follows is more of it.
    inside_key: bool,
}

impl<W: Write> RedactWriter<W> {
    /// A writer that redacts with the default rules.
    pub fn new(inner: W) -> Self {
        Self::with_redactor(inner, Redactor::new())
    }

    /// A writer that redacts with rules of one's own; its cap is the writer's, not the redactor's.
    pub fn with_redactor(inner: W, redactor: Redactor) -> Self {
        let redactor = Redactor { max_len: usize::MAX, ..redactor };
        Self { inner: Some(inner), held: Vec::new(), redactor, inside_key: false }
    }

    /// Writes what is still held and gives the inner writer back.
    ///
    /// # Errors
    /// What the inner writer reports.
    pub fn finish(mut self) -> io::Result<Option<W>> {
        self.release_all()?;
        if let Some(inner) = &mut self.inner {
            inner.flush()?;
        }
        Ok(self.inner.take())
    }

    fn release_all(&mut self) -> io::Result<()> {
        self.skip_key();
        self.release(self.held.len())
    }

    /// Lets go of what is complete.
    fn release_complete(&mut self) -> io::Result<()> {
        self.skip_key();
        self.release(complete_len(&self.held))?;
        while self.held.len() >= MAX_HELD {
            let len = piece_len(&self.held);
            self.inside_key = open_key(self.held.get(..len).unwrap_or_default()).is_some();
            self.release(len)?;
            self.skip_key();
        }
        Ok(())
    }

    /// Drops the rest of a private key of which the start is already masked.
    fn skip_key(&mut self) {
        if self.inside_key {
            let end = memmem::find(&self.held, b"-----END ");
            self.inside_key = end.is_none();
            self.held.drain(..end.unwrap_or(self.held.len()));
        }
    }

    fn release(&mut self, len: usize) -> io::Result<()> {
        let text = String::from_utf8_lossy(self.held.get(..len).unwrap_or_default()).into_owned();
        self.held.drain(..len);
        match &mut self.inner {
            Some(inner) if !text.is_empty() => {
                inner.write_all(self.redactor.redact(&text).as_bytes())
            }
            _ => Ok(()),
        }
    }
}

/// How much of what is held is whole lines that no secret reaches out of.
fn complete_len(held: &[u8]) -> usize {
    let lines = memrchr(b'\n', held).map_or(0, |last| last + 1);
    let whole = held.get(..lines).unwrap_or_default();
    let key = open_key(whole).map_or(lines, |start| line_start(whole, start));
    let last = line_start(whole, lines.saturating_sub(1));
    let announces = whole.get(last..).is_some_and(|line| {
        let line = line.trim_ascii_end();
        matches!(line.last(), Some(b':' | b'=' | b'\\'))
            || line.to_ascii_lowercase().ends_with(b"bearer")
    });
    if announces { key.min(last) } else { key }
}

fn line_start(text: &[u8], place: usize) -> usize {
    memrchr(b'\n', text.get(..place).unwrap_or_default()).map_or(0, |end| end + 1)
}

/// The start of a private key that has no end yet.
fn open_key(text: &[u8]) -> Option<usize> {
    let start = memmem::rfind(text, b"-----BEGIN ")?;
    let rest = text.get(start..)?;
    let label = rest.get(..rest.len().min(64))?;
    let is_open =
        memmem::find(label, b"PRIVATE KEY").is_some() && memmem::find(rest, b"-----END ").is_none();
    is_open.then_some(start)
}

/// How much of a line without an end is let go: up to a place where no secret is split.
fn piece_len(held: &[u8]) -> usize {
    let piece = held.get(..MAX_HELD).unwrap_or(held);
    match std::str::from_utf8(piece) {
        Ok(text) => cut::place_between(text, MAX_HELD),
        // Only the last character may be split; of anything else each byte stands for itself.
        Err(error) if error.error_len().is_none() => {
            let text = piece.get(..error.valid_up_to()).unwrap_or_default();
            cut::place_between(std::str::from_utf8(text).unwrap_or_default(), MAX_HELD)
        }
        Err(_) => piece.len(),
    }
}

impl<W: Write> Write for RedactWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        self.release_complete()?;
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
        let _ = self.release_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, piece: usize) -> String {
        let mut writer = RedactWriter::new(Vec::new());
        text.as_bytes().chunks(piece).for_each(|bytes| writer.write_all(bytes).unwrap());
        String::from_utf8(writer.finish().unwrap().unwrap()).unwrap()
    }

    #[test]
    fn a_secret_is_found_wherever_the_writes_split_it() {
        let text = "starting ä\nexport API_TOKEN=4f9d27c1b8e35a60 now\ntoken:\n  4f9d27c1b8e35a60\n\
                    -----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END RSA PRIVATE KEY-----\ndone";
        for piece in 1..=text.len() {
            let shown = shown(text, piece);
            assert!(!shown.contains("4f9d27c1") && !shown.contains("BgkqhkiG"), "{piece}: {shown}");
            assert!(
                shown.starts_with("starting ä\n") && shown.ends_with("done"),
                "{piece}: {shown}"
            );
        }
    }

    #[test]
    fn whole_lines_are_not_held_back() {
        let mut writer = RedactWriter::new(Vec::new());
        writer.write_all(b"one\ntwo").unwrap();
        assert_eq!(writer.inner.as_deref(), Some(&b"one\n"[..]));
    }

    #[test]
    fn a_line_without_an_end_is_let_go_in_pieces_and_nothing_is_lost() {
        let text = "word ".repeat(50_000);
        assert_eq!(shown(&text, 8_000), text);
        let unbroken = "ä".repeat(100_000);
        assert_eq!(shown(&unbroken, 7_777), unbroken);
    }

    #[test]
    fn a_secret_between_two_pieces_does_not_come_out() {
        let secret = "zQ8mN4kL2pR7vX1sT5wY9bC3";
        for frame in
            ["{\"a\":1,\"password\":\"", ",password: ", ",Authorization: Bearer ", ",postgres://u:"]
        {
            for start in MAX_HELD - frame.len() - secret.len() - 4..MAX_HELD + 2 {
                let text = format!("{}{frame}{secret}@db\",", "abcdef,".repeat(start / 7));
                let text = format!("{}{text}", "x".repeat(start % 7)) + &",more".repeat(400);
                let shown = shown(&text, 1_000);
                assert!(!shown.contains("kL2pR7"), "{frame} {start}");
            }
        }
    }

    #[test]
    fn a_key_longer_than_what_is_held_never_comes_out() {
        let body = "QUJDREVGR0hJSktM\n".repeat(8_000);
        let text = format!("-----BEGIN PRIVATE KEY-----\n{body}-----END PRIVATE KEY-----\nafter");
        let shown = shown(&text, 1_000);
        assert!(!shown.contains("QUJDREVG"), "{}", shown.len());
        assert!(shown.ends_with("after"));
    }

    #[test]
    fn dropping_the_writer_lets_the_rest_go() {
        let mut out = Vec::new();
        let mut writer = RedactWriter::new(&mut out);
        writer.write_all(b"password=hunter2-x").unwrap();
        drop(writer);
        assert_eq!(out, b"password=[redacted:password]");
    }
}
