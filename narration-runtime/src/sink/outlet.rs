//! Writes batches and keeps the account of what could not be written.
//!
//! In: whole lines and their count. Out: lines in the output, or on standard
//! error where that is chosen, or a count by reason: never nothing.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::account::Account;
use super::batch::Partial;
use super::losses::{Counters, LossReason};
use super::output::Output;

/// What the sink has counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) lost: Counters,
    /// Lines that went to standard error instead.
    pub(super) diverted: AtomicU64,
}

/// An output with its account.
pub(super) struct Outlet {
    pub(super) output: Output,
    account: Account,
    counts: Arc<Counts>,
    /// Whether lines that cannot be written go to standard error.
    fallback: bool,
    /// Whether the last write failed.
    failing: bool,
}

impl Outlet {
    pub(super) fn new(
        output: Output,
        account: Account,
        counts: Arc<Counts>,
        fallback: bool,
    ) -> Self {
        Self { output, account, counts, fallback, failing: false }
    }

    /// Writes lines, and counts those that could not be written.
    pub(super) fn deliver(&mut self, bytes: &[u8], lines: u64, sync: bool) {
        if self.output.is_line_by_line() {
            for line in bytes.split_inclusive(|byte| *byte == b'\n') {
                self.deliver_at_once(line, 1, sync);
            }
        } else if lines > 0 {
            self.deliver_at_once(bytes, lines, sync);
        }
    }

    fn deliver_at_once(&mut self, bytes: &[u8], lines: u64, sync: bool) {
        let recovered = match self.output.write(bytes) {
            Ok(()) => std::mem::take(&mut self.failing),
            Err(partial) => {
                self.failing = true;
                self.give_up(bytes, lines, &partial);
                return;
            }
        };
        self.tell_mended();
        if recovered || self.account.is_due(&self.counts.lost) {
            self.tell();
        }
        // The lines are written; a system that cannot say more of them cannot be helped.
        let _ = if sync { self.output.sync() } else { Ok(()) };
    }

    /// Tells what is left to tell, at the end.
    pub(super) fn finish(&mut self) {
        self.tell();
        let _ = self.output.flush();
        if let Some(file) = self.output.file() {
            file.finish();
        }
    }

    fn give_up(&mut self, bytes: &[u8], lines: u64, partial: &Partial) {
        let left = lines.saturating_sub(partial.written);
        if self.fallback && divert(skip_lines(bytes, partial.written)).is_ok() {
            self.counts.diverted.fetch_add(left, Ordering::Relaxed);
        } else {
            self.counts.lost.add(LossReason::of(&partial.error), left);
        }
    }

    fn tell_mended(&mut self) {
        let mended = self.output.file().map_or(0, |file| file.take_mended());
        if mended > 0 {
            let line = self.account.mended(self.output.name(), mended).to_owned();
            let _ = self.output.write(line.as_bytes());
        }
    }

    fn tell(&mut self) {
        if self.account.is_even(&self.counts.lost) {
            return;
        }
        let name = self.output.name().to_owned();
        let (lines, told) = self.account.lines(&name, &self.counts.lost);
        let written = self.output.write(lines.as_bytes()).is_ok();
        if written || (self.fallback && divert(lines.as_bytes()).is_ok()) {
            self.account.note(told);
        }
    }
}

/// Writes lines to standard error.
fn divert(bytes: &[u8]) -> io::Result<()> {
    io::stderr().lock().write_all(bytes)
}

/// What stands behind so many lines.
fn skip_lines(bytes: &[u8], lines: u64) -> &[u8] {
    let Some(last) = usize::try_from(lines).ok().and_then(|lines| lines.checked_sub(1)) else {
        return bytes;
    };
    let end = memchr::memchr_iter(b'\n', bytes).nth(last);
    end.and_then(|end| bytes.get(end + 1..)).unwrap_or_default()
}
