//! A small service, for tests that need a process of its own.
//!
//! In: `depot <scene>` and the environment of a service. Out: its narrations where the environment
//! says; on standard error, what the scene itself has to say.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    reason = "a scene says what it saw to the test that plays it"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use narration_runtime::{
    Builder, Correlation, CorrelationId, Format, Sink, Tail, Trust, extract, narrate, narrated,
};
use tracing::Span;
use tracing::field::{Empty, debug};
use tracing_subscriber::prelude::*;

fn main() {
    let scene = std::env::args().nth(1).unwrap_or_default();
    match scene.as_str() {
        "actors" => actors(),
        "twice" => twice(),
        "strict" => strict(),
        "many" => many(),
        "thread-exit" => thread_exit(),
        "recorded-debug" => recorded_debug(),
        "log-crate" => log_crate(),
        "in-code" => in_code(),
        "belt" => belt(),
        "chute" => chute(),
        "tail" => tail(),
        "tail-bounded" => tail_bounded(),
        "tail-late" => tail_late(),
        "own-stack" => own_stack(),
        "exported" => exported(),
        "exported-kinds" => exported_kinds(),
        "exported-carried" => exported_carried().unwrap_or_else(|error| panic!("{error}")),
        "exported-lost" => exported_lost(),
        other => panic!("no such scene: {other:?}"),
    }
}

/// Two actors at all levels, a fn, and another crate.
fn actors() {
    let _narration = narration_runtime::init!();
    narrate!(actor = "scanner", action = "glance");
    narrate!(actor = "scanner", action = "scan", parcel_id = "p-1");
    narrate!(actor = "sorter", action = "step", level = "debug");
    narrate!(actor = "sorter", action = "step", level = "warn");
    let _ = route("p-1");
    tracing::debug!(target: "hyper", "a dependency whispers");
    tracing::info!(target: "hyper", "a dependency speaks");
}

#[narrated(actor = "sorter", action = "route")]
fn route(parcel_id: &str) -> Result<(), String> {
    Err("no belt".to_owned())
}

/// `init!()` where there is a subscriber already.
fn twice() {
    let _first = narration_runtime::init!();
    let second = narration_runtime::init!();
    narrate!(actor = "sorter", action = "step");
    eprintln!("faults: {:?}", second.faults());
    eprintln!("refused: {}", Builder::new("depot").try_init().is_err());
}

/// `try_init`, which installs nothing when something is wrong.
fn strict() {
    match Builder::new("depot").try_init() {
        Ok(_narration) => narrate!(actor = "sorter", action = "step"),
        Err(faults) => faults.iter().for_each(|fault| eprintln!("{fault}")),
    }
}

/// As many lines as the second argument says, of many lengths.
fn many() {
    let narration = narration_runtime::init!();
    let count = std::env::args().nth(2).and_then(|count| count.parse().ok()).unwrap_or(100u64);
    let remark = "x".repeat(3000);
    for weight_g in 0..count {
        let length = usize::try_from(weight_g * 37 % 3000).unwrap_or(0);
        narrate!(
            actor = "scanner",
            action = "scan",
            parcel_id = "p-1",
            weight_g,
            remark = &remark[..length]
        );
    }
    let _ = narration.flush();
    eprintln!("lost: {}", narration.lost());
}

struct Tells(&'static str);

impl Drop for Tells {
    fn drop(&mut self) {
        narrate!(
            actor = "sorter",
            action = "step",
            human = "Leaving: {remark:>8}",
            remark = format!("the {}", self.0)
        );
        let _ = route("last");
    }
}

thread_local! {
    static EARLY: RefCell<Option<Tells>> = const { RefCell::new(None) };
    static LATE: RefCell<Option<Tells>> = const { RefCell::new(None) };
}

/// Narrations in destructors of a thread that ends: before and after its buffers are gone.
fn thread_exit() {
    let _narration = narration_runtime::init!();
    let thread = std::thread::spawn(|| {
        EARLY.with(|slot| *slot.borrow_mut() = Some(Tells("early")));
        narrate!(actor = "sorter", action = "step", remark = "working");
        LATE.with(|slot| *slot.borrow_mut() = Some(Tells("late")));
    });
    eprintln!("ended: {}", thread.join().is_ok());
}

/// A `Debug` that narrates while its value is recorded on the very span around it.
fn recorded_debug() {
    struct Talkative;
    impl fmt::Debug for Talkative {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            narrate!(actor = "sorter", action = "step");
            f.write_str("talkative")
        }
    }
    let _narration = narration_runtime::init!();
    let span = tracing::info_span!("job", value = Empty).entered();
    span.record("value", debug(Talkative));
    tracing::info!("after");
}

