//! `engine-provisioner`: prepares engine binaries for pools.
//!
//! In: a pool and which sources. Out: a program that was built from them.

mod build;
mod preflight;
mod source;

use std::fmt;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use clap::{Arg, ArgMatches, Command, value_parser};
use narration_runtime::narrate;

use crate::api::{Engine, Prepare, Refusal};
use crate::service::{Fault, Service, required, text};
use crate::tool::ToolError;

/// The service.
pub struct EngineProvisioner(Arc<Workshop>);

/// Where engines are built.
pub(crate) struct Workshop {
    /// Where the sources come from.
    repository: String,
    /// The folder it works in.
    folder: PathBuf,
    /// How many compilers run at a time.
    jobs: usize,
    /// How long each step may take.
    limit: Duration,
}

/// Why an engine was not built. Whatever it is, it was narrated where it happened.
#[derive(Debug)]
pub(crate) enum BuildError {
    /// Programs that a build needs are not there.
    Missing { tools: Vec<&'static str> },
    /// A program did not succeed.
    Tool(ToolError),
    /// Files cannot be written.
    Files(std::io::Error),
    /// The name of a pool or a ref that is none.
    Name(String),
}

impl Service for EngineProvisioner {
    const NAME: &'static str = "engine-provisioner";
    const ABOUT: &'static str = "Prepares engine binaries for pools";

    fn arguments(command: Command) -> Command {
        let number = |name, default, help| {
            Arg::new(name)
                .long(name)
                .default_value(default)
                .value_parser(value_parser!(u64))
                .help(help)
        };
        command
            .arg(required("repository", "Where the engine's sources are cloned from"))
            .arg(required("folder", "Where to clone and build"))
            .arg(number("jobs", "8", "How many compilers run at a time"))
            .arg(number("step-limit", "600", "How long each step may take, in seconds"))
    }

    fn open(arguments: &ArgMatches) -> Result<Self, Fault> {
        let number = |name| arguments.get_one::<u64>(name).copied().unwrap_or(1).max(1);
        Ok(Self(Arc::new(Workshop {
            repository: text(arguments, "repository"),
            folder: std::path::absolute(text(arguments, "folder"))?,
            jobs: usize::try_from(number("jobs"))?,
            limit: Duration::from_secs(number("step-limit")),
        })))
    }

    fn routes(&self) -> Router {
        Router::new().route("/v1/engines", post(prepare)).with_state(Arc::clone(&self.0))
    }
}

async fn prepare(
    State(workshop): State<Arc<Workshop>>,
    Json(wanted): Json<Prepare>,
) -> Result<Json<Engine>, Refusal> {
    let prepared = workshop.provision(&wanted).await;
    prepared.map(Json).map_err(|error| {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), error.kind())
    })
}

impl Workshop {
    /// Builds the engine for a pool.
    async fn provision(&self, wanted: &Prepare) -> Result<Engine, BuildError> {
        let Prepare { pool_id, engine, device, git_ref, model_path } = wanted;
        let began = Instant::now();
        narrate!(actor = "engine-provisioner", action = "start", pool_id, engine, device);
        let compiler = preflight::preflight(pool_id).await?;
        is_name(pool_id)?;
        is_name(git_ref)?;
        let sources = source::clone(self, pool_id, git_ref).await?;
        let built = build::build(self, pool_id, &sources, &compiler).await?;
        let engine = format!("llamacpp-source:{git_ref}-{}", built.backend);
        let port = free_port().map_err(BuildError::Files)?;
        narrate!(
            actor = "engine-provisioner",
            action = "complete",
            pool_id,
            engine = &engine,
            port,
            path = model_path,
            duration_ms = began.elapsed(),
            outcome = "ok",
        );
        Ok(Engine { engine, binary: built.binary.display().to_string(), port })
    }
}

/// A port that nobody listens on now. Somebody may be faster than the engine: then it gets another one.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Names become parts of paths and of command lines: none may lead elsewhere.
fn is_name(name: &str) -> Result<(), BuildError> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if begins && name.chars().all(legal) { Ok(()) } else { Err(BuildError::Name(name.to_owned())) }
}

impl BuildError {
    /// What went wrong, in one stable word.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "tools-missing",
            Self::Tool(error) => error.kind(),
            Self::Files(_) => "files",
            Self::Name(_) => "bad-name",
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { tools } => {
                write!(f, "{} not found on the PATH; install what is missing", tools.join(" and "))
            }
            Self::Tool(error) => error.fmt(f),
            Self::Files(error) => write!(f, "files cannot be written: {error}"),
            Self::Name(name) => write!(f, "{name:?} is no name of a pool or a ref"),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<ToolError> for BuildError {
    fn from(error: ToolError) -> Self {
        Self::Tool(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        assert!(is_name("default").is_ok() && is_name("v1.2_b-3").is_ok());
        for name in ["", "..", "../x", "a/b", "--upload-pack=x", "a b", "$(x)"] {
            assert!(is_name(name).is_err(), "{name}");
        }
    }
}
