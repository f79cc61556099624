//! Nothing happens when nobody listens: no expression is evaluated, nothing is hoisted.
//!
//! No subscriber is ever installed in this process, so that every narration is off.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::cell::Cell;
use std::fmt;

use narration_runtime::{narrate, narrated};

thread_local! {
    static EVALUATED: Cell<u32> = const { Cell::new(0) };
}

/// Counts that it was asked for a value.
fn evaluated<T>(value: T) -> T {
    EVALUATED.set(EVALUATED.get() + 1);
    value
}

/// Counts that it was formatted.
#[derive(Clone, Copy)]
struct Watched;

impl fmt::Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        evaluated(f.write_str("watched"))
    }
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Derefs only when it is asked to, and counts that.
struct Lazy(String);

impl std::ops::Deref for Lazy {
    type Target = str;

    fn deref(&self) -> &str {
        evaluated(&self.0)
    }
}

#[test]
fn no_expression_is_evaluated_in_any_position() {
    let (remark, carrier) = (Watched, Lazy("swiftpost".to_owned()));
    narrate!(
        actor = "scanner",
        action = "inspect",
        target = evaluated("target"),
        human = "By {carrier} at {remark} and {remark:?}, {weight_g:>4} g",
        weight_g = evaluated(3u64),
        carrier = &*carrier,
        remark = %remark,
        letter = ?evaluated(remark),
        gate_code = evaluated("4711"),
        wait_ms = evaluated(std::time::Duration::from_millis(3)),
        fragile = {
            evaluated(());
            true
        },
        correlation_id = evaluated("req-1"),
    );
    narrate!(
        actor = "scanner",
        action = "inspect",
        human = "At {remark}",
        belt = evaluated("north")
    );
    assert_eq!(EVALUATED.get(), 0);
}

#[test]
fn values_that_are_not_told_are_not_moved_and_panics_in_them_do_not_happen() {
    let remark = String::from("side door");
    narrate!(actor = "scanner", action = "inspect", remark);
    narrate!(actor = "scanner", action = "inspect", weight_g = [0u64; 0][evaluated(7)]);
    assert_eq!(remark, "side door");
    assert_eq!(EVALUATED.get(), 0);
}

#[narrated(actor = "sorter", action = "route", target = evaluated("target"), belt = evaluated("north"), error_kind = evaluated("kind"))]
fn route(parcel_id: Watched, weight_g: u64) -> Result<u64, Watched> {
    if weight_g == 0 { Err(parcel_id) } else { Ok(weight_g) }
}

#[narrated(actor = "sorter", action = "route", belt = evaluated("north"))]
async fn route_later(parcel_id: Watched) -> Result<(), Watched> {
    std::future::ready(()).await;
    Err(parcel_id)
}

#[test]
fn a_fn_nobody_listens_to_only_runs_its_body() {
    assert!(matches!(route(Watched, 3), Ok(3)));
    assert!(route(Watched, 0).is_err());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert!(runtime.block_on(route_later(Watched)).is_err());
    assert_eq!(EVALUATED.get(), 0);
}

#[test]
fn a_narration_that_is_off_allocates_nothing() {
    let (parcel_id, remark) = ("p-1", String::from("side door"));
    let off = allocation_counter::measure(|| {
        for weight_g in 0..1000u64 {
            narrate!(actor = "scanner", action = "scan", parcel_id, weight_g, remark);
            assert!(route(Watched, weight_g + 1).is_ok());
        }
    });
    assert_eq!(off.count_total, 0);
}
