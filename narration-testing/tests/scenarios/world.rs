//! The world of the features, and its steps.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cucumber::{given, then, when};
use narration_runtime::{narrate, scope};
use narration_testing::cucumber::{NarrationWorld, Scenario};
use tokio::task::yield_now;

#[derive(Debug, Default, cucumber::World)]
pub(crate) struct World {
    narration: Scenario,
    pub(crate) hooked: u32,
    held: Vec<tokio::task::JoinHandle<()>>,
}

impl NarrationWorld for World {
    fn narration(&self) -> &Scenario {
        &self.narration
    }
}

fn spawn(engine: &str) {
    narrate!(actor = "pool-managerd", action = "spawn", engine, pool_id = "default");
}

#[given(regex = "^nothing happens$")]
fn nothing(_: &mut World) {}

#[when(regex = "^engine (.+) is started$")]
fn started(_: &mut World, engine: String) {
    spawn(&engine);
}

#[when(regex = "^engine (.+) is started for request (.+)$")]
fn started_for(_: &mut World, engine: String, request: String) {
    scope!(correlation_id = request).in_scope(|| {
        spawn(&engine);
        narrate!(actor = "pool-managerd", action = "ready", slots = 4);
    });
}

/// A service that takes its context from the request alone, on a thread of its own.
#[when(regex = "^a service elsewhere starts engine (.+) ([0-9]+) times$")]
async fn started_elsewhere(world: &mut World, engine: String, times: u32) {
    let id = world.narration.correlation_id();
    for _ in 0..times {
        let (id, wanted) = (id.clone(), engine.clone());
        let service = move || scope!(correlation_id = id).in_scope(|| spawn(&wanted));
        std::thread::spawn(service).join().unwrap();
        spawn(&engine);
        yield_now().await;
    }
}

/// A task that keeps the step's span open for longer than the scenario lasts.
#[when(regex = "^a connection is kept open$")]
async fn kept_open(world: &mut World) {
    let forever = tracing::Instrument::in_current_span(std::future::pending());
    world.held.push(tokio::spawn(forever));
}

#[when(regex = "^the engine takes its time$")]
async fn takes_its_time(_: &mut World) {
    let later = async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        narrate!(actor = "pool-managerd", action = "ready", slots = 8);
    };
    tokio::spawn(tracing::Instrument::in_current_span(later));
}

#[when(regex = "^it works the second time$")]
fn second_time(world: &mut World) {
    static TIMES: AtomicU32 = AtomicU32::new(0);
    // The same id in every attempt, as a feature that spells it has.
    scope!(correlation_id = "req-flaky").in_scope(|| spawn("llamacpp-v1"));
    assert_eq!(world.narration.len(), 1, "an attempt hears another one");
    assert!(TIMES.fetch_add(1, Ordering::SeqCst) > 0, "it does not work the first time");
}

#[then(regex = "^the service elsewhere is heard ([0-9]+) times$")]
fn heard(world: &mut World, times: usize) {
    world.narration().actor("pool-managerd").action("spawn").assert_count(times);
}

#[cfg(feature = "story-snapshots")]
#[then(regex = "^its story is kept as (.+)$")]
fn kept(world: &mut World, name: String) {
    use narration_testing::__snapshot::{Asserted, check};

    let folder = std::env::var("STORIES").unwrap();
    let asserted = Asserted { name: &name, package: &folder, source: "tests/told.rs" };
    check(&asserted, &narration_testing::Snapshot::from(world.narration()));
}

#[then(regex = "^it panics$")]
fn panics(_: &mut World) {
    panic!("the slots ran out");
}

/// The step that the book shows, word for word: only the world is this test's.
#[allow(unreachable_pub, reason = "as a service's own steps have it")]
mod shown {
    use cucumber::then;
    use narration_testing::cucumber::NarrationWorld as _;

    use super::World;

    #[then(regex = "^engine is spawned$")]
    pub async fn then_engine_spawned(world: &mut World) {
        world.assert_narration_includes("Spawning engine");
        world.assert_field_present("pool_id", "default");
        world.assert_correlation_id_present();
    }
}

#[then(regex = "^the free assertions know the scenario$")]
async fn then_free(world: &mut World) {
    narration_testing::assert_narration_includes("Spawning engine");
    narration_testing::assert_correlation_id_present("req-xyz");
    assert_eq!(narration_testing::current().len(), world.narration.len());
}
