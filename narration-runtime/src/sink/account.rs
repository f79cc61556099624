//! The sink tells what it lost, in its own lines.
//!
//! In: the counters. Out: one record for each reason that has more losses than
//! were told, of the shape of any other crate's event: actor is the service,
//! action `log`. It goes straight into the sink: through tracing it would stand
//! in the very queue that is full.

use std::time::{Duration, Instant, SystemTime};

use narration_record::{Clock, FieldName, Fields, Head, Level, Style, write_line};

use super::losses::{Counters, LossReason};

/// What the sink's own lines have as their target.
const TARGET: &str = "narration_runtime::sink";

/// While losses go on, they are told this often.
const PAUSE: Duration = Duration::from_secs(1);

/// Tells what was lost.
pub(super) struct Account {
    service: String,
    style: Style,
    told: [u64; LossReason::ALL.len()],
    last: Option<Instant>,
    /// Lines that are to be told next.
    line: String,
    clock: Clock,
}

impl Account {
    pub(super) fn new(service: String, style: Style) -> Self {
        let told = [0; LossReason::ALL.len()];
        Self { service, style, told, last: None, line: String::new(), clock: Clock::new() }
    }

    /// Whether it is time to tell something.
    pub(super) fn is_due(&self, counters: &Counters) -> bool {
        !self.is_even(counters) && self.last.is_none_or(|last| last.elapsed() >= PAUSE)
    }

    /// Whether everything was told.
    pub(super) fn is_even(&self, counters: &Counters) -> bool {
        counters.total() <= self.told.iter().sum()
    }

    /// The records of what was not told yet, and how to note that it was.
    pub(super) fn lines(&mut self, sink: &str, counters: &Counters) -> (&str, Told) {
        self.line.clear();
        let mut told = self.told;
        for (reason, told) in LossReason::ALL.into_iter().zip(&mut told) {
            let lost = counters.get(reason).saturating_sub(*told);
            if lost > 0 {
                let lines = if lost == 1 { "line was" } else { "lines were" };
                let human = format!("{lost} {lines} lost on their way to {sink}: {reason}");
                let note = Note { sink, reason: reason.name(), lines: lost };
                self.write(&human, &note);
                *told += lost;
            }
        }
        (&self.line, Told(told))
    }

    /// A record of torn lines that were found and taken away.
    pub(super) fn mended(&mut self, sink: &str, lines: u64) -> &str {
        self.line.clear();
        let human =
            format!("Took away the beginning of a line that a killed process left in {sink}");
        self.write(&human, &Note { sink, reason: "torn", lines });
        &self.line
    }

    /// Notes that those lines were written.
    pub(super) fn note(&mut self, told: Told) {
        self.told = told.0;
        self.last = Some(Instant::now());
    }

    fn write(&mut self, human: &str, note: &Note<'_>) {
        let mut fields = Fields::new(self.style);
        fields.str(FieldName::from("sink"), note.sink);
        fields.str(FieldName::from("reason"), note.reason);
        fields.u64(FieldName::from("lost"), note.lines);
        let head = Head {
            timestamp: self.clock.stamp(SystemTime::now()),
            level: Level::Warn,
            actor: &self.service,
            action: "log",
            declared: false,
            target: Some(TARGET),
            human,
        };
        write_line(&mut self.line, self.style, &head, None, &fields);
    }
}

/// What one record says besides its text.
struct Note<'a> {
    sink: &'a str,
    reason: &'a str,
    lines: u64,
}

/// How many lines of each reason will have been told.
#[derive(Clone, Copy)]
pub(super) struct Told([u64; LossReason::ALL.len()]);
