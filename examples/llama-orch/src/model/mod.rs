//! `model-provisioner`: makes models present and checks that they are what
//! they should be.
//!
//! In: a model reference and, if it is known, a digest. Out: a file that was
//! verified. Every way out is narrated, exactly once, where it is decided.

mod download;
mod error;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use clap::{ArgMatches, Command};
use narration_quickstart::{Digest, ModelRef};
use narration_runtime::{narrate, narrated};

use crate::api::{Model, Provide, Refusal};
use crate::peer::Peer;
use crate::service::{Fault, Service, required, text};
use download::download;
use error::{ModelError, VerifyError};

/// The service.
pub struct ModelProvisioner(Arc<Store>);

/// Where models come from and where they are kept.
pub(crate) struct Store {
    hub: Peer,
    folder: PathBuf,
    /// Opens private repositories of the hub.
    hf_token: Option<String>,
}

impl Service for ModelProvisioner {
    const NAME: &'static str = "model-provisioner";
    const ABOUT: &'static str = "Makes models present and checks that they are what they should be";

    fn arguments(command: Command) -> Command {
        command
            .arg(required("hub", "The address models are downloaded from"))
            .arg(required("folder", "Where models are kept"))
            .after_help("HF_TOKEN, if it is set, is sent to the hub and told to nobody else.")
    }

    fn open(arguments: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self(Arc::new(Store {
            hub: Peer::new("the hub", text(arguments, "hub"))?,
            folder: std::path::absolute(text(arguments, "folder"))?,
            hf_token: std::env::var("HF_TOKEN").ok().filter(|token| !token.is_empty()),
        })))
    }

    fn routes(&self) -> Router {
        Router::new().route("/v1/models", post(provide)).with_state(Arc::clone(&self.0))
    }
}

async fn provide(
    State(store): State<Arc<Store>>,
    Json(wanted): Json<Provide>,
) -> Result<Json<Model>, Refusal> {
    let provided = store.provide(&wanted).await;
    provided.map(Json).map_err(|error| {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), error.kind())
    })
}

#[narrated(actor = "model-provisioner")]
impl Store {
    /// Provides a model.
    async fn provide(&self, wanted: &Provide) -> Result<Model, ModelError> {
        let model_ref = resolve(&wanted.model_ref)?;
        narrate!("ensure", ?model_ref);
        let path = self.present(&model_ref).await?;
        let size = size_of(&path).await.map_err(|error| missing(&model_ref, &path, error))?;
        let model_id = format!("local:{}", path.display());
        if let Some(digest) = &wanted.digest {
            let digest: Digest = digest.parse().map_err(ModelError::Digest)?;
            verify(&model_id, &digest, &path).await?;
        }
        narrate!("complete", model_id = &model_id, path = &path, size);
        Ok(Model { model_id, path: path.display().to_string() })
    }

    /// The file a model is in, once it is there.
    async fn present(&self, model_ref: &ModelRef) -> Result<PathBuf, ModelError> {
        match model_ref {
            ModelRef::File(path) => Ok(path.clone()),
            ModelRef::HuggingFace(repository) => {
                let path = self.folder.join(repository).join("model.gguf");
                if !path.is_file() {
                    download(&self.hub, self.hf_token.as_deref(), repository, &path).await?;
                }
                Ok(path)
            }
        }
    }
}

#[narrated(actor = "model-provisioner")]
mod telling {
    use super::*;

    /// Reads a reference.
    pub(super) fn resolve(wanted: &str) -> Result<ModelRef, ModelError> {
        narrate!("resolve", model_ref = wanted);
        wanted.parse().map_err(ModelError::Reference).inspect_err(|error| {
            narrate!(
                action = "resolve",
                level = "warn",
                human = "Model reference refused: {error}",
                model_ref = wanted,
                error_kind = "bad-reference",
                outcome = "failed",
            );
        })
    }

    /// The error for a file that cannot be read, once it was told.
    pub(super) fn missing(model_ref: &ModelRef, path: &Path, source: io::Error) -> ModelError {
        narrate!(
            action = "ensure",
            level = "warn",
            human = "Model missing: {path}: {error}",
            ?model_ref,
            error = %source,
            error_kind = "missing",
            outcome = "failed",
        );
        ModelError::Missing { path: path.to_owned(), source }
    }

    /// Reads the file and compares.
    #[narrated(action = "verify", error_kind = err.kind())]
    pub(super) async fn verify(
        model_id: &str,
        digest: &Digest,
        path: &Path,
    ) -> Result<(), VerifyError> {
        let (read, expected) = (path.to_owned(), *digest);
        let actual = tokio::task::spawn_blocking(move || Digest::of_file(&read)).await;
        let actual = actual.map_err(io::Error::other).and_then(|actual| actual);
        match actual.map_err(VerifyError::Unreadable)? {
            actual if actual == expected => Ok(()),
            actual => Err(VerifyError::Mismatch { expected, actual }),
        }
    }
}

use telling::{missing, resolve, verify};

async fn size_of(path: &Path) -> io::Result<u64> {
    let metadata = tokio::fs::metadata(path).await?;
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::Error::other("not a regular file"))
    }
}
