//! Stories of captures: what tasks, threads and spans tell, with and without ids of spans in the
//! lines.

use std::thread;

use narration_runtime::{Correlation, in_context, narrate, narrated, spawn};
use narration_testing::capture;
use tokio::sync::oneshot::{Receiver, Sender, channel};
use tokio::task::yield_now;
use tracing::Instrument as _;

#[narrated(actor = "pool-managerd", action = "spawn")]
async fn start(engine: &str, pool_id: &str) -> Result<u64, std::io::Error> {
    yield_now().await;
    narrate!(actor = "pool-managerd", action = "ready", slots = 4);
    Ok(4)
}

/// Engines that are started by tasks of their own, one after the other.
async fn story(order: [&'static str; 2]) -> String {
    let story = capture();
    let mut before: Option<Receiver<()>> = None;
    let mut tasks = Vec::new();
    for pool in order {
        let (done, next): (Sender<()>, _) = channel();
        let wait = before.replace(next);
        tasks.push(spawn(async move {
            if let Some(wait) = wait {
                wait.await.unwrap();
            }
            narrate!(actor = "orchestratord", action = "admission", pool_id = pool);
            start(if pool == "one" { "llamacpp-v1" } else { "llamacpp-v2" }, pool).await.unwrap();
            // Nobody waits for the last.
            let _ = done.send(());
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(story.len(), 8, "{story}");
    story.snapshot().keep(["pool_id"]).to_string()
}

/// Holds that a story has these steps, by what each begins with; their fields stand elsewhere.
fn assert_steps<'s>(told: &str, starts: impl IntoIterator<Item = &'s str>) {
    let mut steps = told.lines().filter(|line| !line.trim_start().starts_with('|'));
    for start in starts {
        let step = steps.next().unwrap_or_default();
        assert!(step.starts_with(start), "{start}: {told}");
    }
    assert_eq!(steps.next(), None, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_told_side_by_side_whichever_came_first() {
    let told = story(["one", "two"]).await;
    assert_eq!(told, story(["two", "one"]).await);
    // Each task keeps its own order, and what a fn tells stands under what called it.
    let task = [
        "  [orchestratord] admission",
        "    [pool-managerd] spawn",
        "    [pool-managerd] ready",
        "    [pool-managerd] spawn",
    ];
    let tasks = ["∥ 1 of 2", "∥ 2 of 2"].map(|branch| [branch].into_iter().chain(task));
    assert_steps(&told, tasks.into_iter().flatten());
}

#[tokio::test]
async fn one_task_is_told_as_it_went_whoever_acts() {
    let story = capture();
    narrate!(actor = "pool-managerd", action = "ready", slots = 1);
    narrate!(actor = "orchestratord", action = "admission", pool_id = "default");
    start("llamacpp-v1", "default").await.unwrap();
    narrate!(actor = "orchestratord", action = "poll");
    let told = story.snapshot().to_string();
    let starts = [
        "[pool-managerd] ready",
        "[orchestratord] admission",
        "  [pool-managerd] spawn",
        "  [pool-managerd] ready",
        "  [pool-managerd] spawn",
        "[orchestratord] poll",
    ];
    assert_steps(&told, starts);
}

#[tokio::test]
async fn what_was_over_before_a_scope_says_anything_is_told_in_front_of_it() {
    let story = capture();
    let scope = narration_runtime::scope!(correlation_id = story.correlation_id());
    let work = async {
        start("llamacpp-v1", "default").await.unwrap();
        let task =
            spawn(async { narrate!(actor = "orchestratord", action = "admission", pool_id = "b") });
        narrate!(actor = "orchestratord", action = "poll");
        task.await.unwrap();
    };
    work.instrument(scope).await;
    let told = story.snapshot().to_string();
    let starts = [
        "[pool-managerd] spawn",
        "∥ 1 of 2",
        "  [orchestratord] admission",
        "∥ 2 of 2",
        "  [pool-managerd] ready",
        "  [pool-managerd] spawn",
        "  [orchestratord] poll",
    ];
    assert_steps(&told, starts);
}

/// Two threads that carry a span along, one after the other.
fn count(order: [u64; 2]) {
    for slots in order {
        let told = in_context(move || narrate!(actor = "pool-managerd", action = "ready", slots));
        thread::scope(|threads| threads.spawn(told).join().unwrap());
    }
}

#[narrated(actor = "pool-managerd", action = "spawn")]
fn start_counted(engine: &str, pool_id: &str, order: [u64; 2]) -> Result<(), std::io::Error> {
    count(order);
    Ok(())
}

#[test]
fn threads_that_carry_the_span_of_a_request_are_told_side_by_side_whichever_came_first() {
    let told = |work: fn([u64; 2]), order| {
        let story = capture();
        let request = Correlation::with_id(story.correlation_id());
        request.span().in_scope(|| work(order));
        assert!(story.narrations().has("span_id").exists(), "{story}");
        story.snapshot().to_string()
    };
    for work in [
        |order| start_counted("llamacpp-v1", "default", order).unwrap(),
        |order| {
            narrate!(actor = "orchestratord", action = "poll");
            count(order);
            narrate!(actor = "orchestratord", action = "poll");
        },
    ] {
        let first = told(work, [3, 7]);
        assert_eq!(first, told(work, [7, 3]));
        let branches = first.lines().filter(|line| line.trim_start().starts_with("∥"));
        assert_eq!(branches.count(), 3, "{first}");
    }
}
