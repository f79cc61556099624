//! What it costs to bring the admission to a real file, beside the same work by others.
//!
//! In: nothing. Out: one line a measurement, its name and a number: nanoseconds for one event, all
//! threads together, from the first event to the last byte in the file.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement may stop at the first surprise"
)]

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use narration_bench::Case;
use narration_runtime::{Delivery, Sink};
use tracing::{Dispatch, dispatcher};
use tracing_appender::non_blocking::NonBlockingBuilder;
use tracing_subscriber::prelude::*;
use tracing_subscriber::registry;

/// Events of one measurement.
const EVENTS: usize = 300_000;

/// Each is measured so often; the best counts, since others only disturb.
const TIMES: usize = 5;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for threads in [1, 2] {
        let ours = best(|| narration(&path("narration.jsonl"), threads));
        println!("file-{threads}/narrate {ours:.1}");
        let peer = best(|| appender(&path("appender.jsonl"), threads));
        println!("file-{threads}/tracing-appender {peer:.1}");
    }
    let lines = fs::read_to_string(path("narration.jsonl")).unwrap();
    let plain = best(|| plain(&path("plain.jsonl"), &lines));
    println!("file-1/write {plain:.1}");
    let [median, last] = stalled();
    println!("stalled/median {median}");
    println!("stalled/p99.9 {last}");
}

fn best(mut measure: impl FnMut() -> Duration) -> f64 {
    (0..TIMES).map(|_| measure().as_secs_f64() * 1e9 / EVENTS as f64).fold(f64::MAX, f64::min)
}

/// The threads' share of the events, each under this subscriber.
fn tell(case: &str, dispatch: &Dispatch, threads: usize) {
    let once = Case::named(case).unwrap().once;
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                dispatcher::with_default(dispatch, || (0..EVENTS / threads).for_each(|_| once()));
            });
        }
    });
}

fn narration(path: &Path, threads: usize) -> Duration {
    let _ = fs::remove_file(path);
    let sink = Sink::file(path).open().unwrap();
    let layer = narration_runtime::layer().with_service("bench").with_writer(sink.clone());
    let dispatch = Dispatch::new(registry().with(layer));
    let began = Instant::now();
    tell("on/narrate", &dispatch, threads);
    sink.close().unwrap();
    assert_eq!(sink.losses().total(), 0);
    began.elapsed()
}

/// `tracing-subscriber`'s JSON behind `tracing-appender`, told to lose nothing either.
fn appender(path: &Path, threads: usize) -> Duration {
    let _ = fs::remove_file(path);
    let file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    let (writer, guard) = NonBlockingBuilder::default().lossy(false).finish(file);
    let layer = tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(writer);
    let dispatch = Dispatch::new(registry().with(layer));
    let began = Instant::now();
    tell("on/tracing", &dispatch, threads);
    drop(guard);
    began.elapsed()
}

/// The very same lines, each written with one call to the system.
fn plain(path: &Path, lines: &str) -> Duration {
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    let began = Instant::now();
    lines.split_inclusive('\n').for_each(|line| file.write_all(line.as_bytes()).unwrap());
    began.elapsed()
}

/// How long a narration takes while its sink takes nothing, in nanoseconds.
fn stalled() -> [u64; 2] {
    /// Takes nothing as long as it is locked.
    static HELD: Mutex<()> = Mutex::new(());
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let held = HELD.lock().unwrap();
    let reader = thread::spawn({
        let fifo = fifo.clone();
        move || {
            let mut reader = fs::File::open(fifo).unwrap();
            drop(HELD.lock());
            std::io::copy(&mut reader, &mut std::io::sink()).unwrap();
        }
    });
    let sink = Sink::file(&fifo).delivery(Delivery::DropNewest).open().unwrap();
    let layer = narration_runtime::layer().with_service("bench").with_writer(sink.clone());
    let dispatch = Dispatch::new(registry().with(layer));
    let once = Case::named("on/narrate").unwrap().once;
    let mut took: Vec<u64> = Vec::with_capacity(EVENTS);
    dispatcher::with_default(&dispatch, || {
        for _ in 0..EVENTS {
            let began = Instant::now();
            once();
            took.push(u64::try_from(began.elapsed().as_nanos()).unwrap());
        }
    });
    drop(held);
    sink.close().unwrap();
    assert!(sink.losses().total() > 0, "it was never full");
    drop((dispatch, sink));
    reader.join().unwrap();
    took.sort_unstable();
    [took[took.len() / 2], took[took.len() * 999 / 1000]]
}
