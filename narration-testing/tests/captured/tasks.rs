//! Captures in the tasks of tokio, which move from thread to thread.

use narration_runtime::scope;
use narration_testing::capture;
use tokio::task::{JoinSet, yield_now};
use tracing::Instrument;

use crate::narrating::spawn;

#[tokio::test]
async fn a_runtime_of_one_thread_belongs_to_its_test() {
    let story = capture();
    tokio::spawn(async { spawn("plain task") }).await.unwrap();
    story.assert_narration_includes("plain task");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_that_carry_the_context_come_home() {
    let story = capture();
    let mut tasks = JoinSet::new();
    for number in 0..16 {
        let work = async move {
            yield_now().await;
            spawn(&format!("task-{number}"));
        };
        // Nothing but the capture's own span is there to be carried.
        tasks.spawn(work.in_current_span());
    }
    tasks.join_all().await;
    assert_eq!(story.len(), 16, "{story}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_the_runtime_spawns_comes_home() {
    let story = capture();
    narration_runtime::spawn(async { spawn("task") }).await.unwrap();
    narration_runtime::spawn_blocking(|| spawn("blocking")).await.unwrap();
    narration_runtime::spawn_thread(|| spawn("thread")).join().unwrap();
    std::thread::spawn(narration_runtime::in_context(|| spawn("pool"))).join().unwrap();
    story.assert_order(&["task", "blocking", "thread", "pool"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn captures_in_tasks_follow_them_from_thread_to_thread() {
    let mut tests = JoinSet::new();
    for number in 0..32 {
        tests.spawn(async move {
            let story = capture();
            for _ in 0..50 {
                spawn(&format!("engine-{number}"));
                yield_now().await;
            }
            assert_eq!(story.len(), 50, "{story}");
            story.field("engine", format!("engine-{number}")).assert_count(50);
        });
    }
    tests.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_scope_carries_the_capture_into_tasks_of_a_task() {
    tokio::spawn(async {
        let story = capture();
        tokio::spawn(story.scope(async {
            tokio::spawn(async { spawn("grandchild") }.in_current_span()).await.unwrap();
        }))
        .await
        .unwrap();
        story.assert_narration_includes("grandchild");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn several_tests_in_one_task_are_told_apart_by_their_scopes() {
    let (one, two) = (capture(), capture());
    let tell = |engine: &'static str| async move {
        for _ in 0..10 {
            spawn(engine);
            yield_now().await;
        }
    };
    tokio::join!(one.scope(tell("first")), two.scope(tell("second")));
    two.field("engine", "second").assert_count(10);
    // The second was made inside of the first, which hears both.
    assert_eq!((one.len(), two.len()), (20, 10));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_serves_all_tests_gives_each_its_own() {
    let (send, mut receive) = tokio::sync::mpsc::unbounded_channel::<(String, _)>();
    let server = tokio::spawn(async move {
        while let Some((id, done)) = receive.recv().await {
            let request = async move {
                spawn("served");
                yield_now().await;
                let _: Result<(), ()> = tokio::sync::oneshot::Sender::send(done, ());
            };
            tokio::spawn(request.instrument(scope!(correlation_id = id)));
        }
    });
    let mut tests = JoinSet::new();
    for _ in 0..16 {
        let send = send.clone();
        tests.spawn(async move {
            let story = capture();
            for _ in 0..10 {
                let (done, served) = tokio::sync::oneshot::channel();
                send.send((story.correlation_id().to_string(), done)).unwrap();
                served.await.unwrap();
            }
            assert_eq!(story.len(), 10, "{story}");
        });
    }
    tests.join_all().await;
    drop(send);
    server.await.unwrap();
}
