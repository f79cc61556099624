//! From a model reference to a model.
//!
//! In: a reference and, if it is known, the digest the model should have. Out:
//! a [`Model`] that is present and verified, or why there is none. Every way
//! out is narrated, exactly once, where it is decided.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use narration_runtime::narrate;

use crate::digest::Digest;
use crate::download::{download, place_in};
use crate::error::{MissingModel, ProvisionError};
use crate::reference::{ModelRef, NoModelRef};
use crate::verify::verify;

/// Makes models present and checks that they are what they should be.
#[derive(Clone, Debug)]
pub struct Provisioner {
    mirror: PathBuf,
    models: PathBuf,
}

/// A model that is present and verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its name on this machine.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// The digest of its file.
    pub digest: Digest,
}

impl Provisioner {
    /// A provisioner that downloads from the folder `mirror` into the folder `models`.
    pub fn new(mirror: impl Into<PathBuf>, models: impl Into<PathBuf>) -> Self {
        Self { mirror: mirror.into(), models: models.into() }
    }

    /// Provides a model. Without a digest, the file is held against the one it
    /// had where it came from, which still finds a bad copy.
    ///
    /// # Errors
    ///
    /// The reference cannot be read, the model is not there, its download
    /// failed, or its digest is not the expected one.
    pub fn provide(&self, wanted: &str, digest: Option<Digest>) -> Result<Model, ProvisionError> {
        let model_ref = resolve(wanted)?;
        narrate!("ensure", ?model_ref);
        let source = self.source(&model_ref);
        let path = self.ensure(&model_ref)?;
        let size = size_of(&path).map_err(|error| missing(&model_ref, &path, error))?;
        let digest = match digest {
            Some(digest) => digest,
            None => {
                Digest::of_file(&source).map_err(|error| missing(&model_ref, &source, error))?
            }
        };
        let model_id = format!("local:{}", path.display());
        verify(&model_id, &digest, &path)?;
        narrate!("complete", model_id, path, size);
        Ok(Model { id: model_id, path, digest })
    }

    /// The file a model comes from.
    fn source(&self, model_ref: &ModelRef) -> PathBuf {
        match model_ref {
            ModelRef::File(path) => path.clone(),
            ModelRef::HuggingFace(repository) => place_in(&self.mirror, repository),
        }
    }

    /// The file a model is in, once it is there.
    fn ensure(&self, model_ref: &ModelRef) -> Result<PathBuf, ProvisionError> {
        match model_ref {
            ModelRef::File(path) => Ok(path.clone()),
            ModelRef::HuggingFace(repository) => {
                let path = place_in(&self.models, repository);
                download(repository, &self.mirror, &path)?;
                Ok(path)
            }
        }
    }
}

fn resolve(wanted: &str) -> Result<ModelRef, NoModelRef> {
    narrate!("resolve", model_ref = wanted);
    wanted.parse().inspect_err(|error: &NoModelRef| {
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

fn size_of(path: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(path)?;
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::Error::other("not a regular file"))
    }
}

/// The error for a file that cannot be read, once it was told.
fn missing(model_ref: &ModelRef, path: &Path, source: io::Error) -> MissingModel {
    narrate!(
        action = "ensure",
        level = "warn",
        human = "Model missing: {path}: {error}",
        ?model_ref,
        error = %source,
        error_kind = ?source.kind(),
        outcome = "failed",
    );
    MissingModel { path: path.to_owned(), source }
}
