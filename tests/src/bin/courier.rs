//! A service that tells many numbered lines, for tests and measurements of delivery.
//!
//! In: `courier <scene> key=value …`. Out: numbered lines where the settings say; on standard
//! error, one line of what it emitted and what it knows to be lost.
//!
//! | key | |
//! |---|---|
//! | `service` | the journal or syslog, as `NARRATION_SINK` names them |
//! | `lines` | how many lines, over all threads |
//! | `threads` | how many threads tell them |
//! | `capacity`, `delivery`, `fallback`, `sync`, `patience` | as [`SinkBuilder`] has them |
//! | `bytes`, `keep`, `compress` | as [`Rotation`] has them |

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a scene says what it saw to the test that plays it"
)]

use std::collections::HashMap;
use std::io::{self, BufRead as _, Write as _};
use std::process;
use std::thread;
use std::time::Duration;

use narration_runtime::{Builder, Guard, Rotation, Sink, SinkBuilder, narrate};

/// What stands behind the scene's name.
struct Settings(HashMap<String, String>);

impl Settings {
    fn get<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        let text = self.0.get(key)?;
        Some(text.parse().unwrap_or_else(|_| panic!("{key} cannot be {text}")))
    }

    fn sink(&self) -> SinkBuilder {
        let mut sink = match self.0.get("file").map(String::as_str) {
            None => self.service().unwrap_or_else(Sink::stdout),
            Some("stderr") => Sink::stderr(),
            Some(path) => Sink::file(path),
        };
        if let Some(delivery) = self.get("delivery") {
            sink = sink.delivery(delivery);
        }
        if let Some(bytes) = self.get("capacity") {
            sink = sink.capacity(bytes);
        }
        if let Some(milliseconds) = self.get("patience") {
            sink = sink.patience(Duration::from_millis(milliseconds));
        }
        sink.rotation(self.rotation())
            .fallback_to_stderr(self.get("fallback").unwrap_or(false))
            .sync_failures(self.get("sync").unwrap_or(false))
    }

    /// `journald:/path`, or `syslog:` and an address.
    #[cfg(unix)]
    fn service(&self) -> Option<SinkBuilder> {
        match self.0.get("service")?.split_once(':')? {
            ("journald", socket) => Some(Sink::journald(socket)),
            (_, address) => address.parse().ok().map(Sink::syslog),
        }
    }

    #[cfg(not(unix))]
    fn service(&self) -> Option<SinkBuilder> {
        None
    }

    fn rotation(&self) -> Rotation {
        let mut rotation = Rotation::new();
        if let Some(bytes) = self.get("bytes") {
            rotation = rotation.at_bytes(bytes);
        }
        if let Some(files) = self.get("keep") {
            rotation = rotation.keep(files);
        }
        if self.get("compress").unwrap_or(false) { rotation.compress() } else { rotation }
    }

    fn lines(&self) -> u64 {
        self.get("lines").unwrap_or(1000)
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let scene = arguments.next().unwrap_or_default();
    let pairs = arguments.filter_map(|pair| {
        pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()))
    });
    let settings = Settings(pairs.collect());
    let guard = Builder::new("courier").sink(settings.sink()).init();
    match scene.as_str() {
        "emit" => emit(&settings),
        "steps" => steps(&guard),
        "flood" => flood(&guard, settings.get("every").unwrap_or(100)),
        "exit" => exit(&settings),
        "signals" => signals(&guard, &settings),
        "panic" => panic(&settings),
        "panicking-thread" => {
            drop(thread::scope(|scope| scope.spawn(|| panic(&settings)).join()));
        }
        "failure" => failure(&guard, &settings),
        "after" => return after(guard, &settings),
        #[cfg(unix)]
        "fork" => fork(&settings),
        other => panic!("no such scene: {other:?}"),
    }
    let sink = guard.sink().clone();
    drop(guard);
    report(&sink, settings.lines());
}

