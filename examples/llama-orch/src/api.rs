//! What the services say to one another.
//!
//! In: JSON. Out: requests and answers as types; a refusal is a status and a
//! [`Problem`].

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// A client's request to the orchestrator.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Task {
    /// The client's session.
    pub session_id: String,
    /// The pool it is meant for.
    pub pool_id: String,
    /// The model, as `file:<path>` or `hf:<org>/<repo>`.
    pub model_ref: String,
    /// The digest the model should have, as `sha256:<64 digits>`.
    pub digest: Option<String>,
    /// What the user wrote.
    pub prompt: String,
    /// How many tokens to answer at most.
    pub max_tokens: u64,
}

/// What became of a request at admission.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Admitted {
    /// The name to ask for it by.
    pub job_id: String,
    /// How many requests are ahead of it.
    pub queue_position: u64,
    /// When it is expected to start, in milliseconds from now.
    pub predicted_start_ms: u64,
}

/// How far a request is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// It waits.
    Queued,
    /// It is being served.
    Running,
    /// It is done.
    Completed,
    /// It failed.
    Failed,
    /// It was given up.
    Cancelled,
}

impl Stage {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }
}

/// How far a request is, and what it has so far.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Progress {
    /// How far it is.
    pub stage: Stage,
    /// How many tokens came.
    pub tokens: u64,
    /// The tokens, with blanks between them.
    pub text: String,
    /// Why it failed.
    pub error: Option<String>,
}

/// To the pool manager: an engine with this model, please.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Ensure {
    /// The model, as it was asked for.
    pub model_ref: String,
    /// The digest it should have.
    pub digest: Option<String>,
}

/// An engine that answers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Replica {
    /// Its name in its pool.
    pub replica_id: String,
    /// What it is.
    pub engine: String,
    /// Where it listens.
    pub url: String,
    /// How many requests it serves at a time.
    pub slots: u64,
    /// How often it was started again.
    pub restarts: u64,
}

/// To the model provisioner: this model, please.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Provide {
    /// The model, as it was asked for.
    pub model_ref: String,
    /// The digest it should have.
    pub digest: Option<String>,
}

/// A model that is present and verified.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Model {
    /// Its name on this machine.
    pub model_id: String,
    /// Its file.
    pub path: String,
}

/// To the engine provisioner: an engine for this pool, please.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Prepare {
    /// The pool.
    pub pool_id: String,
    /// What the pool calls the engine.
    pub engine: String,
    /// What it shall run on.
    pub device: String,
    /// Which sources.
    pub git_ref: String,
    /// The model it will serve.
    pub model_path: String,
}

/// An engine that was built.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Engine {
    /// What it is, with where it comes from.
    pub engine: String,
    /// Its program.
    pub binary: String,
    /// The port it shall listen on.
    pub port: u16,
}

/// To the adapter host: this prompt to that engine, please.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Submit {
    /// The request, to cancel it by.
    pub job_id: String,
    /// What the engine is.
    pub engine: String,
    /// Where it listens.
    pub url: String,
    /// What the user wrote.
    pub prompt: String,
    /// How many tokens to answer at most.
    pub max_tokens: u64,
}

/// One line of an answer that is streamed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// A token.
    Token(String),
    /// The end: how many tokens there were.
    End(u64),
    /// The end, before the answer was whole.
    Broken(Problem),
}

/// An engine, asked about by its address.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct About {
    /// What it is.
    pub engine: String,
    /// Where it listens.
    pub url: String,
}

/// What an engine can do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Props {
    /// How many requests it serves at a time.
    pub slots: u64,
    /// What it computes on.
    pub backend: String,
}

/// What went wrong.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Problem {
    /// In words.
    pub error: String,
    /// In one stable word.
    pub kind: String,
}

/// A status, and why.
#[derive(Debug)]
pub struct Refusal(pub StatusCode, pub Problem);

impl Refusal {
    /// A refusal in words and in one word.
    pub fn new(status: StatusCode, error: impl Into<String>, kind: impl Into<String>) -> Self {
        Self(status, Problem { error: error.into(), kind: kind.into() })
    }
}

impl Refusal {
    /// What went wrong, in one stable word.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.1.kind
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.1.error)
    }
}

impl std::error::Error for Refusal {}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}
