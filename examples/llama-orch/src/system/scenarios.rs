//! What can happen to a request: five stories.
//!
//! In: a system. Out: how each request ended. The ids are the clients' own.

use super::{Hub, System};
use crate::api::{Admitted, Progress, Task};
use crate::peer::PeerError;

/// What opens private repositories of the hub: told to nobody.
pub const HF_TOKEN: &str = "not-for-your-eyes-in-any-log";

/// What the user of the happy request wrote: told to nobody either.
pub const PROMPT: &str = "Tell me what happened to my request, please";

/// A request of this session to a pool.
#[must_use]
pub fn task(session_id: &str, pool_id: &str) -> Task {
    Task {
        session_id: session_id.to_owned(),
        pool_id: pool_id.to_owned(),
        model_ref: "hf:org/tiny".to_owned(),
        digest: Some(Hub::digest()),
        prompt: PROMPT.to_owned(),
        max_tokens: 24,
    }
}

/// A request that is answered. Its id is `req-xyz`.
///
/// # Errors
///
/// The system cannot be reached.
pub async fn happy(system: &System) -> Result<Progress, PeerError> {
    let admitted = system.submit("req-xyz", &task("session-abc123", "default")).await?;
    system.end(&admitted).await
}

/// A request whose engine is never built: a step of the build waits for ever.
/// Its id is `req-stuck`; it is still under way when this returns.
///
/// # Errors
///
/// The system cannot be reached.
pub async fn stuck(system: &System) -> Result<Admitted, PeerError> {
    system.submit("req-stuck", &task("session-stuck", "stuck")).await
}

/// A request for a model that is not what it should be. Its id is `req-digest`.
///
/// # Errors
///
/// The system cannot be reached.
pub async fn digest(system: &System) -> Result<Progress, PeerError> {
    let admitted = tampered(system, "req-digest").await?;
    system.end(&admitted).await
}

/// The same, not waited for.
///
/// # Errors
///
/// The system cannot be reached.
pub async fn tampered(system: &System, id: &str) -> Result<Admitted, PeerError> {
    let task =
        Task { model_ref: "hf:org/tampered".to_owned(), ..task("session-digest", "default") };
    system.submit(id, &task).await
}

/// A request whose engine crashes in the middle of the answer, and comes back.
/// Its id is `req-crash`.
///
/// # Errors
///
/// The system cannot be reached.
pub async fn crash(system: &System) -> Result<Progress, PeerError> {
    let task = Task { max_tokens: 60, ..task("session-crash", "default") };
    let admitted = system.submit("req-crash", &task).await?;
    if !system.progress(&admitted, 5).await?.stage.is_final() {
        system.harm("default", "crash").await?;
    }
    system.end(&admitted).await
}

/// A request that its client gives up in the middle of the answer. Its id is
/// `req-cancel`.
///
/// # Errors
///
/// The system cannot be reached.
pub async fn cancel(system: &System) -> Result<Progress, PeerError> {
    let task = Task { max_tokens: 10_000, ..task("session-cancel", "default") };
    let admitted = system.submit("req-cancel", &task).await?;
    system.progress(&admitted, 5).await?;
    system.cancel("req-cancel", &admitted).await
}
