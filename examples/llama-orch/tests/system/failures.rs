//! What goes wrong before there is an engine, and around the services.

use std::net::TcpListener;
use std::process::Command;

use llama_orch::api::Stage::Failed;
use llama_orch::api::Task;
use llama_orch::system::scenarios::{self, task};

use super::stage::{Stage, can_build, line, plot};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_digest_and_downloads_that_fail() {
    let stage = Stage::new();
    let system = stage.start().await;
    assert_eq!(scenarios::digest(&system).await.unwrap().stage, Failed);
    for (id, model_ref) in [("req-broken", "hf:org/broken"), ("req-absent", "hf:org/absent")] {
        let task = Task { model_ref: model_ref.to_owned(), ..task("session-1", "default") };
        let admitted = system.submit(id, &task).await.unwrap();
        assert_eq!(system.end(&admitted).await.unwrap().stage, Failed);
    }
    system.stop().await;
    let story = stage.story("req-digest");
    let failed = line(&story, "verify-failed", "failed");
    assert_eq!((failed.text("level"), failed.text("error_kind")), ("error", "digest-mismatch"));
    assert!(failed.text("human").starts_with("Digest mismatch: expected sha256:"));
    assert_eq!(
        line(&story, "failed", "failed").text("error_kind"),
        "digest-mismatch",
        "handed on by kind"
    );
    for (id, kind) in [("req-broken", "service-away"), ("req-absent", "http-404")] {
        let story = stage.story(id);
        assert_eq!(line(&story, "download-failed", "failed").text("error_kind"), kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_git_and_a_compiler_the_preflight_says_what_is_missing() {
    let mut stage = Stage::new();
    stage.setup.path = Some(stage.path("empty").into());
    let system = stage.start().await;
    let end = scenarios::happy(&system).await.unwrap();
    assert_eq!(end.stage, Failed);
    let missing = "git and a C compiler not found on the PATH";
    assert!(end.error.as_deref().unwrap().contains(missing), "{end:?}");
    system.stop().await;
    let story = stage.story("req-xyz");
    let failed = line(&story, "preflight", "failed");
    assert_eq!((failed.text("level"), failed.text("error_kind")), ("warn", "tools-missing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_fails_and_a_step_without_an_end() {
    if !can_build("a build that fails") {
        return;
    }
    let mut stage = Stage::with_pools(&[
        "broken,broken,CPU,4,0",
        "stuck,stuck,CPU,4,0",
        "gone,no-such-branch,CPU,4,0",
    ]);
    stage.setup.step_limit = 2;
    let system = stage.start().await;
    for pool in ["broken", "stuck", "gone"] {
        let admitted =
            system.submit(&format!("req-{pool}"), &task("session-1", pool)).await.unwrap();
        let end = system.end(&admitted).await.unwrap();
        assert_eq!(end.stage, Failed, "{end:?}");
    }
    system.stop().await;
    let broken = stage.story("req-broken");
    let told: Vec<_> = plot(&broken).into_iter().filter(|told| told.contains("cmake")).collect();
    assert!(
        told.ends_with(&[
            "engine-provisioner cmake-build".into(),
            "engine-provisioner cmake-failed failed".into()
        ]),
        "{told:?}"
    );
    let stuck = stage.story("req-stuck");
    let late = stuck.iter().rfind(|line| line.text("action") == "cmake-failed").unwrap();
    assert_eq!(late.text("error_kind"), "tool-late", "{:?}", late.record);
    let gone = stage.story("req-gone");
    assert_eq!(line(&gone, "git-checkout", "failed").text("error_kind"), "tool-failed");
}

#[test]
fn a_port_in_use_is_told_with_the_way_out() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_adapter-host"))
        .args(["--port", &port])
        .env("NARRATION_FORMAT", "json")
        .env_remove("NARRATION_FILE")
        .env_remove("RUST_LOG")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("choose another with --port, or 0"), "{told}");
    assert_eq!(output.stdout, b"", "no address is published");
}
