//! Live narrations as server-sent events.
//!
//! In: a [`Live`]. Out: a stream of texts that any server sends as a body of
//! the type `text/event-stream`.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::reader::{Live, LiveItem};

/// Live narrations as server-sent events: each line as `data`, and where lines
/// were missed an event `missed` with their number.
///
/// With axum, which this crate need not know for that:
///
/// ```ignore
/// async fn live(State(streams): State<Streams>, Path(job): Path<String>) -> impl IntoResponse {
///     let events = ServerSentEvents::new(streams.job(&job));
///     ([(CONTENT_TYPE, ServerSentEvents::CONTENT_TYPE)], Body::from_stream(events))
/// }
/// ```
#[derive(Debug)]
pub struct ServerSentEvents(Live);

impl ServerSentEvents {
    /// What the header `content-type` has to say.
    pub const CONTENT_TYPE: &str = "text/event-stream";

    /// The events of these narrations.
    #[must_use]
    pub fn new(live: Live) -> Self {
        Self(live)
    }
}

impl futures_core::Stream for ServerSentEvents {
    type Item = Result<String, Infallible>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<String, Infallible>>> {
        let item = self.get_mut().0.poll_item(context);
        item.map(|item| item.map(|item| Ok(event(&item))))
    }
}

/// A record is one line, so that it is one line of data, too.
fn event(item: &LiveItem) -> String {
    match item {
        LiveItem::Line(line) => format!("data: {line}\n\n"),
        LiveItem::Missed(lines) => format!("event: missed\ndata: {lines}\n\n"),
    }
}
