//! The layer that writes lines.
//!
//! In: events and spans from tracing. Out: one line an event, in one write.

mod tell;

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use narration_record::{Fields, Format, Style};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::inherited::{self, Lineage};
use super::stream::Streams;
use super::visit::Visitor;
use crate::context;
use crate::emit::current_origin;
use crate::redaction::{Policy, Rules};

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

    /// What must still be done to values: nothing, where the call site did it.
    fn rules_for(&self, narration: bool) -> Option<&'static Rules> {
        (!narration).then_some(self.rules)
    }

    /// Counts the lines that the writer refused. A [`Sink`](crate::Sink) refuses none: it
    /// keeps [`losses`](crate::Sink::losses) of its own.
    #[must_use]
    pub fn refused(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.lost)
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
