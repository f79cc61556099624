//! In steady state a narration allocates nothing, redaction and formatting included.
//!
//! The memory of this process is counted by thread, and the one subscriber is the product's own
//! layer over a sink that keeps one line.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::{Arc, Once};

use narration_runtime::{Correlation, Format, narrate, scope, taxonomy};
use tracing::info_span;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

/// A place for one line, made before anything is counted.
#[derive(Clone)]
struct LastLine(Arc<Mutex<Vec<u8>>>);

impl MakeWriter<'_> for LastLine {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Write for LastLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut line = self.0.lock().unwrap();
        line.clear();
        line.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Installs one layer for each format.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let layer = |format| {
            let sink = LastLine(Arc::new(Mutex::new(Vec::with_capacity(64 * 1024))));
            narration_runtime::layer().with_format(format).with_writer(sink)
        };
        let stack = tracing_subscriber::registry()
            .with(layer(Format::Json))
            .with(layer(Format::Logfmt))
            .with(layer(Format::Pretty).with_colour(true))
            .with(layer(Format::Story));
        tracing::subscriber::set_global_default(stack).unwrap();
    });
}

/// How many allocations a thousand runs cost, once the buffers have grown.
fn steady(narrate: impl Fn(u64)) -> u64 {
    install();
    (0..100).for_each(&narrate);
    allocation_counter::measure(|| (0..1000).for_each(&narrate)).count_total
}

fn admission(queue_position: u64) {
    let (pool_id, predicted_start_ms) = ("default", 420u64);
    narrate!(
        actor = "orchestratord",
        action = "admission",
        correlation_id = "req-xyz",
        session_id = "session-abc123",
        pool_id,
        queue_position,
        predicted_start_ms
    );
}

#[test]
fn the_admission_allocates_nothing() {
    assert_eq!(steady(admission), 0);
}

#[test]
fn inside_a_span_with_three_context_fields_neither() {
    install();
    let _request = info_span!("request", correlation_id = "req-xyz").entered();
    let _session = info_span!("session", session_id = "session-abc123", job_id = "job-7").entered();
    let inside = steady(|queue_position| {
        let pool_id = "default";
        narrate!(
            actor = "orchestratord",
            action = "admission",
            pool_id,
            queue_position,
            predicted_start_ms = 420u64
        );
    });
    assert_eq!(inside, 0);
}

#[test]
fn inside_an_operation_with_a_trace_and_scopes_neither() {
    install();
    let operation = Correlation::new().with_field(taxonomy!(), "parcel_id", "p-1").unwrap();
    let _operation = operation.span().entered();
    let _scope = scope!(session_id = "session-abc123", job_id = "job-7").entered();
    let admit = |queue_position: u64| {
        let pool_id = "default";
        narrate!(
            actor = "orchestratord",
            action = "admission",
            pool_id,
            queue_position,
            predicted_start_ms = 420u64
        );
    };
    assert_eq!(steady(admit), 0);
}

#[test]
fn a_narration_that_lost_its_id_allocates_nothing_either() {
    install();
    // From now on this process knows contexts.
    drop(Correlation::new().span());
    assert_eq!(steady(|_| narrate!(actor = "sorter", action = "step")), 0);
}

#[test]
fn every_type_and_class_but_content_allocates_nothing() {
    let path = std::path::PathBuf::from("/var/labels/7781.png");
    let remark = String::from("left at the side door, ring twice");
    let all = steady(|weight_g| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "By {carrier:>12} on {belt}: {remark}, {weight_g:05} g, {fill:.1} %",
            target = label_path,
            parcel_id = format_args!("NL-{weight_g}"),
            carrier = "swiftpost",
            belt = "north",
            label_path = path,
            tracking_url = "https://track.example/7781",
            remark,
            recipient = "Ada",
            gate_code = "4711",
            weight_g,
            wait_ms = std::time::Duration::from_millis(weight_g),
            drift_mm = -4,
            fill = 62.5,
            fragile = true,
        );
    });
    assert_eq!(all, 0);
}

#[test]
fn an_event_of_another_crate_allocates_nothing_either() {
    let foreign = steady(|attempt| {
        tracing::info!(target: "hyper::client", attempt, host = "track.example", ready = ?Some(true), "retrying in {} ms", attempt);
    });
    assert_eq!(foreign, 0);
}

#[test]
fn the_counter_counts() {
    assert!(steady(|weight_g| drop(vec![weight_g])) >= 1000);
}
