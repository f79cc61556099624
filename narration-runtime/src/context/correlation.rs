//! The context of one operation, as a value.
//!
//! In: an id, a trace, a vocabulary's fields, each given or made. Out: a value
//! that can be sent, kept and opened as a span, which hands all of it down.

use tracing::Span;

use super::field::{ContextField, crosses};
use super::{CorrelationId, Link, SpanId, TraceId, TraceParent, TraceState, carried, opened};
use crate::dynamic::{self, Fault, FieldValue};
use crate::taxonomy::Table;

/// The context of one operation: its correlation id, its place in a trace, and
/// fields that everything in it inherits.
///
/// A service begins one for each request or job and opens its span; all that is
/// narrated inside has the id, `trace_id` and `span_id`.
///
/// ```
/// use narration_runtime::{Correlation, CorrelationId, narrate};
///
/// # let _narration = narration_runtime::init!();
/// let request = Correlation::new();
/// request.span().in_scope(|| {
///     assert_eq!(CorrelationId::current().as_ref(), Some(request.id()));
///     narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
/// });
/// assert_eq!(CorrelationId::current(), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    pub(super) id: CorrelationId,
    pub(super) client_id: Option<CorrelationId>,
    pub(super) trace: Option<Trace>,
    pub(super) fields: Vec<ContextField>,
    pub(super) links: Vec<Link>,
}

/// Where in which trace an operation stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trace {
    pub(crate) trace_id: TraceId,
    /// The span above, here or in another process.
    pub(crate) parent: Option<SpanId>,
    /// The flags that this version of the specification knows.
    pub(crate) flags: u8,
    pub(crate) state: Option<TraceState>,
}

/// What is narrated is recorded.
const SAMPLED: u8 = 0b01;

/// The flags that are passed on: sampled, and that the trace id is random.
const KNOWN_FLAGS: u8 = 0b11;

impl Trace {
    /// A trace that begins here.
    pub(super) fn new() -> Self {
        Self { trace_id: TraceId::random(), parent: None, flags: SAMPLED, state: None }
    }

    /// The trace that a caller is in.
    pub(super) fn of(parent: TraceParent, state: Option<TraceState>) -> Self {
        Self {
            trace_id: parent.trace_id,
            parent: Some(parent.parent_id),
            flags: parent.flags & KNOWN_FLAGS,
            state,
        }
    }
}

impl Correlation {
    /// A new operation: a new id, and a new trace.
    #[must_use]
    pub fn new() -> Self {
        Self::with_id(CorrelationId::new())
    }

    /// An operation of this id, and a new trace.
    #[must_use]
    pub fn with_id(id: CorrelationId) -> Self {
        Self { trace: Some(Trace::new()), ..Self::without_trace(id) }
    }

    pub(super) fn without_trace(id: CorrelationId) -> Self {
        Self { id, client_id: None, trace: None, fields: Vec::new(), links: Vec::new() }
    }

    /// Goes on with a trace that came from outside, and with what other systems keep in it.
    #[must_use]
    pub fn with_trace(mut self, parent: TraceParent, state: Option<TraceState>) -> Self {
        self.trace = Some(Trace::of(parent, state));
        self
    }

    /// Keeps the id a client gave itself beside this operation's own, as `client_correlation_id`.
    #[must_use]
    pub fn with_client_id(mut self, id: CorrelationId) -> Self {
        self.client_id = Some(id);
        self
    }

