//! The example as its user sees it: its lines under `story`, and its exit code.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod run;

use run::{ABC, Folder, OTHER, quickstart};

#[test]
fn a_good_file_is_told_in_five_lines() {
    let folder = Folder::with_model();
    let (story, code) = quickstart("story", &[&folder.reference(), "--digest", ABC]);
    let path = folder.model();
    let told = [
        format!("[model-provisioner] resolve: Resolving model reference: file:{path}"),
        "[model-provisioner] ensure: Ensuring model present: ModelRef::File(...)".to_owned(),
        format!("[model-provisioner] verify: Verifying digest for local:{path}"),
        format!("[model-provisioner] verified: Digest verified: {ABC}"),
        format!("[model-provisioner] complete: Model ready: local:{path} at {path}"),
    ];
    assert_eq!(story.lines().collect::<Vec<_>>(), told);
    assert_eq!(code, 0);
}

#[test]
fn without_a_digest_the_files_own_is_verified() {
    let folder = Folder::with_model();
    let (story, code) = quickstart("story", &[&folder.model()]);
    assert!(story.contains(&format!("verified: Digest verified: {ABC}")), "{story}");
    assert_eq!((story.lines().count(), code), (5, 0), "{story}");
}

#[test]
fn a_mismatch_ends_the_story_with_both_digests() {
    let folder = Folder::with_model();
    let (story, code) = quickstart("story", &[&folder.reference(), "--digest", OTHER]);
    let told =
        format!("[model-provisioner] verify-failed: Digest mismatch: expected {OTHER}, got {ABC}");
    assert_eq!(story.lines().last(), Some(told.as_str()));
    assert_eq!((story.lines().count(), code), (4, 1), "{story}");
}

#[test]
fn a_download_is_told_and_verified() {
    let folder = Folder::with_mirror();
    let (mirror, models) = (folder.path("mirror"), folder.path("models"));
    let arguments = ["hf:org/repo", "--digest", ABC, "--mirror", &mirror, "--models", &models];
    let (story, code) = quickstart("story", &arguments);
    let path = format!("{models}/org/repo/model.gguf");
    let told = [
        "[model-provisioner] resolve: Resolving model reference: hf:org/repo".to_owned(),
        "[model-provisioner] ensure: Ensuring model present: ModelRef::HuggingFace(...)".to_owned(),
        "[model-provisioner] download: Downloading from Hugging Face: org/repo".to_owned(),
        format!("[model-provisioner] downloaded: Downloaded org/repo to {path}: 3 bytes"),
        format!("[model-provisioner] verify: Verifying digest for local:{path}"),
        format!("[model-provisioner] verified: Digest verified: {ABC}"),
        format!("[model-provisioner] complete: Model ready: local:{path} at {path}"),
    ];
    assert_eq!(story.lines().collect::<Vec<_>>(), told);
    assert_eq!(code, 0);
    assert_eq!(std::fs::read(path).unwrap(), b"abc");
}

#[test]
fn a_download_that_fails_leaves_nothing_behind() {
    let folder = Folder::with_mirror();
    let (mirror, models) = (folder.path("mirror"), folder.path("models"));
    let (story, code) =
        quickstart("story", &["hf:org/absent", "--mirror", &mirror, "--models", &models]);
    let last = story.lines().last().unwrap();
    assert!(
        last.starts_with("[model-provisioner] download-failed: Download of org/absent failed: "),
        "{story}"
    );
    assert_eq!((story.lines().count(), code), (4, 1), "{story}");
    assert!(!std::path::Path::new(&models).exists());
}

#[test]
fn what_cannot_be_provided_is_told_once_and_fails() {
    let folder = Folder::with_model();
    let absent = format!("file:{}", folder.path("absent"));
    for (reference, told) in [
        (absent.as_str(), "ensure: Model missing: "),
        (&folder.path(""), "ensure: Model missing: "),
        ("hf:../etc", "resolve: Model reference refused: "),
    ] {
        let (story, code) = quickstart("story", &[reference]);
        assert_eq!(code, 1, "{story}");
        assert_eq!(story.matches(told).count(), 1, "{story}");
        assert!(story.lines().last().unwrap().contains(told), "{story}");
    }
}

#[test]
fn a_digest_that_is_none_is_refused_before_anything_is_told() {
    let folder = Folder::with_model();
    let (story, code) = quickstart("story", &[&folder.reference(), "--digest", "sha256:abc"]);
    assert_eq!((story.as_str(), code), ("", 2));
}

#[test]
fn without_arguments_every_action_is_shown_and_nothing_fails() {
    let (story, code) = quickstart("story", &[]);
    let actions = [
        "resolve",
        "ensure",
        "download",
        "downloaded",
        "download-failed",
        "verify",
        "verified",
        "verify-failed",
        "complete",
    ];
    for action in actions {
        assert!(story.contains(&format!("[model-provisioner] {action}: ")), "{action}: {story}");
    }
    assert_eq!((story.lines().count(), code), (20, 0), "{story}");
}