/// What a crate says that knows `log` alone.
fn log_crate() {
    let _narration = narration_runtime::init!();
    log::warn!(target: "driver::arm", "the arm shakes at {} mm", 4);
    log::info!(target: "driver::net password=hunter2secret", "password=hunter2secret in a line");
    log::debug!(target: "driver::arm", "unheard by default");
}

/// Everything said in code goes before the environment.
fn in_code() {
    let _narration = Builder::new("front-desk")
        .format(Format::Story)
        .filter("sorter=debug")
        .provenance(false)
        .init();
    narrate!(actor = "sorter", action = "step", level = "debug");
    narrate!(actor = "scanner", action = "scan", parcel_id = "p-1");
}

/// A request, what it leads to, and what stands beside it.
fn exported() {
    let _narration = narration_runtime::init!();
    let request = "req-xyz".parse().map(Correlation::with_id).unwrap_or_default();
    request.span().in_scope(|| {
        narrate!(actor = "scanner", action = "scan", parcel_id = "NL-204-7781", weight_g = 1250u64);
        let _ = route("NL-204-7781");
        let cause = Correlation::current();
        std::thread::spawn(move || later(cause)).join().unwrap_or_default();
    });
    weigh("NL-204-7781");
    tracing::info!(target: "driver", password = "hunter2", "a dependency speaks, token=hunter2hunter2");
}

/// Every level, another crate's numbers, and narrations with a key that a scope hands down, too.
fn exported_kinds() {
    let _narration = Builder::new("depot").filter("trace").init();
    narrate!(actor = "sorter", action = "step", level = "trace", remark = "trace");
    narrate!(actor = "sorter", action = "step", level = "debug", remark = "debug");
    narrate!(actor = "sorter", action = "step", level = "warn", remark = "warn");
    tracing::info!(target: "driver", pin = 4711, cvv = -4712, tokens = 3, "the door opens");
    tracing::info!(target: "driver", warm = true, drift = -2, fill = 0.5, "the belt is warm");
    log::warn!(target: "driver::arm", "the arm shakes at {} mm", 4);
    let jam = Jam(fmt::Error);
    tracing::warn!(target: "driver", error = &jam as &dyn Error, "the belt stands");
    let shift = narration_runtime::scope!(session_id = "s-outer", job_id = "j-1");
    let _shift = shift.entered();
    narrate!(actor = "sorter", action = "step", session_id = "s-own", remark = "own");
    tracing::info!(target: "driver", session_id = "s-driver", "a driver has its own");
    let belt = tracing::info_span!("belt", job_id = "j-2", otp = 4713).entered();
    narrate!(actor = "sorter", action = "step", remark = "inner");
    drop(belt);
}

/// A request of another service, with fields of every type; and an outcome beside it.
fn exported_carried() -> Result<(), Box<dyn Error>> {
    let _narration = Builder::new("depot").filter("trace").init();
    let sent = [
        ("x-correlation-id", "req-far"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("tracestate", "vendor=x"),
    ];
    let sent: BTreeMap<_, _> = sent.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let table = narration_runtime::taxonomy!();
    let request = extract(&sent, Trust::Adopt)
        .correlation
        .with_field(table, "parcel_id", "p-9")?
        .with_field(table, "weight_g", u64::MAX)?
        .with_field(table, "picture_size", 7u64)?
        .with_field(table, "drift_mm", -7)?
        .with_field(table, "fill", 2.5)?
        .with_field(table, "fragile", true)?;
    request.span().in_scope(|| {
        narrate!(actor = "sorter", action = "step", remark = "carried");
        let belt = tracing::info_span!("belt", speed = Empty, note = Empty);
        belt.record("speed", 4).record("note", "password=hunter2hunter2");
        belt.in_scope(|| narrate!(actor = "sorter", action = "step", remark = "recorded"));
        weigh("p-9");
    });
    narrate!(
        actor = "sorter",
        action = "routed",
        parcel_id = "p-10",
        outcome = "ok",
        duration_ms = 90u64
    );
    Ok(())
}

/// What is wrong with a belt; it cannot be told without its key.
#[derive(Debug)]
struct Jam(fmt::Error);

impl fmt::Display for Jam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("jammed by api_key=4f9d27c1b8e35a60aa17")
    }
}

