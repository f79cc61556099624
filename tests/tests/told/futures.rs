//! How async fns end: done, failed, dropped before or between polls, unwound; alone, joined, raced.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use narration_record::Level;
use narration_runtime::{narrate, narrated};
use narration_tests::harmless::assert_harmless;
use narration_tests::{told, told_by};
use tokio::task::yield_now;

fn step() {
    narrate!(actor = "sorter", action = "step");
}

#[narrated(actor = "sorter", action = "route")]
async fn route(parcel_id: &str, belts: usize) -> Result<usize, String> {
    for _ in 0..belts {
        yield_now().await;
    }
    if belts == 0 {
        return Err("no belt".to_owned());
    }
    Ok(belts)
}

#[narrated(actor = "sorter", action = "route")]
async fn wait_for_ever(parcel_id: String) {
    step();
    pending::<()>().await;
}

fn poll_once(future: impl Future) -> bool {
    pin!(future).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

#[tokio::test]
async fn success_and_failure_are_told_once_after_any_number_of_waits() {
    for belts in [1, 2, 40] {
        let told = told_by(async { assert_eq!(route("p-1", belts).await, Ok(belts)) }).await;
        assert_eq!(told.plot(), ["route", "routed ok"]);
        assert_harmless(&told, 2);
    }
    let told = told_by(async { assert!(route("p-1", 0).await.is_err()) }).await;
    assert_eq!(told.plot(), ["route", "route-failed failed"]);
}

#[tokio::test]
async fn durations_count_the_waits() {
    #[narrated(actor = "sorter", action = "weigh")]
    async fn weigh() {
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let told = told_by(weigh()).await;
    let took: u64 = told.records()[1].field("duration_ms").unwrap().to_string().parse().unwrap();
    assert!((30..5000).contains(&took), "{took}");
}

#[test]
fn a_future_that_was_never_polled_tells_nothing() {
    let told = told(|| {
        drop(wait_for_ever("p-1".to_owned()));
        drop(route("p-1", 3));
    });
    assert_eq!(told.plot(), [""; 0]);
    assert_eq!(told.seen, []);
}

#[test]
fn a_future_that_is_dropped_midway_is_cancelled_once() {
    let told = told(|| assert!(!poll_once(wait_for_ever("p-1".to_owned()))));
    assert_eq!(told.plot(), ["route", "step", "route-abandoned cancelled"]);
    let cancelled = &told.records()[2];
    assert_eq!(cancelled.human, "Parcel p-1 was taken off before it had a belt");
    assert_eq!(cancelled.field("parcel_id").unwrap().as_str(), Some("p-1"));
    assert!(cancelled.field("duration_ms").is_some());
    assert_harmless(&told, 3);
}

#[test]
fn without_a_declared_action_cancellation_keeps_the_starts_name() {
    #[narrated(actor = "sorter", action = "weigh")]
    async fn weigh() {
        pending::<()>().await;
    }
    let told = told(|| assert!(!poll_once(weigh())));
    assert_eq!(told.plot(), ["weigh", "weigh cancelled"]);
    let cancelled = &told.records()[1];
    assert!(cancelled.human.starts_with("Weighing a parcel cancelled after "), "{cancelled:?}");
    assert_eq!(cancelled.level, Level::Info);
}

#[test]
fn a_panic_in_a_poll_is_told_once_and_dropping_adds_nothing() {
    #[narrated(actor = "sorter", action = "weigh")]
    async fn weigh() {
        yield_now().await;
        panic!("the scale broke");
    }
    let told = told(|| {
        let mut future = Box::pin(weigh());
        let mut context = Context::from_waker(Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            future.as_mut().poll(&mut context).is_ready()
        }));
        assert!(caught.is_err());
        drop(future);
    });
    assert_eq!(told.plot(), ["weigh", "weigh panicked"]);
}

#[test]
fn dropping_a_future_that_is_done_adds_nothing() {
    let told = told(|| {
        let mut future = Box::pin(route("p-1", 0));
        assert!(matches!(
            future.as_mut().poll(&mut Context::from_waker(Waker::noop())),
            Poll::Ready(Err(_))
        ));
        drop(future);
    });
    assert_eq!(told.plot(), ["route", "route-failed failed"]);
}

#[test]
fn cancellation_is_told_from_the_inside_out() {
    struct Crate;
    impl Drop for Crate {
        fn drop(&mut self) {
            step();
        }
    }
    #[narrated(actor = "sorter", action = "weigh", parcel_id = "outer")]
    async fn outer() {
        let _crate = Crate;
        wait_for_ever("inner".to_owned()).await;
    }
    let told = told(|| assert!(!poll_once(outer())));
    assert_eq!(
        told.plot(),
        ["weigh", "route", "step", "route-abandoned cancelled", "step", "weigh cancelled"]
    );
    let ids: Vec<_> = told
        .records()
        .iter()
        .map(|record| record.field("parcel_id").unwrap().to_string())
        .collect();
    assert_eq!(ids, ["outer", "inner", "inner", "inner", "outer", "outer"]);
}

