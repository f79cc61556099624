//! Hears what a test tells, and nothing else.
//!
//! In: a closure or a future. Out: [`Told`], the lines it made on this thread.
//!
//! One subscriber listens to the whole process and to everything, and hands each line to the
//! thread it was made on. A subscriber per test (`with_default`) would not do: tracing caches for
//! each callsite whether anybody listens, and a callsite that is first reached while another
//! test's subscriber comes or goes may be cached as off, so that lines would be missing now and
//! then.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Once;

use narration_record::{Format, Record, read};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

use crate::foreign::{Recorder, Seen};

/// One way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Our JSON lines.
    Json,
    /// Our `key=value` lines.
    Logfmt,
    /// Our lines for a terminal, without colours.
    Pretty,
    /// Our lines for a terminal, with colours.
    Coloured,
    /// Our plain story.
    Story,
    /// `tracing_subscriber::fmt`, as it is.
    Fmt,
    /// `tracing_subscriber::fmt().json()`.
    FmtJson,
}

impl Stream {
    /// Every way out.
    pub const ALL: [Self; 7] = [
        Self::Json,
        Self::Logfmt,
        Self::Pretty,
        Self::Coloured,
        Self::Story,
        Self::Fmt,
        Self::FmtJson,
    ];

    /// The ways out that are ours.
    pub const OURS: [Self; 5] =
        [Self::Json, Self::Logfmt, Self::Pretty, Self::Coloured, Self::Story];

    fn index(self) -> usize {
        self as usize
    }
}

/// What was told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    bytes: [Vec<u8>; Stream::ALL.len()],
    /// What a foreign subscriber saw, events and spans, in their order.
    pub seen: Vec<Seen>,
}

thread_local! {
    static HEARD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// Runs a closure and hears what it tells on this thread.
pub fn told(tell: impl FnOnce()) -> Told {
    begin();
    // A closure that unwinds fails its test; the next one on this thread begins anew.
    tell();
    end()
}

/// Runs a future to its end on this thread and hears what it tells.
pub async fn told_by(future: impl Future<Output = ()>) -> Told {
    begin();
    future.await;
    end()
}

fn begin() {
    install();
    HEARD.with(|heard| *heard.borrow_mut() = Some(Told::default()));
}

fn end() -> Told {
    HEARD.with(|heard| heard.borrow_mut().take()).unwrap_or_default()
}

/// Adds what a foreign subscriber saw.
pub(crate) fn hear(seen: Seen) {
    let _ = HEARD.try_with(|heard| {
        if let Some(told) = &mut *heard.borrow_mut() {
            told.seen.push(seen);
        }
    });
}

/// Installs the one subscriber of the process.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let ours = |format, stream| {
            narration_runtime::layer()
                .with_service("depot")
                .with_format(format)
                .with_writer(Lines(stream))
        };
        let stack = tracing_subscriber::registry()
            .with(ours(Format::Json, Stream::Json))
            .with(ours(Format::Logfmt, Stream::Logfmt))
            .with(ours(Format::Pretty, Stream::Pretty))
            .with(ours(Format::Pretty, Stream::Coloured).with_colour(true))
            .with(ours(Format::Story, Stream::Story))
            .with(tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Lines(Stream::Fmt)))
            .with(tracing_subscriber::fmt::layer().json().with_writer(Lines(Stream::FmtJson)))
            .with(Recorder);
        tracing::subscriber::set_global_default(stack).expect("nobody installs another one");
    });
}

/// Writes to what the current thread hears.
#[derive(Clone, Copy)]
struct Lines(Stream);

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = HEARD.try_with(|heard| {
            if let Some(told) = &mut *heard.borrow_mut() {
                told.bytes[self.0.index()].extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Told {
    /// Everything that came out one way.
    #[must_use]
    pub fn text(&self, stream: Stream) -> &str {
        std::str::from_utf8(&self.bytes[stream.index()]).expect("lines are UTF-8")
    }

    /// The lines of one way out.
    #[must_use]
    pub fn lines(&self, stream: Stream) -> Vec<&str> {
        self.text(stream).split_terminator('\n').collect()
    }

    /// The JSON lines, read back.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let read = |line: &&str| read(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.lines(Stream::Json).iter().map(read).collect()
    }

    /// The only record there is.
    #[must_use]
    pub fn record(&self) -> Record {
        let mut records = self.records();
        assert_eq!(records.len(), 1, "one record was expected: {records:#?}");
        records.remove(0)
    }

    /// The value of a field of the only record, as text; nothing where it has none.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        self.record().field(name).map(ToString::to_string)
    }

    /// The text of the only record.
    #[must_use]
    pub fn human(&self) -> String {
        self.record().human
    }

    /// The plot: `action outcome` of each record, or the action alone where there is no outcome.
    #[must_use]
    pub fn plot(&self) -> Vec<String> {
        let step = |record: Record| match record.field("outcome") {
            Some(outcome) => format!("{} {outcome}", record.action),
            None => record.action,
        };
        self.records().into_iter().map(step).collect()
    }
}
