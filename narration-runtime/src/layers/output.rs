//! The layer that writes lines.
//!
//! In: events and spans from tracing. Out: one line an event, in one write.

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use narration_record::{Fields, Format, Head, Level, Style, write_line};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event, Metadata, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::buffers::Buffers;
use super::inherited::{self, Inherited, Lineage};
use super::logged;
use super::sampling::deferred::{self, Way};
use super::stream::Streams;
use super::visit::{self, Visitor, builtin_name};
use crate::context;
use crate::emit::{HEAD, Origin, current_origin, first_to_look, moment};
use crate::redaction::{Policy, Rules};

/// The place of `correlation_id` among the built-in fields.
const ID_RANK: u8 = 0;

/// The action of an event that no vocabulary knows.
const LOG: &str = "log";

/// Writes every event as one record.
///
/// Made by [`layer`]; goes on top of `tracing_subscriber`'s registry, beside
/// any other layer. For a service without a stack of its own, [`init!`](crate::init)
/// is shorter.
pub struct Layer<W = fn() -> io::Stdout> {
    style: Style,
    service: Cow<'static, str>,
    writer: W,
    provenance: bool,
    rules: &'static Rules,
    lineage: Lineage,
    lost: Arc<AtomicU64>,
    streams: Streams,
}

/// A layer that writes JSON lines to standard output.
///
/// ```
/// use tracing_subscriber::prelude::*;
///
/// let layer = narration_runtime::layer().with_service("pool-managerd");
/// let stack = tracing_subscriber::registry().with(layer);
/// # let _ = stack;
/// ```
#[must_use]
pub fn layer() -> Layer {
    Layer {
        style: Style { format: Format::Json, colour: false },
        service: Cow::Borrowed("service"),
        writer: io::stdout,
        provenance: false,
        rules: Rules::standard(),
        lineage: Lineage::default(),
        lost: Arc::default(),
        streams: Streams::new(),
    }
}

impl<W> Layer<W> {
    /// Writes lines of this format.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.style.format = format;
        self
    }

    /// Whether `pretty` uses colours.
    #[must_use]
    pub fn with_colour(mut self, colour: bool) -> Self {
        self.style.colour = colour;
        self
    }

    /// The actor of events that are no narrations, which are other crates'.
    #[must_use]
    pub fn with_service(mut self, service: impl Into<Cow<'static, str>>) -> Self {
        self.service = service.into();
        self
    }

    /// Whether each record says which crate and which line of source it comes from
    /// (`emitted_by`, `source_location`).
    #[must_use]
    pub fn with_provenance(mut self, provenance: bool) -> Self {
        self.provenance = provenance;
        self
    }

    /// What becomes of other crates' texts: the `[redaction]` of a vocabulary, as
    /// [`taxonomy!`](crate::taxonomy!) has it. Narrations bring their own.
    #[must_use]
    pub fn with_policy(mut self, policy: Option<&'static Policy>) -> Self {
        self.rules = policy.map_or_else(Rules::standard, Rules::of);
        self
    }

    /// Offers every line to the readers of these streams, too. Not in the format `story`,
    /// which knows no fields.
    #[must_use]
    pub fn with_streams(mut self, streams: Streams) -> Self {
        self.streams = streams;
        self
    }

    /// Writes elsewhere: anything `tracing_subscriber` can write to. A line is one `write_all`.
    #[must_use]
    pub fn with_writer<V>(self, writer: V) -> Layer<V>
    where
        V: for<'w> MakeWriter<'w> + 'static,
    {
        let Self { style, service, provenance, rules, lineage, lost, streams, .. } = self;
        Layer { style, service, writer, provenance, rules, lineage, lost, streams }
    }

    /// Hands this down to every span and event that has nothing above it.
    pub(crate) fn rooted(mut self, root: Option<&context::Carried>) -> Self {
        self.lineage.root = root.map(|root| {
            let mut fields = Fields::new(self.style);
            root.write(&mut fields);
            fields
        });
        self
    }

    /// What lines are written to.
    pub(crate) fn writer(&self) -> &W {
        &self.writer
    }

    /// Counts the lines that the writer refused. A [`Sink`](crate::Sink) refuses none: it
    /// keeps [`losses`](crate::Sink::losses) of its own.
    #[must_use]
    pub fn refused(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.lost)
    }

    /// What must still be done to values: nothing, where the call site did it.
    fn rules_for(&self, narration: bool) -> Option<&'static Rules> {
        (!narration).then_some(self.rules)
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
}

impl<W: for<'w> MakeWriter<'w>> Layer<W> {
    fn write(&self, metadata: &Metadata<'_>, line: &str) {
        if self.writer.make_writer_for(metadata).write_all(line.as_bytes()).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Visits an event into the buffers and writes it.
    fn tell<S>(&self, event: &Event<'_>, context: &Context<'_, S>)
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

/// Whether an event is a narration of another copy of this crate: the head gives it away.
pub(crate) fn is_narration(metadata: &Metadata<'_>) -> bool {
    metadata.fields().len() >= HEAD.len()
        && metadata.fields().iter().zip(HEAD).all(|(field, name)| field.name() == name)
}

pub(crate) fn level(metadata: &Metadata<'_>) -> Level {
    match *metadata.level() {
        tracing_core::Level::TRACE => Level::Trace,
        tracing_core::Level::DEBUG => Level::Debug,
        tracing_core::Level::INFO => Level::Info,
        tracing_core::Level::WARN => Level::Warn,
        tracing_core::Level::ERROR => Level::Error,
    }
}

impl<S, W> tracing_subscriber::Layer<S> for Layer<W>
where
    S: Subscriber + for<'r> LookupSpan<'r>,
    W: for<'w> MakeWriter<'w> + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let (mut fields, mut value) = (Fields::new(self.style), String::new());
        let origin = current_origin(attributes.metadata());
        let declared = origin.is_some();
        let rules = self.rules_for(declared);
        attributes.record(&mut Visitor {
            fields: &mut fields,
            value: &mut value,
            head: None,
            declared,
            rules,
        });
        context::keep(&span, attributes, origin, self.rules);
        context::show(&span, &mut fields);
        inherited::keep(&span, fields, self.style.format, &self.lineage);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let (mut fields, mut value) = (Fields::new(self.style), String::new());
        let (declared, rules) = (false, Some(self.rules));
        values.record(&mut Visitor {
            fields: &mut fields,
            value: &mut value,
            head: None,
            declared,
            rules,
        });
        context::record(&span, values, self.rules);
        inherited::record(&span, &fields, self.style, &self.lineage);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        self.tell(event, &context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_the_first_of_all_fields() {
        assert_eq!(crate::builtin::rank("correlation_id"), ID_RANK);
    }
}
