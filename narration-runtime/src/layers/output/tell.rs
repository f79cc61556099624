//! One event, as a line.
//!
//! In: an event of tracing, with what its spans hand down. Out: the record in
//! the layer's buffers, then at its writer, its streams, or held back.

use std::io::Write as _;
use std::sync::atomic::Ordering;

use narration_record::{Fields, Format, Head, write_line};
use tracing_core::{Event, Metadata, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::Layer;
use crate::context;
use crate::emit::{Origin, current_origin, first_to_look, moment};
use crate::layers::buffers::Buffers;
use crate::layers::inherited::{self, Inherited};
use crate::layers::logged;
use crate::layers::metadata::{is_narration, level};
use crate::layers::sampling::deferred::{self, Way};
use crate::layers::visit::{self, Visitor, builtin_name};
use crate::redaction::Rules;

/// The place of `correlation_id` among the built-in fields.
const ID_RANK: u8 = 0;

/// The action of an event that no vocabulary knows.
const LOG: &str = "log";

impl<W: for<'w> MakeWriter<'w>> Layer<W> {
    fn write(&self, metadata: &Metadata<'_>, line: &str) {
        if self.writer.make_writer_for(metadata).write_all(line.as_bytes()).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Visits an event into the buffers and writes it.
    pub(super) fn tell<S>(&self, event: &Event<'_>, context: &Context<'_, S>)
    where
        S: Subscriber + for<'r> LookupSpan<'r>,
    {
        let origin = current_origin(event.metadata());
        let narration = origin.is_some() || is_narration(event.metadata());
        let logged = if narration { None } else { logged::metadata(event) };
        let metadata = logged.as_ref().unwrap_or(event.metadata());
        let mut buffers = Buffers::take(self.style);
        let Buffers { message, target, fields, value, line, clock } = &mut *buffers;
        let head = visit::Head { message, target, narration, logged: logged.is_some() };
        // No span is locked meanwhile: the values' own code may narrate.
        // What only looks like a narration was made safe by nobody we know.
        let declared = origin.is_some();
        let rules = self.rules_for(declared);
        event.record(&mut Visitor { fields, value, head: Some(head), declared, rules });
        if self.provenance {
            self.provenance(fields, value, metadata, origin);
        }
        let way = deferred::way(event);
        if way != Way::Told {
            fields.str(builtin_name("sampled"), "tail");
        }
        let (actor, action) = self.who(metadata, origin, narration);
        let foreign = if narration { None } else { Some(metadata.target()) };
        let safe = logged.as_ref().and_then(|metadata| safe_target(rules, metadata));
        let foreign = safe.as_deref().or(foreign);
        let target = foreign.or((!target.is_empty()).then_some(target.as_str()));
        let timestamp = clock.stamp(moment(origin));
        let head = Head {
            timestamp,
            level: level(metadata),
            actor,
            action,
            declared,
            target,
            human: message,
        };
        self.with_inherited(event, context, |inherited| {
            write_line(line, self.style, &head, inherited, fields);
            if way != Way::Kept {
                self.streams.offer(self.style, line, inherited, fields);
            }
            if let Some(origin) = origin.filter(|_| self.lacks_id(inherited, fields)) {
                lost(origin);
            }
        });
        match way {
            Way::Kept => deferred::keep(line),
            Way::Told | Way::Marked => self.write(metadata, line),
        }
        buffers.give_back(self.style);
    }

    fn provenance(
        &self,
        fields: &mut Fields,
        value: &mut String,
        metadata: &Metadata<'_>,
        origin: Option<&Origin>,
    ) {
        if let Some(origin) = origin {
            fields.str(builtin_name("emitted_by"), origin.emitted_by);
        }
        if let (Some(file), Some(line)) = (metadata.file(), metadata.line()) {
            value.clear();
            let _ = std::fmt::Write::write_fmt(value, format_args!("{file}:{line}"));
            fields.str(builtin_name("source_location"), value);
        }
    }

    /// Whether a line has no correlation id. That is the first of all fields.
    #[inline]
    fn lacks_id(&self, inherited: Option<&Fields>, own: &Fields) -> bool {
        let has = |fields: &Fields| fields.lowest_rank() == Some(ID_RANK);
        !(inherited.is_some_and(has) || has(own)) && self.style.format != Format::Story
    }

    /// Looks at what the event's span hands down.
    fn with_inherited<S>(
        &self,
        event: &Event<'_>,
        context: &Context<'_, S>,
        look: impl FnOnce(Option<&Fields>),
    ) where
        S: Subscriber + for<'r> LookupSpan<'r>,
    {
        let Some(span) = context.event_span(event) else { return look(self.lineage.root.as_ref()) };
        let format = self.style.format;
        let current = span.extensions();
        if let Some(fields) =
            current.get::<Inherited>().and_then(|kept| kept.get(format, &self.lineage))
        {
            return look(Some(fields));
        }
        drop(current);
        inherited::refresh(&span, format, &self.lineage);
        look(span.extensions().get::<Inherited>().and_then(|kept| kept.latest(format)));
    }

    /// Actor and action: the site's own, else what a narration's tracing target says, else ours.
    fn who<'a>(
        &'a self,
        metadata: &'a Metadata<'_>,
        origin: Option<&'static Origin>,
        narration: bool,
    ) -> (&'a str, &'a str) {
        if let Some(origin) = origin {
            return (origin.actor, origin.action);
        }
        let named = metadata.target().split_once("::").filter(|_| narration);
        named.unwrap_or((&self.service, LOG))
    }
}

/// Counts a narration without an id, for the first of several layers alone.
#[cold]
fn lost(origin: &'static Origin) {
    if first_to_look() {
        context::count_uncorrelated(origin);
    }
}

/// The target of a line of `log`, which may have been put together at run time.
#[cold]
fn safe_target(rules: Option<&Rules>, metadata: &Metadata<'_>) -> Option<String> {
    rules.map(|rules| visit::made_safe(rules, "", metadata.target()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_the_first_of_all_fields() {
        assert_eq!(crate::builtin::rank("correlation_id"), ID_RANK);
    }
}
