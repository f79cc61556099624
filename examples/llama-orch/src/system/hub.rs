//! A hub of models on this machine.
//!
//! In: requests for `/<org>/<repo>/resolve/main/model.gguf`. Out: the file, as
//! a stream that takes its time. It is no service of the system: it stands for
//! somebody else's, and tells nothing.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use narration_quickstart::Digest;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// How long the file is, in bytes.
const SIZE: usize = 512 * 1024;

/// How much of it is sent at a time, and how long between.
const CHUNK: usize = 16 * 1024;
const PAUSE: Duration = Duration::from_millis(8);

/// A hub that runs until it is dropped.
pub struct Hub {
    address: String,
    serving: AbortHandle,
}

impl Hub {
    /// Starts it on a port that is free. It has `org/tiny` and `org/tampered`,
    /// whole models, and `org/broken`, whose download breaks off.
    ///
    /// # Errors
    ///
    /// No port can be listened on.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let routes = Router::new().route("/{org}/{repo}/resolve/main/model.gguf", get(send));
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { address, serving: serving.abort_handle() })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The digest of `org/tiny`.
    #[must_use]
    pub fn digest() -> String {
        Digest::of(&*model(0)).map(|digest| digest.to_string()).unwrap_or_default()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A model: the mark of its format, then bytes that are different for each seed.
fn model(seed: u8) -> Vec<u8> {
    let bytes = (0..SIZE).map(|index| (index % 251) as u8 ^ seed);
    b"GGUF".iter().copied().chain(bytes).take(SIZE).collect()
}

async fn send(Path((org, repo)): Path<(String, String)>) -> Response {
    let (content, broken) = match (org.as_str(), repo.as_str()) {
        ("org", "tiny") => (model(0), false),
        ("org", "tampered") => (model(1), false),
        ("org", "broken") => (model(0), true),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let content = Bytes::from(content);
    let chunks = stream::unfold(0, move |at| {
        let content = content.clone();
        async move {
            let part = content.slice(at.min(SIZE)..(at + CHUNK).min(SIZE));
            if part.is_empty() {
                return None;
            }
            tokio::time::sleep(PAUSE).await;
            if broken && at > SIZE / 2 {
                return Some((Err(io::Error::other("the hub breaks off")), SIZE));
            }
            Some((Ok(part), at + CHUNK))
        }
    });
    ([(header::CONTENT_LENGTH, SIZE.to_string())], Body::from_stream(chunks)).into_response()
}
