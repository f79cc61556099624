//! What scenarios do, and what they ask beyond the ready-made steps.
//!
//! In: a world. Out: a system that was used and has ended; claims about its story.

use cucumber::{given, then, when};
use futures_util::future::join_all;
use llama_orch::api::{Stage, Task};
use llama_orch::system::scenarios::task;
use narration_testing::cucumber::NarrationWorld as _;

use super::world::World;

#[given("the five services")]
async fn services(world: &mut World) {
    world.start().await;
}

#[when("a request is made")]
async fn made(world: &mut World) {
    served(world, task("session-abc123", "default")).await;
}

#[when(regex = "^a request for the model (.+) is made$")]
async fn made_for(world: &mut World, model_ref: String) {
    served(world, Task { model_ref, ..task("session-abc123", "default") }).await;
}

async fn served(world: &mut World, task: Task) {
    let admitted = world.system().submit(&world.id(), &task).await.unwrap();
    world.ended(&admitted).await;
    world.stop().await;
}

#[when(regex = r#"^a request hangs in "(.+)" until its client gives it up$"#)]
async fn hangs(world: &mut World, words: String) {
    let (id, task) = (world.id(), task("session-stuck", "stuck"));
    let admitted = world.system().submit(&id, &task).await.unwrap();
    world.written(&words).await;
    let end = world.system().cancel(&id, &admitted).await.unwrap();
    world.ends.push(end.stage);
    world.stop().await;
}

#[when("the engine of a request crashes")]
async fn crashes(world: &mut World) {
    let task = Task { max_tokens: 60, ..task("session-crash", "default") };
    let admitted = world.system().submit(&world.id(), &task).await.unwrap();
    world.system().progress(&admitted, 5).await.unwrap();
    world.system().harm("default", "crash").await.unwrap();
    world.ended(&admitted).await;
    world.stop().await;
}

#[when("the client of a request gives it up")]
async fn gives_up(world: &mut World) {
    let (id, task) = (world.id(), Task { max_tokens: 10_000, ..task("session-cancel", "default") });
    let admitted = world.system().submit(&id, &task).await.unwrap();
    world.system().progress(&admitted, 5).await.unwrap();
    let end = world.system().cancel(&id, &admitted).await.unwrap();
    world.ends.push(end.stage);
    world.stop().await;
}

#[when(regex = "^([0-9]+) requests of (.+) for the model (.+) are made at the same time$")]
async fn many(world: &mut World, count: usize, session: String, model_ref: String) {
    let task = Task { model_ref, ..task(&session, "default") };
    let ids: Vec<String> = (0..count).map(|_| world.id()).collect();
    let admitted = join_all(ids.iter().map(|id| world.system().submit(id, &task))).await;
    for admitted in admitted {
        world.ended(&admitted.unwrap()).await;
    }
    world.stop().await;
}

#[when(regex = r#"^a request for pool "(.+)" is refused$"#)]
async fn refused(world: &mut World, pool_id: String) {
    let task = task("session-abc123", &pool_id);
    world.system().submit(&world.id(), &task).await.unwrap_err();
    world.stop().await;
}

#[then(regex = "^(?:it is|they are) (completed|failed|cancelled)$")]
fn ended(world: &mut World, how: String) {
    let expected = match how.as_str() {
        "completed" => Stage::Completed,
        "failed" => Stage::Failed,
        _ => Stage::Cancelled,
    };
    assert!(!world.ends.is_empty(), "no request was made");
    assert!(world.ends.iter().all(|end| *end == expected), "{:?}", world.ends);
}

#[then(regex = "^engine is spawned$")]
pub(crate) async fn then_engine_spawned(world: &mut World) {
    world.assert_narration_includes("Spawning engine");
    world.assert_field_present("pool_id", "default");
    world.assert_correlation_id_present();
}

#[then(regex = "^every narration with a session is of (.+)$")]
fn of_session(world: &mut World, session: String) {
    let with = world.narration().narrations().has("session_id");
    assert_eq!(with.count(), with.field("session_id", &session).count(), "{}", **world.narration());
}
