//! Every measurement by its name.
//!
//! In: nothing. Out: who listens, inside which span, and what is done once.
//! A name is `what/who`: cases that share their first half are peers.

use narration_runtime::Format;
use tracing::Span;

use crate::{Memory, Stack, calls, context, detector, request};

/// One thing that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// `what/who`.
    pub name: &'static str,
    /// Who listens.
    pub stack: Stack,
    /// What it happens inside of.
    pub span: Option<fn() -> Span>,
    /// What is done once.
    pub once: fn(),
}

const JSON: Stack = Stack::Narration(Format::Json);

/// All cases.
pub const ALL: &[Case] = &[
    case("off-nobody/narrate", Stack::Nobody, calls::admission),
    case("off-nobody/tracing", Stack::Nobody, calls::admission_tracing),
    case("off-level/narrate", Stack::Level, calls::admission),
    case("off-level/tracing", Stack::Level, calls::admission_tracing),
    case("off-directive/narrate", Stack::Directive, calls::admission),
    case("off-directive/tracing", Stack::Directive, calls::admission_tracing),
    case("off-locals/narrate", Stack::Level, calls::locals),
    case("off-locals/tracing", Stack::Level, calls::locals_tracing),
    case("off-locals/nothing", Stack::Level, calls::locals_alone),
    case("no-op/narrate", Stack::NoOp, calls::admission),
    case("no-op/tracing", Stack::NoOp, calls::admission_tracing),
    case("on/narrate", JSON, calls::admission),
    case("on/tracing", Stack::TracingJson, calls::admission_tracing),
    within("on-in-span/narrate", JSON, calls::inside),
    within("on-in-span/tracing", Stack::TracingJson, calls::inside_tracing),
    within("on-in-span/tracing-current-span", Stack::TracingJsonCurrentSpan, calls::inside_tracing),
    inside("in-context/narrate", JSON, context::operation, calls::inside),
    inside(
        "in-context/tracing",
        Stack::TracingJson,
        context::operation_tracing,
        calls::inside_tracing,
    ),
    inside("fn-in-context/narrated", JSON, context::operation, calls::download),
    inside(
        "fn-in-context/instrument",
        Stack::TracingJson,
        context::operation_tracing,
        calls::download_tracing,
    ),
    case("context-open/narration", JSON, context::open),
    case("context-open/tracing", Stack::TracingJson, context::open_tracing),
    inside("scope-open/narration", JSON, context::operation, context::handed_down),
    inside(
        "scope-open/tracing",
        Stack::TracingJson,
        context::operation_tracing,
        context::handed_down_tracing,
    ),
    inside("context-id/narration", JSON, context::operation, context::current_id),
    case("context-passed-on/narration", JSON, context::passed_on),
    case("on-recorded/narrate", Stack::Recorded, calls::admission),
    case("on-recorded/unrecorded", JSON, calls::admission),
    inside("in-context-recorded/narrate", Stack::Recorded, context::operation, calls::inside),
    inside("in-context-recorded/unrecorded", JSON, context::operation, calls::inside),
    case("on-text/narrate", JSON, calls::remark),
    case("on-text/tracing", Stack::TracingJson, calls::remark_tracing),
    alone("detector-45/narration", detector::short),
    alone("detector-45/six-expressions", detector::short_six),
    alone("detector-45/alternation", detector::short_one),
    alone("detector-128/narration", detector::clean),
    alone("detector-128/six-expressions", detector::clean_six),
    alone("detector-128/alternation", detector::clean_one),
    alone("detector-128/copying", detector::copy),
    alone("detector-near/narration", detector::near),
    alone("detector-near/six-expressions", detector::near_six),
    alone("detector-near/alternation", detector::near_one),
    alone("detector-secret/narration", detector::secret),
    alone("detector-secret/six-expressions", detector::secret_six),
    alone("detector-secret/alternation", detector::secret_one),
    alone("detector-bulk/narration", detector::bulk),
    alone("detector-bulk/six-expressions", detector::bulk_six),
    alone("detector-bulk/alternation", detector::bulk_one),
    alone("detector-ordinary/narration", detector::ordinary),
    alone("detector-names/narration", detector::names),
    alone("detector-slashes/narration", detector::slashes),
    alone("detector-tokens/narration", detector::tokens),
    alone("detector-operators/narration", detector::operators),
    alone("detector-judged/narration", detector::judged),
    alone("detector-prefixes/narration", detector::prefixes),
    case("fn-off/narrated", Stack::Level, calls::download),
    case("fn-off/instrument", Stack::Level, calls::download_tracing),
    case("fn-on/narrated", JSON, calls::download),
    case("fn-on/instrument", Stack::TracingJson, calls::download_tracing),
    case("request/bare", JSON, request::bare),
    case("request/context", JSON, request::context),
    case("request/told", JSON, request::told_too),
    case("format/json", JSON, calls::admission),
    case("format/logfmt", Stack::Narration(Format::Logfmt), calls::admission),
    case("format/pretty", Stack::Narration(Format::Pretty), calls::admission),
    case("format/story", Stack::Narration(Format::Story), calls::admission),
];

const fn case(name: &'static str, stack: Stack, once: fn()) -> Case {
    Case { name, stack, span: None, once }
}

const fn alone(name: &'static str, once: fn()) -> Case {
    case(name, Stack::Nobody, once)
}

const fn within(name: &'static str, stack: Stack, once: fn()) -> Case {
    inside(name, stack, calls::request, once)
}

const fn inside(name: &'static str, stack: Stack, span: fn() -> Span, once: fn()) -> Case {
    Case { name, stack, span: Some(span), once }
}

impl Case {
    /// The case of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|case| case.name == name)
    }

    /// What is measured, without who does it.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(group, _)| group)
    }

    /// Runs `work` with the case's listener, on this thread, inside its span.
    pub fn scoped<R>(&self, sink: &Memory, work: impl FnOnce() -> R) -> R {
        let work = || self.in_span(work);
        match self.stack.dispatch(sink) {
            None => work(),
            Some(dispatch) => tracing::dispatcher::with_default(&dispatch, work),
        }
    }

    /// Does it `times` times with the case's listener installed for the whole process, as a
    /// service has it. Where another listener is installed already, that one stays.
    pub fn repeat(&self, times: u64) {
        if let Some(dispatch) = self.stack.dispatch(&Memory::default()) {
            let _ = tracing::dispatcher::set_global_default(dispatch);
        }
        self.in_span(|| {
            for _ in 0..times {
                (self.once)();
            }
        });
    }

    fn in_span<R>(&self, work: impl FnOnce() -> R) -> R {
        self.span.map_or_else(Span::none, |open| open()).in_scope(work)
    }
}
