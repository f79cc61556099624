//! A `#[narrated]` fn: its span, its start, and exactly one outcome.
//!
//! In: the fn's static [`StorySite`] and the values of its arguments. Out: a
//! narration of the start, a span around the body, and one narration of how it
//! ended, whichever way that was.

mod captured;
mod ending;
mod failure;
mod future;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Instant;

use tracing::Span;
use tracing_core::Level;

use crate::emit::Site;
use crate::value::Value;

pub use failure::{
    ByDebug, ByDeref, ByDisplay, ByDyn, ByDynSync, ByError, ByName, BySystem, Cause, Failure,
    Outcome, Returned,
};
pub use future::Told;

pub(crate) use failure::chain;

use captured::Captured;
use ending::Ending;

/// The static half of a `#[narrated]` fn.
pub struct StorySite {
    /// The span around the body.
    pub span: &'static Site,
    /// Told before the body runs. Its values are the captured ones.
    pub start: &'static Site,
    /// Told when it returned. Its values: `outcome`, `duration_ms`, then the captured ones.
    pub ok: &'static Site,
    /// Told when it returned an error. Its values: `outcome`, `error`,
    /// `error_kind`, `duration_ms`, then the captured ones.
    pub failed: &'static Site,
    /// Told when it was dropped before its end, with the values of `ok`.
    pub cancelled: &'static Site,
    /// Told when it unwound, with the values of `failed`: the panic's message is its error.
    pub panicked: &'static Site,
}

/// One run of a `#[narrated]` fn; silent when nobody listens.
pub struct Story(Option<Running>);

/// One run that somebody listens to.
struct Running {
    site: &'static StorySite,
    span: Span,
    captured: Captured,
    began: Instant,
}

impl StorySite {
    /// Whether anybody wants to hear the span or any of the tellings.
    #[inline(always)]
    pub fn enabled(&'static self) -> bool {
        self.span.enabled(Level::ERROR)
            || (Level::ERROR <= tracing::level_filters::STATIC_MAX_LEVEL && self.any())
    }

    /// A filter may name one outcome alone.
    fn any(&'static self) -> bool {
        [self.start, self.ok, self.failed, self.cancelled, self.panicked]
            .into_iter()
            .any(Site::heard)
    }

    /// Opens the span with the fields in `values`, keeps them all for the
    /// texts to come, and tells the start.
    pub fn begin(&'static self, values: &[Value<'_>]) -> Story {
        let (span, captured) = Captured::open(self.span, values);
        let running = Running { site: self, span, captured, began: Instant::now() };
        running.span.in_scope(|| running.captured.tell(self.start, &[]));
        Story(Some(running))
    }
}

impl Story {
    /// The run of a fn nobody listens to.
    #[inline]
    pub fn silent() -> Self {
        Self(None)
    }

    /// Runs the body of a fn inside its span and tells how it ended.
    pub fn run<R>(self, body: impl FnOnce() -> R, failed: impl FnOnce(&R) -> Option<Failure>) -> R {
        let Some(running) = self.0 else { return body() };
        let span = running.span.clone();
        let _entered = span.enter();
        // The error's words are the caller's code, too, and may unwind.
        let watched = watched(|| {
            let returned = body();
            let failure = failed(&returned);
            (returned, failure)
        });
        match watched {
            Ok((returned, failure)) => {
                running.end(&Ending::of(failure));
                returned
            }
            Err(panic) => running.end_by(panic),
        }
    }

    /// Runs the body of an async fn inside its span and tells how it ended.
    pub fn follow<F, I>(self, body: F, failed: I) -> Told<F, I>
    where
        F: Future,
        I: FnOnce(&F::Output) -> Option<Failure>,
    {
        Told::new(self.0, body, failed)
    }
}

impl Running {
    /// Tells the outcome. To be called inside the span.
    fn end(self, ending: &Ending) {
        ending.tell(self.site, &self.captured, self.began.elapsed());
    }

    /// Tells that the body unwound, and lets it go on unwinding.
    fn end_by(self, panic: Box<dyn Any + Send>) -> ! {
        self.end(&Ending::Panicked(Failure::of_panic(&*panic)));
        resume_unwind(panic)
    }
}

/// Runs something that may unwind. Whoever calls this hands a panic on, so that
/// nobody ever sees what was left half done.
pub(crate) fn watched<R>(body: impl FnOnce() -> R) -> Result<R, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(body))
}
