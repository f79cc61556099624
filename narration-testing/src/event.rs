//! One narration of a story.
//!
//! In: a line, as a sink would have it. Out: its values, where it was told, and
//! whether production would have heard it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use narration_record::{Level, Record, Value};
use tracing_core::Metadata;
use tracing_subscriber::filter::Targets;

use crate::recording::Site;
#[cfg(feature = "story-snapshots")]
use crate::strand::Strands;

/// The field of cucumber's own span, which everything inside of it inherits.
pub(crate) const SCENARIO: &str = "__cucumber_scenario_id";

/// One narration, or one event of another crate (its action is then `log`).
///
/// Its [`Record`] is what the line says: `event.actor`, `event.human`,
/// `event.field("pool_id")`.
#[derive(Clone)]
pub struct Event {
    record: Arc<Record>,
    site: Site,
    filtered: bool,
}

/// A line that is no record: what else a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherLine {
    /// The line.
    pub line: String,
    /// Why it is no record.
    pub reason: String,
}

impl Event {
    /// Reads a line.
    pub(crate) fn read(line: &str, site: Site, filter: &Targets) -> Result<Self, OtherLine> {
        match narration_record::read(line) {
            Ok(mut record) => {
                // The harness's, and not the service's.
                record.fields.retain(|(key, _)| key != SCENARIO);
                let filtered = !passes(&record, filter);
                Ok(Self { record: Arc::new(record), site, filtered })
            }
            Err(error) => {
                let line = line.trim_end_matches(['\r', '\n']).to_owned();
                Err(OtherLine { line, reason: error.to_string() })
            }
        }
    }

    /// The same event as another filter has it.
    pub(crate) fn refilter(&mut self, filter: &Targets) {
        self.filtered = !passes(&self.record, filter);
    }

    /// What the line says.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The id of the request it belongs to.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.field("correlation_id").and_then(Value::as_str)
    }

    /// How it ended: `ok`, `failed`, `cancelled`, `panicked`; nothing where nothing ended.
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        self.field("outcome").and_then(Value::as_str)
    }

    /// Whether the filter of production keeps it out of the log, see
    /// [`Story::production_filter`](crate::Story::production_filter).
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.filtered
    }

    /// Whether it tells of a failure: its outcome is `failed` or `panicked`, or its level `error`.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self.outcome(), Some("failed" | "panicked")) || self.level == Level::Error
    }

    /// The source file and line (from 1) it was told at; nothing for what was read from a log.
    #[must_use]
    pub fn place(&self) -> Option<(&'static str, u32)> {
        let site = self.site.metadata?;
        Some((site.file()?, site.line()?))
    }

    /// What tracing knows of the place it was told at; nothing for what was read from a log.
    #[must_use]
    pub fn metadata(&self) -> Option<&'static Metadata<'static>> {
        self.site.metadata
    }

    /// The strand of work it was told in; nothing for what was read from a log.
    #[cfg(feature = "story-snapshots")]
    pub(crate) fn strands(&self) -> Option<Strands> {
        self.site.strands
    }

    /// A value by its key: a field, or one of the head's keys (`actor`, `target`, `human`, …).
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Value> {
        let head = match key {
            "timestamp" => self.timestamp.to_string(),
            "level" => self.level.to_string(),
            "actor" => self.actor.clone(),
            "action" => self.action.clone(),
            "target" => self.target.clone()?,
            "human" => self.human.clone(),
            _ => return self.field(key).cloned(),
        };
        Some(Value::Str(head))
    }
}

impl Deref for Event {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(f)
    }
}

/// Whether a filter lets a record through, by what `RUST_LOG` filters by: `actor::action` for a
/// narration, the tracing target for other crates' events.
fn passes(record: &Record, filter: &Targets) -> bool {
    let level = match record.level {
        Level::Trace => tracing_core::Level::TRACE,
        Level::Debug => tracing_core::Level::DEBUG,
        Level::Info => tracing_core::Level::INFO,
        Level::Warn => tracing_core::Level::WARN,
        Level::Error => tracing_core::Level::ERROR,
    };
    let foreign = (record.action == "log").then_some(record.target.as_deref()).flatten();
    match foreign {
        Some(target) => filter.would_enable(target, &level),
        None => filter.would_enable(&format!("{}::{}", record.actor, record.action), &level),
    }
}