impl Error for Jam {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Work that a request caused and does not wait for.
fn later(cause: Option<Correlation>) {
    let span = cause.map(|cause| Correlation::new().caused_by(&cause).span());
    let _caused = span.map(Span::entered);
    narrate!(actor = "scanner", action = "scan", parcel_id = "NL-204-7782");
}

#[narrated(actor = "sorter", action = "weigh")]
fn weigh(parcel_id: &str) {}

/// As many narrations as can be counted when they are lost.
fn exported_lost() {
    let narration = narration_runtime::init!();
    for _ in 0..10 {
        narrate!(actor = "scanner", action = "scan", parcel_id = "p-1");
    }
    if let Some(otel) = narration.otel() {
        otel.flush(Duration::from_secs(60));
        eprintln!("lost: {} log records", otel.lost().log_records);
    }
}

/// Forty stories of three steps, each with a rare failure, and what belongs to no story.
fn belt() {
    let _narration = narration_runtime::init!();
    for story in 0..40 {
        let id: CorrelationId = format!("req-{story}").parse().unwrap_or_default();
        Correlation::with_id(id).span().in_scope(|| {
            narrate!(actor = "belt", action = "roll", weight_g = 1);
            narrate!(actor = "belt", action = "tick", weight_g = story);
            narrate!(actor = "belt", action = "roll", weight_g = 2);
            narrate!(actor = "belt", action = "tick", weight_g = story);
            if story % 10 == 0 {
                narrate!(actor = "belt", action = "jam");
            }
        });
    }
    for _ in 0..20 {
        narrate!(actor = "belt", action = "roll", remark = "alone");
    }
}

fn story(number: u64) -> Span {
    let id: CorrelationId = format!("req-{number}").parse().unwrap_or_default();
    Correlation::with_id(id).span()
}

/// Forty stories at `debug`, each with what its level samples and what is told always.
fn chute() {
    let _narration = narration_runtime::init!();
    for number in 0..40 {
        story(number).in_scope(|| {
            narrate!(actor = "chute", action = "slide");
            narrate!(actor = "chute", action = "slide");
            narrate!(actor = "chute", action = "thud");
            narrate!(actor = "chute", action = "slide", level = "info", remark = "aloud");
        });
    }
}

/// Forty stories, each tenth of which fails between its second and its third step.
fn fail_each_tenth() {
    for number in 0..40 {
        story(number).in_scope(|| {
            narrate!(actor = "belt", action = "roll", weight_g = 1);
            story(1000).in_scope(|| narrate!(actor = "chute", action = "thud", level = "info"));
            narrate!(actor = "belt", action = "roll", weight_g = 2);
            if number % 10 == 0 {
                narrate!(actor = "belt", action = "jam");
            }
            narrate!(actor = "belt", action = "roll", weight_g = 3);
        });
    }
}

/// Stories that are told whole where they fail.
fn tail() {
    let _narration = narration_runtime::builder!().tail(Tail::new()).init();
    fail_each_tenth();
}

/// More stories at once than are kept.
fn tail_bounded() {
    let _narration = narration_runtime::builder!().tail(Tail::new().stories(10)).init();
    let stories: Vec<_> = (0..40).map(story).collect();
    for one in &stories {
        one.in_scope(|| narrate!(actor = "belt", action = "roll", weight_g = 1));
    }
    for one in &stories {
        one.in_scope(|| narrate!(actor = "belt", action = "jam"));
    }
}

/// Stories that fail when they have been given up.
fn tail_late() {
    let _narration = narration_runtime::builder!().tail(Tail::new().wait(Duration::ZERO)).init();
    fail_each_tenth();
}

/// The sampler in a subscriber that the service puts together itself.
fn own_stack() {
    let Ok(sink) = Sink::stdout().open() else { return };
    let sampler = narration_runtime::sampler!().with_tail(Tail::new(), sink.clone());
    let layer = narration_runtime::layer().with_writer(sink.clone());
    tracing_subscriber::registry().with(sampler.clone()).with(layer).init();
    fail_each_tenth();
    sampler.tell();
    let _ = sink.close();
}
