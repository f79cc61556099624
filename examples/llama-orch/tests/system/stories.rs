//! One id over all logs: the whole story, in order, and nothing of anybody else.

use std::process::Command;

use llama_orch::api::Stage::{Cancelled, Completed};
use llama_orch::system::scenarios::{self, HF_TOKEN, PROMPT, task};

use super::stage::{Stage, assert_in_order, can_build, line, plot, services};

#[tokio::test(flavor = "multi_thread")]
async fn a_happy_request_is_one_story_in_five_logs() {
    if !can_build("a happy request") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    let (first, second) = (task("session-one", "default"), task("session-two", "default"));
    let before = system.submit("req-before", &first).await.unwrap();
    let happy = system.submit("req-xyz", &task("session-abc123", "default")).await.unwrap();
    let after = system.submit("req-after", &second).await.unwrap();
    for admitted in [&before, &happy, &after] {
        let end = system.end(admitted).await.unwrap();
        assert_eq!((end.stage, end.tokens), (Completed, 24), "{end:?}");
        assert!(end.text.split(' ').any(|word| word == "llama"), "{end:?}");
    }
    system.stop().await;
    let story = stage.story("req-before");
    let all = [
        "adapter-host",
        "engine-provisioner",
        "model-provisioner",
        "orchestratord",
        "pool-managerd",
    ];
    assert_eq!(services(&story).into_iter().collect::<Vec<_>>(), all);
    assert_in_order(
        &story,
        &[
            "orchestratord admission",
            "orchestratord dispatch",
            "pool-managerd ensure",
            "model-provisioner resolve",
            "model-provisioner ensure",
            "model-provisioner download",
            "downloader progress",
            "model-provisioner downloaded ok",
            "model-provisioner verify",
            "model-provisioner verified ok",
            "model-provisioner complete",
            "engine-provisioner start",
            "engine-provisioner preflight",
            "engine-provisioner git-clone",
            "engine-provisioner git-checkout",
            "engine-provisioner cmake-configure",
            "engine-provisioner cmake-build",
            "engine-provisioner complete ok",
            "pool-managerd spawn",
            "pool-managerd health-check",
            "pool-managerd ready ok",
            "adapter-host health",
            "adapter-host props",
            "adapter-host submit",
            "worker-adapter stream",
            "worker-adapter stream-end ok",
            "orchestratord completed ok",
        ],
    );
    // One trace, too, and nobody else's.
    let trace = story[0].text("trace_id");
    assert!(trace.len() == 32 && story.iter().all(|line| line.text("trace_id") == trace));
    let lines = stage.lines();
    let of_trace = lines.iter().filter(|line| line.text("trace_id") == trace).count();
    assert_eq!(of_trace, story.len());
    // Those that came later found everything in place.
    let later = stage.story("req-xyz");
    assert!(!plot(&later).iter().any(|told| told.contains("cmake")), "{:#?}", plot(&later));
    assert_eq!(later.iter().filter(|line| line.text("action") == "admission").count(), 1);
    assert!(later.iter().all(|line| {
        line.record.get("session_id").is_none_or(|session| session == "session-abc123")
    }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grep_finds_what_the_story_has_and_no_secret_is_anywhere() {
    let stage = Stage::new();
    let system = stage.start().await;
    let digest = scenarios::digest(&system).await.unwrap();
    assert!(digest.error.unwrap().contains("digest mismatch: expected sha256:"));
    system.stop().await;
    let files = std::fs::read_dir(&stage.setup.logs).unwrap().map(|file| file.unwrap().path());
    let files: Vec<_> = files.collect();
    assert_eq!(files.len(), 5, "one a service: {files:?}");
    let grep = Command::new("grep").arg("\"correlation_id\":\"req-digest\"").args(&files).output();
    let found = String::from_utf8(grep.unwrap().stdout).unwrap().lines().count();
    assert_eq!(found, stage.story("req-digest").len());
    assert!(found > 8, "{found} lines");
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains(HF_TOKEN) && !text.contains(PROMPT));
    }
    let download = stage.story("req-digest");
    let download = line(&download, "download", "");
    assert_eq!(download.text("hf_token"), "[redacted:secret]");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stuck_request_says_where_and_for_how_long() {
    if !can_build("a stuck request") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    let stuck = scenarios::stuck(&system).await.unwrap();
    let hangs = async {
        while !stage.story("req-stuck").iter().any(|line| line.text("action") == "cmake-build") {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), hangs).await.unwrap();
    // Other pools go on.
    let other = scenarios::happy(&system).await.unwrap();
    assert_eq!(other.stage, Completed, "{other:?}");
    let told = plot(&stage.story("req-stuck"));
    assert_eq!(
        told.last().map(String::as_str),
        Some("engine-provisioner cmake-build"),
        "{told:#?}"
    );
    let end = system.cancel("req-stuck", &stuck).await.unwrap();
    assert_eq!(end.stage, Cancelled);
    system.stop().await;
    let story = stage.story("req-stuck");
    for (action, outcome) in
        [("cmake-build", "cancelled"), ("ensure", "cancelled"), ("cancelled", "cancelled")]
    {
        assert!(line(&story, action, outcome).record["duration_ms"].is_u64(), "{action}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_request_ends_in_every_service() {
    if !can_build("a cancelled request") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    let end = scenarios::cancel(&system).await.unwrap();
    assert_eq!(end.stage, Cancelled, "{end:?}");
    // The engine is free again.
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    system.stop().await;
    let story = stage.story("req-cancel");
    assert_in_order(
        &story,
        &[
            "worker-adapter first-token",
            "orchestratord cancel",
            "adapter-host cancel",
            "worker-adapter stream-cancelled cancelled",
            "adapter-host submit cancelled",
        ],
    );
    line(&story, "cancelled", "cancelled");
}
