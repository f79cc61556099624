//! What is told of requests.
//!
//! In: a table, an actor, an action. Out: one narration for the start and one
//! for each outcome, checked before the first request comes; then those
//! narrations, filled with what is known of each request.

use super::draft;
use super::ending::Ending;
use super::error::StoryError;
use super::supplied::{Facts, Supplied};
use crate::FieldValue;
use crate::dynamic::Prepared;
use crate::story::Failure;
use crate::taxonomy::{Field, Table};

/// Everything that may be told of a request.
pub(super) struct Plan {
    start: Telling,
    ok: Telling,
    failed: Telling,
    cancelled: Telling,
    panicked: Telling,
    outcome: Option<OutcomeFields>,
}

/// One narration, and the fields that are filled.
pub(super) struct Telling {
    pub(super) prepared: Prepared,
    pub(super) supplied: Vec<Supplied>,
}

/// The built-in fields of an outcome.
#[derive(Clone, Copy)]
struct OutcomeFields {
    outcome: &'static Field,
    error: &'static Field,
    error_kind: &'static Field,
    duration_ms: &'static Field,
}

impl Plan {
    /// Checks all narrations.
    pub(super) fn new(
        table: &'static Table,
        actor: &str,
        action: &str,
    ) -> Result<Self, StoryError> {
        let [start, ok, failed, cancelled, panicked] = draft::checked(table, actor, action)
            .map_err(|faults| StoryError {
                actor: actor.to_owned(),
                action: action.to_owned(),
                faults,
            })?;
        Ok(Self { start, ok, failed, cancelled, panicked, outcome: OutcomeFields::of(table) })
    }

    /// Whether anybody wants to hear any of it.
    pub(super) fn enabled(&self) -> bool {
        [&self.start, &self.ok, &self.failed, &self.cancelled, &self.panicked]
            .into_iter()
            .any(|telling| telling.prepared.enabled())
    }

    /// Tells that a request came in.
    pub(super) fn begin(&self, facts: &Facts<'_>) {
        self.start.tell(facts, []);
    }

    /// Tells how it ended.
    pub(super) fn end(&self, facts: &Facts<'_>, ending: &Ending, duration_ms: u64) {
        let (telling, outcome, failure) = match ending {
            Ending::Ok => (&self.ok, "ok", None),
            Ending::Failed(failure) => (&self.failed, "failed", Some(failure)),
            Ending::Cancelled => (&self.cancelled, "cancelled", None),
            Ending::Panicked(failure) => (&self.panicked, "panicked", Some(failure)),
        };
        let known = self.outcome.map(|fields| fields.values(outcome, failure, duration_ms));
        telling.tell(facts, known.into_iter().flatten().flatten());
    }
}

impl Telling {
    fn tell<'f>(
        &self,
        facts: &Facts<'f>,
        known: impl IntoIterator<Item = (&'static Field, FieldValue<'f>)>,
    ) {
        if self.prepared.enabled() {
            let supplied = self.supplied.iter();
            let supplied = supplied.filter_map(|one| Some((one.field, one.value(facts)?)));
            self.prepared.tell(supplied.chain(known));
        }
    }
}

impl OutcomeFields {
    fn of(table: &'static Table) -> Option<Self> {
        Some(Self {
            outcome: table.field("outcome")?,
            error: table.field("error")?,
            error_kind: table.field("error_kind")?,
            duration_ms: table.field("duration_ms")?,
        })
    }

    fn values<'f>(
        self,
        outcome: &'static str,
        failure: Option<&'f Failure>,
        duration_ms: u64,
    ) -> [Option<(&'static Field, FieldValue<'f>)>; 4] {
        [
            Some((self.outcome, outcome.into())),
            failure.map(|failure| (self.error, failure.error.as_str().into())),
            failure.map(|failure| (self.error_kind, failure.kind.as_str().into())),
            Some((self.duration_ms, duration_ms.into())),
        ]
    }
}
