//! The sources of an engine.
//!
//! In: a repository and a ref. Out: a folder with that ref checked out.

use std::path::{Path, PathBuf};

use narration_runtime::narrated;

use super::{BuildError, Workshop};
use crate::tool;

/// Clones the repository for a pool unless it is there, and checks the ref out.
pub(super) async fn clone(
    workshop: &Workshop,
    pool_id: &str,
    git_ref: &str,
) -> Result<PathBuf, BuildError> {
    let folder = workshop.folder.join(pool_id).join("sources");
    if !folder.join(".git").is_dir() {
        git_clone(workshop, pool_id, &folder).await?;
    }
    git_checkout(workshop, pool_id, git_ref, &folder).await?;
    Ok(folder)
}

#[narrated(
    actor = "engine-provisioner",
    action = "git-clone",
    repo_url = &workshop.repository,
    error_kind = err.kind()
)]
async fn git_clone(workshop: &Workshop, pool_id: &str, folder: &Path) -> Result<(), BuildError> {
    // Beside its place first, so that a clone that broke off is never taken for one.
    let partial = folder.with_extension("partial");
    let _ = tokio::fs::remove_dir_all(&partial).await;
    if let Some(parent) = folder.parent() {
        tokio::fs::create_dir_all(parent).await.map_err(BuildError::Files)?;
    }
    let mut git = tool::git();
    git.args(["clone", "--quiet", "--", &workshop.repository]).arg(&partial);
    tool::run(&mut git, workshop.limit).await?;
    tokio::fs::rename(&partial, folder).await.map_err(BuildError::Files)
}

#[narrated(actor = "engine-provisioner", action = "git-checkout", error_kind = err.kind())]
async fn git_checkout(
    workshop: &Workshop,
    pool_id: &str,
    git_ref: &str,
    folder: &Path,
) -> Result<(), BuildError> {
    let mut fetch = tool::git();
    fetch.args(["fetch", "--quiet", "--tags", "origin"]).current_dir(folder);
    tool::run(&mut fetch, workshop.limit).await?;
    // A branch of the repository as it is there now, else a tag or a commit.
    let branch = format!("origin/{git_ref}");
    let mut known = tool::git();
    known.args(["rev-parse", "--verify", "--quiet", &branch]).current_dir(folder);
    let is_branch = tool::run(&mut known, workshop.limit).await.is_ok();
    let wanted = if is_branch { branch.as_str() } else { git_ref };
    let mut checkout = tool::git();
    checkout.args(["checkout", "--quiet", "--detach", wanted, "--"]).current_dir(folder);
    tool::run(&mut checkout, workshop.limit).await?;
    Ok(())
}
