//! Waiting for what is yet to be told.

use std::thread;
use std::time::Duration;

use narration_testing::{Story, capture};
use tracing::Instrument;

use crate::failing::failure;
use crate::narrating::{ready, spawn};

const LONG: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_later_is_awaited() {
    let story = capture();
    let (go, gone) = tokio::sync::oneshot::channel::<()>();
    let service = async move {
        gone.await.unwrap();
        spawn("late");
        ready(2);
    };
    tokio::spawn(service.in_current_span());
    let awaited = async {
        let event = story.wait_for("engine late", LONG).await;
        assert_eq!(event.action, "spawn");
        story.wait_for(story.actor("pool-managerd").action("ready"), LONG).await;
        story.wait_for(|story: &Story| story.len() == 2, LONG).await;
    };
    tokio::join!(awaited, async { go.send(()).unwrap() });
}

#[test]
fn a_thread_waits_too() {
    let story = capture();
    thread::scope(|threads| {
        threads.spawn(|| story.in_scope(|| ready(3)));
        story.wait_for_blocking("3 slots", LONG);
        story.wait_for_blocking(story.field("slots", 3), LONG);
    });
}

#[test]
fn what_does_not_come_fails_with_the_story_and_the_place() {
    let story = capture();
    spawn("only this");
    let soon = Duration::from_millis(10);
    let blocking = failure(|| drop(story.wait_for_blocking("Engine ready", soon)));
    assert!(blocking.file.ends_with("waiting.rs"), "{}", blocking.file);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let awaiting = failure(|| drop(runtime.block_on(story.wait_for("Engine ready", soon))));
    for report in [blocking.report, awaiting.report] {
        assert!(report.starts_with("after 10ms, at "), "{report}");
        assert!(report.contains("waiting.rs:"), "{report}");
        assert!(report.contains("not narrated: a text that includes \"Engine ready\""), "{report}");
        assert!(report.contains("only this"), "{report}");
    }
}
