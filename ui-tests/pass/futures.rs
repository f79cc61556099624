//! `#[narrated]` on async fns and on fns that make a future by hand.
//!
//! In: futures that end, fail, borrow and are dropped. Out: they are what they
//! were, and how each ended was told once.
#![deny(warnings)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod heard;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use heard::heard;
use narration_runtime::{narrate, narrated};

struct Pool {
    name: String,
}

#[narrated(actor = "pool-managerd")]
impl Pool {
    #[narrated(action = "spawn", pool_id = self.name)]
    async fn spawn(&self, jobs: u64) -> Result<&str, std::num::ParseIntError> {
        tokio::task::yield_now().await;
        let _: u64 = self.name.parse()?;
        narrate!("drain", "Not reached with {jobs} jobs", pool_id = self.name);
        Ok(&self.name)
    }
}

#[narrated(actor = "pool-managerd", action = "idle")]
async fn last<T>(values: Vec<T>) -> Option<T>
where
    T: Clone + Send + 'static,
{
    let value = values.last()?;
    Some(value.clone())
}

#[narrated(actor = "pool-managerd", action = "spawn")]
fn by_hand(pool_id: String) -> impl Future<Output = Result<u64, String>> + Send {
    let before = pool_id.len();
    async move {
        tokio::task::yield_now().await;
        if before == 0 { Err(pool_id) } else { Ok(3) }
    }
}

#[narrated(actor = "pool-managerd", action = "spawn")]
fn boxed(pool_id: &str) -> Pin<Box<dyn Future<Output = usize> + Send + '_>> {
    Box::pin(async move {
        tokio::task::yield_now().await;
        pool_id.len()
    })
}

#[async_trait::async_trait]
trait Fetches {
    async fn fetch(&self, pool_id: &str) -> std::io::Result<Vec<u8>>;

    #[narrated(actor = "pool-managerd", action = "idle")]
    async fn by_default(&self) -> u64 {
        3
    }
}

#[narrated(actor = "pool-managerd")]
#[async_trait::async_trait]
impl Fetches for Pool {
    #[narrated(action = "spawn")]
    async fn fetch(&self, pool_id: &str) -> std::io::Result<Vec<u8>> {
        let read = std::fs::read(pool_id)?;
        Ok(read)
    }
}

#[narrated(actor = "pool-managerd", action = "spawn")]
async fn forever(pool_id: &str) -> std::convert::Infallible {
    loop {
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

#[narrated(actor = "pool-managerd")]
async fn chosen() {
    tokio::select! {
        _ = forever("default") => narrate!("idle", "Never"),
        () = tokio::task::yield_now() => narrate!("idle", "Chosen"),
    }
}

#[narrated(actor = "pool-managerd", action = "idle")]
async fn counted(down: u64) -> u64 {
    if down == 0 { 0 } else { Box::pin(counted(down - 1)).await + 1 }
}

fn run(future: impl Future) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(future);
}

fn outcomes(told: &[String]) -> Vec<&str> {
    let outcome = |line: &String| line.find("outcome=\"").map(|at| at + 9);
    let ended = told.iter().filter_map(|line| Some(&line[outcome(line)?..]));
    ended.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn futures_are_what_they_were() {
    run(async {
        let pool = Pool { name: "3".to_owned() };
        assert_eq!(pool.spawn(3).await.unwrap(), "3");
        assert_eq!(last(vec![1, 2]).await, Some(2));
        assert_eq!(tokio::spawn(last(vec!["a"])).await.unwrap(), Some("a"));
        assert_eq!(tokio::spawn(by_hand("default".to_owned())).await.unwrap(), Ok(3));
        assert_eq!(boxed("default").await, 7);
        assert!(pool.fetch("/does/not/exist").await.is_err());
        assert_eq!(pool.by_default().await, 3);
        assert_eq!(counted(3).await, 3);
    });
}

#[test]
fn every_ending_is_told_once() {
    let told = heard(|| {
        run(async {
            let pool = Pool { name: "x".to_owned() };
            pool.spawn(3).await.unwrap_err();
            by_hand(String::new()).await.unwrap_err();
            boxed("default").await;
            pool.fetch("/does/not/exist").await.unwrap_err();
        });
    });
    assert_eq!(told.len(), 8, "{told:?}");
    assert_eq!(outcomes(&told), ["failed", "failed", "ok", "failed"]);
    assert!(told[7].contains("error_kind=\"io::NotFound\""), "{told:?}");
}

#[test]
fn a_dropped_future_was_cancelled() {
    let told = heard(|| run(chosen()));
    assert_eq!(outcomes(&told), ["cancelled"], "{told:?}");
    assert!(told.iter().any(|line| line == "pool-managerd::idle Chosen"), "{told:?}");
}
