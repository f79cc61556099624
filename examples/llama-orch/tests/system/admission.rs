//! The queue as clients see it.

use llama_orch::api::Stage::{Cancelled, Completed, Failed};
use llama_orch::api::Task;
use llama_orch::system::scenarios::task;

use super::stage::{Stage, can_build, line};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_behind_three_others_is_told_its_position_and_eta() {
    if !can_build("a queue behind a request that takes long") {
        return;
    }
    let stage = Stage::with_pools(&["default,stuck,GPU0,4,0"]);
    let system = stage.start().await;
    for id in ["req-1", "req-2", "req-3"] {
        system.submit(id, &task("session-1", "default")).await.unwrap();
    }
    let admitted = system.submit("req-xyz", &task("session-abc123", "default")).await.unwrap();
    assert_eq!((admitted.queue_position, admitted.predicted_start_ms), (3, 420));
    let end = system.cancel("req-xyz", &admitted).await.unwrap();
    assert_eq!(end.stage, Cancelled, "it still waits");
    system.stop().await;
    let story = stage.story("req-xyz");
    let human = "Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'";
    let admission = &line(&story, "admission", "").record;
    for (field, value) in
        [("human", human), ("target", "session-abc123"), ("session_id", "session-abc123")]
    {
        assert_eq!(admission[field], value);
    }
    assert_eq!(
        (&admission["queue_position"], &admission["predicted_start_ms"]),
        (&3.into(), &420.into())
    );
    line(&story, "cancelled", "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_refuses_and_says_so() {
    if !can_build("a queue that is full") {
        return;
    }
    // The first request takes two seconds and then fails; meanwhile one more may wait.
    let mut stage = Stage::with_pools(&["default,stuck,GPU0,4,0"]);
    (stage.setup.queue, stage.setup.step_limit) = (1, 2);
    let system = stage.start().await;
    let task = task("session-1", "default");
    let served = system.submit("req-served", &task).await.unwrap();
    let waits = system.submit("req-waits", &task).await.unwrap();
    let refused = system.submit("req-refused", &task).await.unwrap_err();
    assert_eq!(refused.kind(), "queue-full");
    assert_eq!(refused.to_string(), "orchestratord: the queue is full");
    let elsewhere = Task { pool_id: "no-such-pool".to_owned(), ..task.clone() };
    let unknown = system.submit("req-unknown", &elsewhere).await.unwrap_err();
    assert_eq!(unknown.kind(), "no-such-pool");
    for admitted in [&served, &waits] {
        assert_eq!(system.end(admitted).await.unwrap().stage, Failed, "its build has no end");
    }
    assert!(system.submit("req-again", &task).await.is_ok(), "there is room again");
    system.stop().await;
    for id in ["req-refused", "req-unknown"] {
        let story = stage.story(id);
        assert_eq!(line(&story, "admission-refused", "").text("level"), "warn");
        assert_eq!(story.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_at_the_same_time_never_mix() {
    let mut stage = Stage::new();
    stage.setup.queue = 64;
    let system = stage.start().await;
    let ids: Vec<String> = (0..40).map(|number| format!("req-many-{number}")).collect();
    let system_ref = &system;
    let submitted = ids.iter().map(|id| async move {
        // A reference that is none fails at once.
        let mut task = task(&format!("session-{id}"), "default");
        task.model_ref = "ftp:org/tiny".to_owned();
        system_ref.submit(id, &task).await.unwrap()
    });
    for admitted in futures_util::future::join_all(submitted).await {
        assert_ne!(system.end(&admitted).await.unwrap().stage, Completed);
    }
    system.stop().await;
    for id in &ids {
        let story = stage.story(id);
        let own = format!("session-{id}");
        assert!(
            story
                .iter()
                .all(|line| line.record.get("session_id").is_none_or(|session| *session == own))
        );
        let admitted = story.iter().filter(|line| line.text("action") == "admission").count();
        let resolved = story.iter().filter(|line| line.text("action") == "resolve").count();
        assert_eq!((admitted, resolved), (1, 2), "once accepted; resolved and refused: {id}");
    }
}
