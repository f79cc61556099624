//! What a listing of requests needs of an event: in goes an event, out come its ids, its ends and
//! a fingerprint, all of them borrowed.

use std::hash::BuildHasher;

use narration_record::{Level, Value};

use super::bytes::put;
use super::{Event, Nanos, Place};

/// The little that a listing needs of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glimpse<'a> {
    /// Where it stands.
    pub place: Place,
    /// When it happened, where the line says so.
    pub time: Option<Nanos>,
    /// How bad it is.
    pub level: Level,
    /// Who did it.
    pub actor: &'a str,
    /// What was done.
    pub action: &'a str,
    /// The id of the request.
    pub correlation_id: Option<&'a str>,
    /// The session of the request.
    pub session_id: Option<&'a str>,
    /// The trace of the request.
    pub trace_id: Option<&'a str>,
    /// How an operation ended, where this event tells it.
    pub outcome: Option<&'a str>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<f64>,
    /// The same for events that tell the very same; different for others, but for chance.
    pub print: u64,
}

impl<'a> Glimpse<'a> {
    /// Looks at an event; `prints` makes the fingerprint.
    #[must_use]
    pub fn of(event: &'a Event, prints: &impl BuildHasher) -> Self {
        let mut print = Print::default();
        print.head(event.level, &event.actor, &event.action, event.target(), event.human());
        event.fields().for_each(|(name, value)| print.field(name, &value));
        Self {
            place: event.place(),
            time: event.time(),
            level: event.level,
            actor: &event.actor,
            action: &event.action,
            correlation_id: event.correlation_id(),
            session_id: event.text("session_id"),
            trace_id: event.text("trace_id"),
            outcome: event.outcome(),
            duration_ms: event.number("duration_ms"),
            print: print.finish(prints),
        }
    }
}

/// Everything an event says but its time, to be made a fingerprint of.
#[derive(Debug, Default)]
pub(super) struct Print(Vec<u8>);

impl Print {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn head(
        &mut self,
        level: Level,
        actor: &str,
        action: &str,
        target: Option<&str>,
        human: &str,
    ) {
        self.0.push(level as u8);
        put::text(&mut self.0, actor);
        put::text(&mut self.0, action);
        self.0.push(u8::from(target.is_some()));
        target.into_iter().for_each(|target| put::text(&mut self.0, target));
        put::text(&mut self.0, human);
    }

    pub(super) fn field(&mut self, name: &str, value: &Value) {
        put::text(&mut self.0, name);
        put::value(&mut self.0, value);
    }

    /// The same as [`Print::field`] for a string that is still borrowed.
    pub(super) fn string(&mut self, name: &str, value: &str) {
        put::text(&mut self.0, name);
        put::string(&mut self.0, value);
    }

    pub(super) fn finish(&self, prints: &impl BuildHasher) -> u64 {
        prints.hash_one(self.0.as_slice())
    }
}