    /// Hands a vocabulary's field down to everything inside. The value is made safe by the
    /// field's class. Names that are known while compiling go on a [`scope!`](crate::scope!)
    /// inside, which the compiler checks.
    ///
    /// ```no_run
    /// use narration_runtime::taxonomy::Table;
    /// use narration_runtime::{Correlation, Fault};
    ///
    /// /// The table is `narration_runtime::taxonomy!()` in a crate with a vocabulary.
    /// fn begin(table: &'static Table, pool: &str) -> Result<Correlation, Fault> {
    ///     Correlation::new().with_field(table, "pool_id", pool)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The vocabulary has no such field, the value is not of its type, or the context itself
    /// says what stands in this field.
    pub fn with_field<'v>(
        mut self,
        table: &'static Table,
        name: &str,
        value: impl Into<FieldValue<'v>>,
    ) -> Result<Self, Fault> {
        let (field, value) = dynamic::in_context(table, name, &value.into())?;
        self.fields.retain(|known| known.name != field.name);
        self.fields.push(ContextField {
            name: field.name,
            value,
            crosses: crosses(field.class),
            declared: true,
        });
        Ok(self)
    }

    /// Says what this operation leads back to: a link between the spans, and `caused_by` on
    /// everything inside.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Link>) -> Self {
        self.links.push(cause.into());
        self
    }

    /// The context of what happens here and now: that of the current span and those above it,
    /// or else the one this process was started in. Nothing where there is no correlation id.
    ///
    /// The span that is open now is the parent of whatever goes on from the value.
    #[must_use]
    pub fn current() -> Option<Self> {
        let mut found = Found::default();
        carried::each(|carried| found.add(carried));
        let mut correlation = Self::without_trace(found.id?);
        correlation.client_id = found.client_id;
        correlation.trace = found.trace;
        correlation.fields = found.fields;
        correlation.links = found.links;
        Some(correlation)
    }

    /// Opens the span of the operation, beneath the current one. Enter it, or give it to
    /// [`Instrument`](tracing::Instrument); it is silent itself.
    ///
    /// The span has an id of its own in the trace, another each time.
    #[must_use]
    pub fn span(&self) -> Span {
        opened::open(self)
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &CorrelationId {
        &self.id
    }

    /// The id that a client gave itself, where it was not adopted.
    #[must_use]
    pub fn client_id(&self) -> Option<&CorrelationId> {
        self.client_id.as_ref()
    }

    /// The trace.
    #[must_use]
    pub fn trace_id(&self) -> Option<TraceId> {
        Some(self.trace.as_ref()?.trace_id)
    }

    /// The span above, here or in another process, as a header says it. A new operation has none.
    #[must_use]
    pub fn trace_parent(&self) -> Option<TraceParent> {
        let Trace { trace_id, parent, flags, .. } = self.trace.as_ref()?;
        Some(TraceParent { trace_id: *trace_id, parent_id: (*parent)?, flags: *flags })
    }

    /// What other tracing systems keep with the trace.
    #[must_use]
    pub fn trace_state(&self) -> Option<&TraceState> {
        self.trace.as_ref()?.state.as_ref()
    }

    /// The fields handed down, each value already safe by its class.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &FieldValue<'static>)> {
        self.fields.iter().map(|field| (field.name, &field.value))
    }

    /// What this operation leads back to.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }
}

impl Default for Correlation {
    fn default() -> Self {
        Self::new()
    }
}

impl CorrelationId {
    /// The id of what happens here and now: that of the current span or the nearest above it
    /// that has one, or else the one this process was started with.
    #[must_use]
    pub fn current() -> Option<Self> {
        let mut id = None;
        carried::each(|carried| {
            id = carried.id.clone();
            id.is_some()
        });
        id
    }
}

/// The parts of the current context, as they are found on the way up.
#[derive(Default)]
struct Found {
    id: Option<CorrelationId>,
    client_id: Option<CorrelationId>,
    trace: Option<Trace>,
    fields: Vec<ContextField>,
    links: Vec<Link>,
    /// Whether the span was found where the operation begins: above it, only fields are inherited.
    begun: bool,
}

impl Found {
    /// Adds what a span carries. It goes on to the top, because fields come from all spans.
    fn add(&mut self, carried: &carried::Carried) -> bool {
        if !self.begun {
            self.links.extend_from_slice(&carried.links);
            self.id = self.id.take().or_else(|| carried.id.clone());
            self.client_id = self.client_id.take().or_else(|| carried.client_id.clone());
            let place = carried.trace.as_ref();
            self.trace = self.trace.take().or_else(|| place.map(carried::Place::continued));
        }
        self.begun |= carried.begins;
        for field in &carried.fields {
            if !self.fields.iter().any(|known| known.name == field.name) {
                self.fields.push(field.clone());
            }
        }
        false
    }
}
