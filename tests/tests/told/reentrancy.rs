//! Narrations inside narrations, and narrations where threads begin and end.

use std::cell::Cell;
use std::fmt;

use narration_runtime::{narrate, narrated};
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, told};

/// Narrates whenever it is shown.
struct Talkative;

impl fmt::Display for Talkative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        narrate!(
            actor = "sorter",
            action = "step",
            human = "Inside: {remark}",
            remark = "a second text"
        );
        f.write_str("shown")
    }
}

#[test]
fn a_display_that_narrates_disturbs_nobody() {
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Before {carrier} between {remark} after",
            carrier = "swiftpost",
            remark = Talkative
        );
    });
    let lines = told.lines(Stream::Story);
    assert_eq!(
        lines,
        [
            "[sorter] step: Inside: a second text",
            "[scanner] inspect: Before swiftpost between shown after"
        ]
    );
    assert_harmless(&told, 2);
}

#[test]
fn an_argument_that_narrates_comes_before_its_own_narration() {
    fn weigh() -> u64 {
        narrate!(actor = "sorter", action = "step");
        7
    }
    let told = told(|| narrate!(actor = "scanner", action = "inspect", weight_g = weigh()));
    assert_eq!(told.plot(), ["step", "inspect"]);
    assert_eq!(told.records()[1].field("weight_g").unwrap().to_string(), "7");
}

#[test]
fn a_fn_that_is_told_may_be_called_inside_an_argument() {
    #[narrated(actor = "sorter", action = "route")]
    fn route(parcel_id: &str) -> u64 {
        parcel_id.len() as u64
    }
    let told = told(|| narrate!(actor = "scanner", action = "inspect", weight_g = route("p-1")));
    assert_eq!(told.plot(), ["route", "routed ok", "inspect"]);
    assert_eq!(told.records()[2].field("parcel_id"), None, "its span is closed again");
}

#[test]
fn a_debug_of_a_foreign_event_that_narrates_disturbs_nobody() {
    struct Inner(Cell<bool>);
    impl fmt::Debug for Inner {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            if !self.0.replace(true) {
                narrate!(actor = "sorter", action = "step");
            }
            f.write_str("inner")
        }
    }
    let told = told(|| tracing::info!(value = ?Inner(Cell::new(false)), "outer"));
    let events: Vec<_> =
        told.records().into_iter().filter(|record| record.action == "log").collect();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].human, "outer");
    assert_eq!(events[0].field("value").unwrap().as_str(), Some("inner"));
}

#[test]
fn a_panic_in_an_argument_leaves_nothing_behind() {
    let told = told(|| {
        let caught = std::panic::catch_unwind(|| {
            fn weigh() -> u64 {
                panic!("the scale broke")
            }
            narrate!(actor = "scanner", action = "inspect", weight_g = weigh());
        });
        assert!(caught.is_err(), "it is the caller's panic");
        narrate!(actor = "sorter", action = "step");
    });
    assert_eq!(told.plot(), ["step"]);
}
