//! A download, from a mirror on this machine.
//!
//! In: a repository, the mirror's folder and the file to write. Out: that file,
//! or why there is none. Narrated with `narrate!`, since its three narrations
//! have different targets.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use narration_runtime::narrate;

use crate::error::DownloadError;

/// The file of a repository that is the model.
pub(crate) const MODEL_FILE: &str = "model.gguf";

/// Where a repository's model is in a folder that holds many.
pub(crate) fn place_in(folder: &Path, repository: &str) -> PathBuf {
    folder.join(repository).join(MODEL_FILE)
}

/// Copies a repository's model from the mirror.
pub(crate) fn download(repository: &str, mirror: &Path, path: &Path) -> Result<(), DownloadError> {
    let began = Instant::now();
    let model_ref = format!("hf:{repository}");
    narrate!("download", model_ref, repository);
    match copy(&place_in(mirror, repository), path) {
        Ok(size) => {
            let duration_ms = began.elapsed();
            narrate!("downloaded", repository, path, size, duration_ms, outcome = "ok");
            Ok(())
        }
        Err(error) => {
            narrate!(
                "download-failed",
                repository,
                error = %error,
                error_kind = kind(&error),
                duration_ms = began.elapsed(),
                outcome = "failed",
            );
            Err(error)
        }
    }
}

/// Copies beside the goal first, so that a copy that broke off is never taken for a model.
fn copy(from: &Path, to: &Path) -> Result<u64, DownloadError> {
    if !from.is_file() {
        return Err(DownloadError::NotFound { path: from.to_owned() });
    }
    let partial = to.with_extension("partial");
    let copied = (|| -> io::Result<u64> {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        let size = fs::copy(from, &partial)?;
        fs::rename(&partial, to)?;
        Ok(size)
    })();
    copied.map_err(DownloadError::Broken)
}

fn kind(error: &DownloadError) -> &'static str {
    match error {
        DownloadError::NotFound { .. } => "not-found",
        DownloadError::Broken(_) => "io",
    }
}
