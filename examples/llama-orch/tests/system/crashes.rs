//! Engines that crash, hang, flood their output, or do not start.

use llama_orch::api::Stage::{Completed, Failed};
use llama_orch::api::Task;
use llama_orch::system::scenarios::{self, task};

use super::stage::{Stage, assert_in_order, can_build, line, plot};

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_is_recovered_from_in_the_middle_of_an_answer() {
    if !can_build("a crash") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    let end = scenarios::crash(&system).await.unwrap();
    assert_eq!((end.stage, end.tokens), (Completed, 60), "{end:?}");
    assert_eq!(system.replica("default").await.unwrap().restarts, 1);
    // Nobody uses it now: the crash is a story of its own that names the one it comes from.
    system.harm("default", "crash").await.unwrap();
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    system.stop().await;
    let story = stage.story("req-crash");
    assert_in_order(
        &story,
        &[
            "worker-adapter first-token",
            "pool-managerd crash",
            "pool-managerd recover",
            "pool-managerd recovered ok",
            "orchestratord completed ok",
        ],
    );
    assert_in_order(
        &story,
        &[
            "worker-adapter stream-failed failed",
            "worker-adapter retry",
            "worker-adapter stream-end ok",
        ],
    );
    assert!(line(&story, "crash", "").text("status").contains("signal"), "{:#?}", plot(&story));
    let lines = stage.lines();
    let alone = lines
        .iter()
        .find(|line| line.text("action") == "crash" && line.text("caused_by") == "req-crash");
    assert!(alone.is_some(), "{:#?}", plot(&lines));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_crashes_again_and_again_is_given_up() {
    if !can_build("crashes without an end") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    let long = Task { max_tokens: 100_000, ..task("session-crash", "default") };
    let admitted = system.submit("req-doomed", &long).await.unwrap();
    system.progress(&admitted, 3).await.unwrap();
    let doomed = async {
        loop {
            // Until there is no engine left to harm.
            system.harm("default", "crash").await.unwrap();
            if stage
                .story("req-doomed")
                .iter()
                .any(|line| line.text("error_kind") == "crashes-again")
            {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), doomed).await.unwrap();
    let end = system.end(&admitted).await.unwrap();
    assert_eq!(end.stage, Failed);
    // The next request gets a new engine.
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    system.stop().await;
    let story = stage.story("req-doomed");
    let given_up = story.iter().find(|line| line.text("error_kind") == "crashes-again").unwrap();
    assert_eq!((given_up.text("action"), given_up.text("level")), ("recovery-failed", "error"));
    assert_eq!(line(&story, "error", "").text("actor"), "worker-adapter");
    line(&story, "failed", "failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_hangs_is_noticed_and_started_again() {
    if !can_build("a hanging engine") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    system.harm("default", "hang").await.unwrap();
    let end = scenarios::happy(&system).await.unwrap();
    assert_eq!((end.stage, end.tokens), (Completed, 24), "{end:?}");
    system.stop().await;
    let lines = stage.lines();
    assert!(plot(&lines).contains(&"pool-managerd recovered ok".to_owned()), "{:#?}", plot(&lines));
    assert!(lines.iter().any(|line| line.text("action") == "health-failed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_floods_its_output_is_neither_held_up_nor_told_in_full() {
    if !can_build("a flood") {
        return;
    }
    let mut stage = Stage::with_pools(&["default,master,GPU0,4,100000"]);
    stage.setup.filter = "info,pool-managerd=debug".to_owned();
    let system = stage.start().await;
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    system.stop().await;
    let lines = stage.lines();
    let told = lines.iter().filter(|line| line.text("action") == "engine-output").count();
    let untold: u64 = lines
        .iter()
        .filter(|line| line.text("action") == "engine-flood")
        .map(|line| line.record["lines"].as_u64().unwrap())
        .sum();
    assert!(told < 1000, "{told}");
    assert_eq!(told as u64 + untold, 100_002, "and where it listens, and for whom it was started");
    let of_engine = stage.story("req-xyz");
    assert!(of_engine.iter().any(|line| line.text("line") == "started for req-xyz"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_does_not_start_is_told() {
    if !can_build("an engine without a model") {
        return;
    }
    let stage = Stage::new();
    let system = stage.start().await;
    let file = stage.path("no-model.gguf");
    std::fs::write(&file, "no model").unwrap();
    let model_ref = format!("file:{}", file.display());
    let task = Task { model_ref, digest: None, ..task("session-file", "default") };
    let admitted = system.submit("req-file", &task).await.unwrap();
    let end = system.end(&admitted).await.unwrap();
    assert_eq!(end.stage, Failed);
    assert!(
        end.error.as_deref().unwrap().contains("the engine ended with exit status: 2"),
        "{end:?}"
    );
    system.stop().await;
    let story = stage.story("req-file");
    assert_eq!(line(&story, "spawn-failed", "failed").text("error_kind"), "engine-ended");
}
