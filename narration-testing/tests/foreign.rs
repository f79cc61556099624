//! A service that has installed a subscriber of its own.
//!
//! In: processes in which somebody was first. Out: captures where the layer is
//! there, and an error that says what to do where it is not.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::process::{Command, Output};

use narration_runtime::narrate;
use narration_testing::{CaptureError, try_capture};
use tracing_subscriber::prelude::*;

/// Runs one of this program's tests again in a process of its own, as the part named.
fn run(part: &str) -> Output {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "the_part", "--nocapture"]).env("PLAYS", part).env_remove("RUST_LOG");
    again.env("NARRATION_FORMAT", "json").output().unwrap()
}

fn spawn() {
    narrate!(
        actor = "pool-managerd",
        action = "spawn",
        engine = "llamacpp-v1",
        pool_id = "default"
    );
}

/// Nothing, unless it is run as a part of the tests below.
#[test]
fn the_part() {
    match std::env::var("PLAYS").as_deref() {
        Ok("init") => {
            let _narration = narration_runtime::Builder::new("service").init();
            assert_eq!(try_capture().unwrap_err(), CaptureError::ForeignSubscriber);
            drop(narration_testing::capture());
        }
        Ok("stack") => {
            let filter = tracing_subscriber::filter::LevelFilter::ERROR;
            let own = narration_runtime::layer().with_filter(filter);
            tracing_subscriber::registry().with(own).with(narration_testing::layer()).init();
            let story = narration_testing::capture();
            let span = tracing::Span::current();
            spawn();
            std::thread::spawn(move || span.in_scope(spawn)).join().unwrap();
            story.actor("pool-managerd").assert_count(2);
        }
        Ok("late") => {
            let story = narration_testing::capture();
            let _narration = narration_runtime::Builder::new("service").init();
            spawn();
            story.actor("pool-managerd").assert_count(1);
        }
        Ok("scoped") => {
            drop(narration_testing::capture());
            let other = tracing_subscriber::registry().with(narration_runtime::layer());
            tracing::subscriber::with_default(other, || {
                assert_eq!(try_capture().unwrap_err(), CaptureError::ForeignSubscriber);
            });
            assert!(try_capture().is_ok());
        }
        _ => {}
    }
}

#[test]
fn without_the_layer_the_error_says_what_to_add() {
    let output = run("init");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("add `.with(narration_testing::layer())`"), "{said}");
    assert!(said.contains("foreign.rs"), "{said}");
}

#[test]
fn beside_other_layers_everything_is_heard() {
    let output = run("stack");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!String::from_utf8_lossy(&output.stdout).contains("llamacpp-v1"), "{output:?}");
}

#[test]
fn a_service_that_is_set_up_inside_of_a_test_does_not_disturb_it() {
    let output = run("late");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_subscriber_of_one_thread_is_noticed() {
    let output = run("scoped");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