#[tokio::test]
async fn the_loser_of_a_race_is_cancelled() {
    let told = told_by(async {
        tokio::select! {
            biased;
            () = wait_for_ever("p-1".to_owned()) => unreachable!(),
            routed = route("p-2", 2) => assert_eq!(routed, Ok(2)),
        }
        let late =
            tokio::time::timeout(Duration::from_millis(1), wait_for_ever("p-3".to_owned())).await;
        assert!(late.is_err());
    })
    .await;
    let steps: Vec<_> = told
        .records()
        .iter()
        .map(|record| format!("{} {}", record.action, record.field("parcel_id").unwrap()))
        .collect();
    assert_eq!(
        steps,
        [
            "route p-1",
            "step p-1",
            "route p-2",
            "routed p-2",
            "route-abandoned p-1", // the race
            "route p-3",
            "step p-3",
            "route-abandoned p-3",
        ]
    );
}

#[tokio::test]
async fn joined_futures_keep_their_stories_apart() {
    #[narrated(actor = "sorter", action = "route")]
    async fn slow(parcel_id: String) {
        for _ in 0..3 {
            step();
            yield_now().await;
        }
    }
    let told = told_by(async {
        tokio::join!(slow("p-1".to_owned()), slow("p-2".to_owned()));
        step();
    })
    .await;
    let of = |id: &str| {
        let own = told
            .records()
            .into_iter()
            .filter(|record| record.field("parcel_id").is_some_and(|own| own.as_str() == Some(id)));
        own.map(|record| record.action).collect::<Vec<_>>()
    };
    assert_eq!(of("p-1"), ["route", "step", "step", "step", "routed"]);
    assert_eq!(of("p-2"), of("p-1"));
    assert_eq!(told.records().last().unwrap().field("parcel_id"), None, "no span is left open");
}

#[tokio::test]
async fn narrations_inside_select_know_their_actor() {
    #[narrated(actor = "sorter")]
    async fn race() {
        tokio::select! {
            biased;
            () = async { narrate!("step", "Left in the race") } => narrate!("step", "Left won"),
            () = pending() => {}
        }
        let closure = || narrate!("step", "In a closure");
        closure();
        async { narrate!("step", "In a block") }.await;
    }
    let told = told_by(race()).await;
    let humans: Vec<_> = told.records().into_iter().map(|record| record.human).collect();
    assert_eq!(humans, ["Left in the race", "Left won", "In a closure", "In a block"]);
    assert_eq!(told.records()[0].actor, "sorter");
}

#[async_trait::async_trait]
trait Route {
    async fn find(&self, parcel_id: String) -> Result<u8, String>;
    async fn wait(&self, parcel_id: String);
}

struct Depot {
    belts: u8,
}

#[narrated(actor = "sorter")]
#[async_trait::async_trait]
impl Route for Depot {
    #[narrated(action = "route")]
    async fn find(&self, parcel_id: String) -> Result<u8, String> {
        yield_now().await;
        narrate!("step", "Looking for {remark}", remark = parcel_id.as_str());
        if self.belts == 0 { Err("no belt".to_owned()) } else { Ok(self.belts) }
    }

    #[narrated(action = "route")]
    async fn wait(&self, parcel_id: String) {
        pending::<()>().await;
        drop(parcel_id);
    }
}

#[tokio::test]
async fn async_trait_fns_are_told_like_any_other() {
    let told = told_by(async {
        assert_eq!(Depot { belts: 2 }.find("p-1".to_owned()).await, Ok(2));
        assert!(Depot { belts: 0 }.find("p-2".to_owned()).await.is_err());
        assert!(!poll_once(Depot { belts: 0 }.wait("p-3".to_owned())));
        drop(Depot { belts: 0 }.wait("never polled".to_owned()));
    })
    .await;
    assert_eq!(
        told.plot(),
        [
            "route",
            "step",
            "routed ok",
            "route",
            "step",
            "route-failed failed",
            "route",
            "route-abandoned cancelled"
        ]
    );
}

#[tokio::test]
async fn stories_cross_tasks_and_threads() {
    #[narrated(actor = "sorter", action = "route")]
    async fn send<T: Send>(parcel_id: String, value: T) -> T {
        yield_now().await;
        value
    }
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    let told = told_by(async {
        let spawned = tokio::spawn(assert_send(send("p-1".to_owned(), vec![1, 2])));
        assert_eq!(spawned.await.unwrap(), [1, 2]);
    })
    .await;
    assert_eq!(told.plot(), ["route", "routed ok"]);
}

#[test]
fn an_aborted_task_is_cancelled() {
    let told = told(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let task = tokio::spawn(wait_for_ever("p-1".to_owned()));
            yield_now().await;
            task.abort();
            assert!(task.await.unwrap_err().is_cancelled());
        });
    });
    assert_eq!(told.plot(), ["route", "step", "route-abandoned cancelled"]);
}
