//! A download from the hub.
//!
//! In: a repository and the file to write. Out: that file, or why there is none.
//! Narrated with `narrate!`, since its narrations have different targets; what
//! drops it in the middle is told by whoever asked for the model.

use std::path::Path;
use std::time::{Duration, Instant};

use narration_runtime::{Progress, Reached, narrate, narrated};
use reqwest::{Method, Response};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

use super::error::DownloadError;
use crate::peer::Peer;

/// How long between two narrations of its progress: at least, and at most.
const LEAST: Duration = Duration::from_millis(50);
const MOST: Duration = Duration::from_secs(5);

/// Downloads a repository's model.
#[narrated(actor = "model-provisioner")]
pub(super) async fn download(
    hub: &Peer,
    hf_token: Option<&str>,
    repository: &str,
    path: &Path,
) -> Result<(), DownloadError> {
    let began = Instant::now();
    let model_ref = format!("hf:{repository}");
    narrate!("download", model_ref, repository, hf_token);
    match fetch(hub, hf_token, repository, path).await {
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
                error_kind = error.kind(),
                duration_ms = began.elapsed(),
                outcome = "failed",
            );
            Err(error)
        }
    }
}

/// Writes beside the goal first, so that a download that broke off is never taken for a model.
async fn fetch(
    hub: &Peer,
    hf_token: Option<&str>,
    repository: &str,
    path: &Path,
) -> Result<u64, DownloadError> {
    let address = format!("/{repository}/resolve/main/model.gguf");
    let mut request = hub.request(Method::GET, &address);
    if let Some(token) = hf_token {
        request = request.bearer_auth(token);
    }
    let answer = hub.send(request).await.map_err(DownloadError::Hub)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).await.map_err(DownloadError::Unwritable)?;
    }
    let partial = path.with_extension("partial");
    let size = write(hub, answer, repository, &partial).await?;
    fs::rename(&partial, path).await.map_err(DownloadError::Unwritable)?;
    Ok(size)
}

/// Writes what comes as it comes: a model is larger than memory.
async fn write(
    hub: &Peer,
    mut answer: Response,
    repository: &str,
    path: &Path,
) -> Result<u64, DownloadError> {
    let mut progress = Progress::new(answer.content_length(), |at| tell(repository, at))
        .every(10.0, LEAST, MOST)
        .named(repository);
    let mut file = File::create(path).await.map_err(DownloadError::Unwritable)?;
    while let Some(chunk) =
        answer.chunk().await.map_err(|error| DownloadError::Hub(hub.away(&error)))?
    {
        file.write_all(&chunk).await.map_err(DownloadError::Unwritable)?;
        progress.add(chunk.len());
    }
    file.sync_all().await.map_err(DownloadError::Unwritable)?;
    match progress.reached() {
        Reached { done, total: Some(total), .. } if total != done => {
            Err(DownloadError::Short { done, total })
        }
        Reached { done, .. } => Ok(done),
    }
}

fn tell(repository: &str, at: Reached) {
    let Reached { done, total, percent, .. } = at;
    if total.is_some() {
        narrate!(actor = "downloader", action = "progress", repository, done, total, percent);
    } else {
        narrate!(
            actor = "downloader",
            action = "progress",
            human = "{repository}: {done} bytes",
            repository,
            done
        );
    }
}
