//! A small service that hands work on: to tasks, threads, pools, channels and child processes.
//!
//! In: `forwarder <scene>` and the environment of a service. Out: its narrations, and those of the
//! processes it starts, on standard output; on standard error, what the scene itself has to say.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a scene says what it saw to the test that plays it"
)]

use std::process::Command;
use std::thread;

use narration_runtime::{
    Correlation, CorrelationId, Environment, InContext as _, Narrated, each_in_context, in_context,
    inject, narrate, narrated, refusals, scope, spawn, spawn_blocking, spawn_in, spawn_thread,
};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tracing::Instrument as _;

fn main() {
    let _narration = narration_runtime::init!();
    let scene = std::env::args().nth(1).unwrap_or_default();
    match scene.as_str() {
        "work" => work(),
        "parent" => operation().in_scope(|| start("child")),
        "parent-of-tokio" => operation().in_scope(start_by_tokio),
        "grandparent" => operation().in_scope(|| start("go-between")),
        "go-between" => start("child"),
        "child" => child(),
        "headers" => operation().in_scope(headers),
        other => panic!("no such scene: {other:?}"),
    }
}

fn step(remark: &str) {
    narrate!(actor = "sorter", action = "step", remark);
}

fn operation() -> tracing::Span {
    Correlation::with_id("req-xyz".parse().expect("legal")).span()
}

/// Everything one process can hand work to.
fn work() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build();
    runtime.expect("a runtime").block_on(async {
        let (sender, receiver) = mpsc::channel(4);
        let worker = tokio::spawn(worker(receiver));
        hand_on(sender).instrument(operation()).await;
        worker.await.expect("it ends");
        step("outside");
    });
}

async fn hand_on(sender: mpsc::Sender<Narrated<&'static str>>) {
    step("here");
    spawn(async {
        step("task");
        tokio::task::yield_now().await;
        step("task, later");
        spawn(async { step("task of a task") }).await.expect("it ends");
    })
    .await
    .expect("it ends");
    tokio::select! {
        () = async { tokio::task::yield_now().await; step("select") } => {}
        () = std::future::pending() => {}
    }
    let mut set = JoinSet::new();
    for _ in 0..4 {
        spawn_in(&mut set, async { step("set") });
    }
    set.join_all().await;
    spawn_blocking(|| {
        step("blocking");
        spawn_thread(|| step("thread")).join().expect("it ends");
        thread::spawn(in_context(|| step("closure"))).join().expect("it ends");
        (0..32u32).into_par_iter().for_each(each_in_context(|_| step("pool")));
    })
    .await
    .expect("it ends");
    sender.send(Narrated::new("channel")).await.expect("somebody listens");
    sender.send(Narrated::new("channel, async")).await.expect("somebody listens");
}

/// A worker that was there before the request, and has no context of its own.
async fn worker(mut receiver: mpsc::Receiver<Narrated<&'static str>>) {
    while let Some(message) = receiver.recv().await {
        if message.value().ends_with("async") {
            let work = message.open_async(|remark| async move {
                tokio::task::yield_now().await;
                step(remark);
            });
            work.await;
            continue;
        }
        message.open(step);
    }
}

/// Starts another process of this program, inside a fn and two scopes.
#[narrated(actor = "sorter", action = "weigh", human = "Starting another process")]
fn start(scene: &str) {
    let _session = scope!(session_id = "session-abc123", parcel_id = "p-1", weight_g = 7).entered();
    let _private =
        scope!(remark = "ring twice", gate_code = "open-sesame", recipient = "Ada").entered();
    step("parent");
    let status = this(scene).in_context().status().expect("it starts");
    assert!(status.success(), "{status}");
}

fn start_by_tokio() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let task = async {
        step("parent");
        let mut command = tokio::process::Command::from(this("child"));
        let status = command.in_context().status().await.expect("it starts");
        assert!(status.success(), "{status}");
    };
    let session = scope!(session_id = "session-abc123", parcel_id = "p-1", weight_g = 7);
    runtime.expect("a runtime").block_on(task.instrument(session));
}

fn this(scene: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a program"));
    command.arg(scene);
    command
}

/// What was started, and knows nothing of who did it.
fn child() {
    step("child");
    thread::spawn(|| step("child's thread")).join().expect("it ends");
    weigh("p-2");
    tracing::info!("a dependency of the child speaks");
    operation_of_its_own();
    eprintln!("id: {:?}", CorrelationId::current());
    eprintln!("refused: {}", refusals());
}

#[narrated(actor = "sorter", action = "weigh", human = "Weighing")]
fn weigh(parcel_id: &str) {
    step("child's fn");
}

fn operation_of_its_own() {
    let own = Correlation::with_id("req-own".parse().expect("legal"));
    own.span().in_scope(|| step("another operation"));
}

/// What would be sent to another service.
fn headers() {
    let mut environment = Environment::new();
    inject(&mut environment);
    environment.variables().for_each(|(name, value)| eprintln!("{name}={value}"));
}
