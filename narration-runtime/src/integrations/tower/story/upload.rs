//! The body of a request, watched for a client that dies while it sends.
//!
//! In: a request's body. Out: the same, and whether it broke off. A handler
//! answers such a request with an error of the client's, which nobody reads.
//!
//! Only axum's own type of body is watched: it can be put around another body
//! and is the same type again, so that the service inside notices nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the body of a request broke off.
pub(super) struct Upload(Arc<AtomicBool>);

impl Upload {
    /// Whether it broke off.
    pub(super) fn broke_off(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Watches a body, if it is axum's and something is still to come.
#[cfg(feature = "axum")]
pub(super) fn watch<B: 'static>(body: &mut B) -> Option<Upload> {
    let body = (body as &mut dyn std::any::Any).downcast_mut::<axum::body::Body>()?;
    if http_body::Body::is_end_stream(body) {
        return None;
    }
    let broken = Arc::new(AtomicBool::new(false));
    let (inner, flag) = (std::mem::take(body), Arc::clone(&broken));
    *body = axum::body::Body::new(watched::Watched { inner, broken: flag });
    Some(Upload(broken))
}

#[cfg(not(feature = "axum"))]
pub(super) fn watch<B: 'static>(_: &mut B) -> Option<Upload> {
    None
}

#[cfg(feature = "axum")]
mod watched {
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll};

    use http_body::{Body, Frame, SizeHint};

    /// A body that says when it breaks off.
    pub(super) struct Watched {
        pub(super) inner: axum::body::Body,
        pub(super) broken: Arc<AtomicBool>,
    }

    impl Body for Watched {
        type Data = bytes::Bytes;
        type Error = axum::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<bytes::Bytes>, axum::Error>>> {
            let frame = Pin::new(&mut self.inner).poll_frame(cx);
            if let Poll::Ready(Some(Err(_))) = &frame {
                self.broken.store(true, Ordering::Relaxed);
            }
            frame
        }

        fn is_end_stream(&self) -> bool {
            self.inner.is_end_stream()
        }

        fn size_hint(&self) -> SizeHint {
            self.inner.size_hint()
        }
    }
}