/// Says what is known after the end.
fn report(sink: &Sink, emitted: u64) {
    let losses = sink.losses();
    let by_reason: Vec<_> =
        losses.iter().map(|loss| format!("{}={}", loss.reason, loss.lines)).collect();
    eprintln!(
        "emitted={emitted} lost={} diverted={} {}",
        losses.total(),
        sink.diverted(),
        by_reason.join(" ")
    );
}

/// A numbered line of a length of its own.
fn tell(number: u64) {
    let remark = "a parcel on its way from the scanner to the belt and on to the van; ".repeat(4);
    let length = usize::try_from(number * 37 % 200).unwrap_or(0);
    narrate!(
        actor = "scanner",
        action = "scan",
        parcel_id = "p-1",
        weight_g = number,
        remark = &remark[..length]
    );
}

/// All lines, each thread its share.
fn emit(settings: &Settings) {
    let (lines, threads) = (settings.lines(), settings.get("threads").unwrap_or(1));
    thread::scope(|scope| {
        for one in 0..threads {
            scope.spawn(move || (one..lines).step_by(threads as usize).for_each(tell));
        }
    });
}

/// As many lines as each line of standard input says, told and flushed; `+` before the number
/// leaves the flush out.
fn steps(guard: &Guard) {
    let mut number = 0;
    for line in io::stdin().lock().lines() {
        let line = line.unwrap();
        match line.as_str() {
            "reopen" => guard.sink().reopen(),
            filter if filter.contains('=') => {
                if let Err(error) = guard.filter().set(filter) {
                    eprintln!("{error}");
                    continue;
                }
            }
            count => {
                for _ in 0..count.trim_start_matches('+').parse().unwrap() {
                    tell(number);
                    number += 1;
                }
            }
        }
        let flushed = !line.starts_with('+') && guard.flush().is_ok();
        eprintln!("told={number} flushed={flushed} lost={}", guard.lost());
    }
}

/// Lines without an end; after each batch says which number a flush has acknowledged.
fn flood(guard: &Guard, every: u64) {
    for number in 0.. {
        tell(number);
        if number % every == every - 1 {
            guard.flush().unwrap();
            println!("{number}");
            io::stdout().flush().unwrap();
        }
    }
}

/// Ends without destructors.
fn exit(settings: &Settings) {
    emit(settings);
    narration_runtime::flush().unwrap();
    process::exit(0);
}

/// Waits for a signal after all is told.
fn signals(guard: &Guard, settings: &Settings) {
    guard.handle_signals().unwrap();
    emit(settings);
    eprintln!("ready");
    loop {
        thread::park();
    }
}

fn panic(settings: &Settings) {
    emit(settings);
    panic!("the van is gone");
}

/// One failure, and what is held back right after it.
fn failure(guard: &Guard, settings: &Settings) {
    emit(settings);
    narrate!(actor = "sorter", action = "step", level = "error", human = "The belt has stopped");
    eprintln!("unwritten={}", guard.sink().unwritten().lines);
    process::abort();
}

/// Narrations after the guard is gone.
fn after(guard: Guard, settings: &Settings) {
    let sink = guard.sink().clone();
    drop(guard);
    emit(settings);
    report(&sink, settings.lines());
}

/// A process forked off while there are lines that its parent has not written yet. Both go on
/// narrating; the lines of the one that was forked off have numbers from a million on.
#[cfg(unix)]
fn fork(settings: &Settings) {
    let lines = settings.lines();
    (0..lines).for_each(tell);
    let keep = || daemonize::Stdio::keep();
    let forked = daemonize::Daemonize::new().stdout(keep()).stderr(keep()).execute();
    match forked {
        daemonize::Outcome::Parent(_) => (lines..2 * lines).for_each(tell),
        daemonize::Outcome::Child(_) => (0..lines).for_each(|number| tell(1_000_000 + number)),
    }
}
