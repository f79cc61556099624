//! The one subscriber of a test process.
//!
//! In: nothing, or a service's own stack. Out: a process in which every
//! narration finds its capture.

use std::borrow::Cow;
use std::sync::Once;

use narration_runtime::__private::Captured;
use tracing_core::{Subscriber, dispatcher};
use tracing_subscriber::prelude::*;
use tracing_subscriber::registry::LookupSpan;

use crate::coverage;
use crate::line::Line;
use crate::router::Router;

/// What captures hear by, for a service that installs a subscriber of its own.
///
/// [`capture`](crate::capture()) installs a subscriber for the whole process. Where
/// the service has installed one already, that has to include this layer:
///
/// ```
/// use tracing_subscriber::prelude::*;
///
/// let stack = tracing_subscriber::registry()
///     .with(tracing_subscriber::fmt::layer().with_test_writer())
///     .with(narration_testing::layer());
/// tracing::subscriber::set_global_default(stack)?;
///
/// let story = narration_testing::capture();
/// tracing::info!("heard by both");
/// story.assert_narration_includes("heard by both");
/// # Ok::<(), tracing::subscriber::SetGlobalDefaultError>(())
/// ```
///
/// Filter the other layers (`.with_filter(…)`) rather than the whole stack: a
/// filter beneath this layer hides from the tests what it hides from the log.
pub fn layer<S>() -> impl tracing_subscriber::Layer<S> + Send + Sync + 'static
where
    S: Subscriber + for<'l> LookupSpan<'l>,
{
    // The writer before the router, which takes the line it has written. The recording first of
    // all: no recording is a layer that is off, and must not be asked for everybody.
    let lines = narration_runtime::layer().with_service(service()).with_writer(Line);
    let heard = tracing_subscriber::Layer::<S>::and_then(coverage::recording().cloned(), lines);
    // By the last of them a service that sets itself up in a test knows that it is heard.
    heard.and_then(Router).and_then(Captured)
}

/// The actor of other crates' events, which is the package's name, as with `init!()`.
pub(crate) fn service() -> Cow<'static, str> {
    std::env::var("CARGO_PKG_NAME").map_or(Cow::Borrowed("service"), Cow::Owned)
}

/// Installs the subscriber once; says whether captures can hear on this thread.
pub(crate) fn installed() -> bool {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let stack = tracing_subscriber::registry().with(layer());
        if tracing::subscriber::set_global_default(stack).is_ok() {
            // Refused where somebody else takes the records of `log`: then those are theirs.
            let _ = tracing_log::LogTracer::init();
        }
    });
    // A callsite that was reached while there was no subscriber is asked again.
    tracing_core::callsite::rebuild_interest_cache();
    dispatcher::get_default(|dispatch| dispatch.is::<Router>())
}
