//! Many tests, tasks and rounds at once: nothing strays, nothing is lost.
//!
//! In: parallel async tests on one runtime, each with tasks that carry its
//! context in one of the ways there are. Out: each test's own narrations, all of
//! them, and no other.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use narration_runtime::{CorrelationId, narrate, scope};
use narration_testing::{Event, capture};
use tokio::task::{JoinSet, yield_now};
use tracing::Instrument;

/// How many tests run at once.
const TESTS: u64 = 64;

/// How many tasks each of them spawns.
const TASKS: u64 = 16;

/// How often each task narrates; `STRESS_ROUNDS` says otherwise.
const ROUNDS: u64 = 20;

fn rounds() -> u64 {
    std::env::var("STRESS_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap())
}

async fn work(test: u64, task: u64) {
    for round in 0..rounds() {
        narrate!(
            actor = "orchestratord",
            action = "admission",
            pool_id = format!("pool-{test}"),
            note = format!("{task}/{round}"),
        );
        if round % 16 == task {
            yield_now().await;
        }
    }
}

/// One test: a quarter of its tasks each has the span, the capture's scope, the
/// correlation id, or all of its ancestors' context.
async fn test(number: u64) {
    let story = capture();
    let id = CorrelationId::new();
    let request = scope!(correlation_id = &id);
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let id = id.clone();
        match task % 4 {
            0 => tasks.spawn(work(number, task).instrument(request.clone())),
            1 => tasks.spawn(story.scope(work(number, task))),
            2 => tasks.spawn(async move {
                // What a server does: a request's id, and no context else.
                let context = scope!(correlation_id = id);
                work(number, task).instrument(context).await;
            }),
            _ => tasks.spawn(
                async move { tokio::spawn(work(number, task).in_current_span()).await.unwrap() }
                    .instrument(request.clone()),
            ),
        };
    }
    tasks.join_all().await;
    let pool = format!("pool-{number}");
    let mine = |event: &&Event| event.value("pool_id").is_some_and(|own| own.to_string() == pool);
    let events = story.events();
    assert_eq!(events.len() as u64, TASKS * rounds(), "test {number} lost some, or heard others");
    assert_eq!(events.iter().filter(mine).count(), events.len(), "test {number} heard another");
    let mut notes: Vec<_> =
        events.iter().map(|event| event.value("note")).map(Option::unwrap).collect();
    notes.sort_by_key(ToString::to_string);
    notes.dedup();
    assert_eq!(notes.len(), events.len(), "test {number} heard one twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn parallel_tests_lose_nothing_and_hear_nothing_of_each_other() {
    let mut tests = JoinSet::new();
    (0..TESTS).for_each(|number| drop(tests.spawn(test(number))));
    tests.join_all().await;
}
