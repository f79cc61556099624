//! One request whose story is being told.
//!
//! In: what becomes of the request. Out: exactly one outcome, whoever comes
//! first to know it: the handler, its error, its panic, the body, or whoever
//! drops one of them.

use std::any::Any;
use std::fmt::Display;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Instant;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body::Body;
use tracing::Span;

use super::asked::{Asked, RouteOf};
use super::ending::Ending;
use super::grpc;
use super::plan::Plan;
use super::supplied::Facts;
use super::upload::{self, Upload};
use crate::story::Failure;

/// A request between its start and its outcome; nothing where nobody listens, or all is told.
pub(super) struct Running(Option<Untold>);

/// A request whose outcome is still to be told.
struct Untold {
    plan: Arc<Plan>,
    /// The span the request came in; its last handle may be dropped anywhere.
    span: Span,
    asked: Asked,
    began: Instant,
    upload: Option<Upload>,
    status: Option<StatusCode>,
    /// How a gRPC call ended, and what that means.
    called: Option<(u32, Ending)>,
}

impl Running {
    /// Tells the start. The request is only looked at where somebody listens.
    pub(super) fn begin<B: 'static>(
        plan: &Arc<Plan>,
        request: &mut Request<B>,
        route_of: Option<&RouteOf>,
    ) -> Self {
        if !plan.enabled() {
            return Self(None);
        }
        let untold = Untold {
            plan: Arc::clone(plan),
            span: Span::current(),
            asked: Asked::of(request, route_of),
            began: Instant::now(),
            upload: upload::watch(request.body_mut()),
            status: None,
            called: None,
        };
        plan.begin(&untold.facts());
        Self(Some(untold))
    }

    /// Whether somebody waits for the outcome.
    pub(super) fn listened(&self) -> bool {
        self.0.is_some()
    }

    /// The response is there; tells the outcome at once if nothing of it is still to come. Says how
    /// many bytes its head promises, where that tells when it is handed over whole: behind a gRPC
    /// call's bytes come the trailers.
    pub(super) fn answered<B: Body>(&mut self, response: &Response<B>) -> Option<u64> {
        let untold = self.0.as_mut()?;
        let (status, body) = (response.status(), response.body());
        untold.status = Some(status);
        let mut promised = None;
        if untold.asked.grpc {
            untold.called(response.headers());
        } else {
            let length = response.headers().get(CONTENT_LENGTH);
            promised = length.and_then(|length| length.to_str().ok()?.parse().ok());
            promised = promised.or_else(|| body.size_hint().exact());
        }
        if untold.asked.has_no_body(status) || body.is_end_stream() || promised == Some(0) {
            self.finish();
        }
        promised
    }

    /// The trailers are there.
    pub(super) fn trailers(&mut self, trailers: &HeaderMap) {
        if let Some(untold) = self.0.as_mut().filter(|untold| untold.asked.grpc) {
            untold.called(trailers);
        }
    }

    /// The response was handed over whole.
    pub(super) fn finish(&mut self) {
        if let Some(mut untold) = self.0.take() {
            let ending = untold.answer();
            untold.end(&ending);
        }
    }

    /// The service, or the body, gave an error.
    pub(super) fn fail(&mut self, kind: &'static str, error: &dyn Display) {
        if let Some(untold) = self.0.take() {
            untold.end(&Ending::of_error(kind, error));
        }
    }

    /// The service, or the body, was dropped before its end.
    pub(super) fn give_up(&mut self) {
        let Some(untold) = self.0.take() else { return };
        let failed = untold.status.map(Ending::of_status);
        untold.end(&failed.filter(Ending::is_failure).unwrap_or(Ending::Cancelled));
    }

    /// Tells that the service, or the body, unwound, and lets it go on unwinding.
    pub(super) fn end_by(&mut self, panic: Box<dyn Any + Send>) -> ! {
        if let Some(untold) = self.0.take() {
            untold.end(&Ending::Panicked(Failure::of_panic(&*panic)));
        }
        resume_unwind(panic)
    }
}

impl Untold {
    fn facts(&self) -> Facts<'_> {
        Facts {
            method: self.asked.method,
            route: &self.asked.route,
            status: self.status.map(|status| status.as_u16()),
            grpc_status: self.called.as_ref().map(|(code, _)| *code),
        }
    }

    /// Keeps the status of a call, wherever it stands.
    fn called(&mut self, headers: &HeaderMap) {
        if let Some(code) = grpc::status(headers) {
            self.called = Some((code, Ending::of_call(code, headers)));
        }
    }

    /// What a response that was handed over whole says.
    fn answer(&mut self) -> Ending {
        if self.client_died() {
            return Ending::Cancelled;
        }
        let of_status = self.status.map_or(Ending::Ok, Ending::of_status);
        if of_status.is_failure() || !self.asked.grpc {
            return of_status;
        }
        match &mut self.called {
            Some((_, ending)) => std::mem::replace(ending, Ending::Ok),
            // A call without a status is one that the specification calls unknown.
            None => Ending::of_call(grpc::UNKNOWN, &HeaderMap::new()),
        }
    }

    /// Whether the client died while it sent: what was answered then was read by nobody. A body
    /// that is too large breaks off, too, but its client waits for the answer.
    fn client_died(&self) -> bool {
        self.status != Some(StatusCode::PAYLOAD_TOO_LARGE)
            && self.upload.as_ref().is_some_and(Upload::broke_off)
    }

    fn end(self, ending: &Ending) {
        let duration_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.in_scope(|| self.plan.end(&self.facts(), ending, duration_ms));
    }
}
