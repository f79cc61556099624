//! Hears what a test's service narrates.
//!
//! In: a test. Out: a [`Capture`], which is a [`Story`] that grows until the
//! capture is dropped.

use std::error::Error;
use std::fmt;
use std::ops::Deref;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::thread::{self, ThreadId};

use narration_runtime::CorrelationId;
use tracing::Span;
use tracing::instrument::{Instrument, Instrumented};
use tracing_core::{Dispatch, span};

use crate::here::Here;
use crate::recording::Recording;
use crate::router::{SCOPE, TARGET};
use crate::story::Story;
use crate::{directory, fail, install, router};

/// Hears everything that is narrated inside of the test it was made in, until it is dropped.
///
/// What is narrated belongs to it when it is told
/// - on the thread or in the tokio task the capture was made in;
/// - under a span that was opened inside of it, so also in tasks and threads that
///   carry the context (`.in_current_span()`, `narration_runtime::spawn`,
///   [`Capture::scope`]);
/// - with a correlation id that it knows: because something inside of it was
///   narrated or scoped with that id, or by [`Capture::adopt`].
///
/// What belongs to nobody is given to nobody; a failing assertion names it.
///
/// A capture made inside of another one hears its part, the outer one hears both.
pub struct Capture {
    story: Story,
    here: Here,
    thread: ThreadId,
    span: Span,
    entered: Option<(span::Id, Dispatch)>,
}

/// Why nothing can be captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaptureError {
    /// The subscriber of the process, or of this thread, does not include [`layer`](crate::layer).
    ForeignSubscriber,
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignSubscriber => f.write_str(
                "nothing can be captured: somebody (`init!()`, or a stack of the service's own) has \
                 installed a tracing subscriber without the layer that captures hear by. Either \
                 capture before it is installed, or add `.with(narration_testing::layer())` to it",
            ),
        }
    }
}

impl Error for CaptureError {}

/// Begins to hear what is narrated here.
///
/// ```
/// # use narration_runtime::narrate;
/// let story = narration_testing::capture();
/// narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
/// assert!(story.includes("llamacpp-v1"));
/// ```
///
/// # Panics
///
/// Where nothing can be captured, see [`CaptureError`]; [`try_capture`] says it as a value.
#[must_use = "it hears until it is dropped: give it a name"]
#[track_caller]
pub fn capture() -> Capture {
    match try_capture() {
        Ok(capture) => capture,
        Err(error) => fail::now(&error.to_string()),
    }
}

/// Begins to hear what is narrated here, if that is possible.
///
/// # Errors
///
/// Somebody else's subscriber hears everything.
pub fn try_capture() -> Result<Capture, CaptureError> {
    if !install::installed() {
        return Err(CaptureError::ForeignSubscriber);
    }
    let (around, in_scope) = router::current();
    let recording = Recording::new(around, in_scope, directory::strays_so_far());
    let here = Here::now();
    here.begin(&recording);
    // Opened inside of the capture, so that whoever carries it on comes home.
    let span = tracing::error_span!(target: TARGET, "capture");
    // A task cannot stay inside of a span: its thread has other tasks to run meanwhile.
    let entered = (here == Here::Thread).then(|| enter(&span)).flatten();
    let thread = thread::current().id();
    Ok(Capture { story: Story::of(recording), here, thread, span, entered })
}

fn enter(span: &Span) -> Option<(span::Id, Dispatch)> {
    span.with_subscriber(|(id, dispatch)| {
        dispatch.enter(id);
        (id.clone(), dispatch.clone())
    })
}

impl Capture {
    /// Runs a future inside of the capture, wherever it is polled: for tasks that
    /// are spawned without a context, and for several tests in one task.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # use narration_runtime::narrate;
    /// let story = narration_testing::capture();
    /// let task = tokio::spawn(story.scope(async {
    ///     narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
    /// }));
    /// # task.await.unwrap();
    /// story.assert_narration_includes("llamacpp-v1");
    /// # }
    /// ```
    pub fn scope<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.span())
    }

    /// Runs a closure inside of the capture, on whichever thread.
    pub fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        self.span().in_scope(run)
    }

    /// A span that says that what is inside of it is inside of this capture, whatever the
    /// task or the thread says.
    #[must_use]
    pub fn span(&self) -> Span {
        tracing::error_span!(target: TARGET, parent: &self.span, SCOPE)
    }

    /// Takes a correlation id as this capture's: what is narrated with it, wherever
    /// that is, comes home, and so does what already was since the capture began.
    pub fn adopt(&self, id: impl AsRef<str>) {
        directory::adopt(&self.story.recording, id.as_ref());
    }

    /// A new correlation id that belongs to this capture, to be sent to a service.
    #[must_use]
    pub fn correlation_id(&self) -> CorrelationId {
        let id = CorrelationId::new();
        self.adopt(&id);
        id
    }

    /// Ends the capture and keeps what it heard.
    #[must_use]
    pub fn finish(self) -> Story {
        self.story.clone()
    }
}

impl Deref for Capture {
    type Target = Story;

    fn deref(&self) -> &Story {
        &self.story
    }
}

/// What a panic leaves behind is a story that ends there, which a test may well look at.
impl UnwindSafe for Capture {}
impl RefUnwindSafe for Capture {}

impl fmt::Debug for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.story.fmt(f)
    }
}

impl fmt::Display for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.story.fmt(f)
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        if let Some((id, dispatch)) = &self.entered
            && thread::current().id() == self.thread
        {
            dispatch.exit(id);
        }
        directory::leave(&self.story.recording);
        self.here.end(&self.story.recording);
    }
}

/// The capture the running code is in, as a story.
pub(crate) fn here() -> Option<Story> {
    router::current().0.map(Story::of)
}
