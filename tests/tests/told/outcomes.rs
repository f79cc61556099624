//! How fns end: each way told exactly once, with its duration, in its order.

use std::io::{Read as _, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use narration_record::{Level, Record};
use narration_runtime::{narrate, narrated};
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, told};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;

fn step() {
    narrate!(actor = "sorter", action = "step");
}

fn number(record: &Record, name: &str) -> u64 {
    record
        .field(name)
        .unwrap_or_else(|| panic!("{name} is missing: {record:?}"))
        .to_string()
        .parse()
        .unwrap()
}

#[narrated(actor = "sorter", action = "route")]
fn route(parcel_id: &str, belt: Option<&str>) -> Result<u8, String> {
    std::thread::sleep(Duration::from_millis(3));
    if belt == Some("melted") {
        panic!("the belt melted");
    }
    belt.map(|belt| belt.len() as u8).ok_or_else(|| "no belt".to_owned())
}

#[narrated(actor = "sorter", action = "weigh")]
fn weigh(parcel_id: &str, grams: Result<u64, String>) -> Result<u64, String> {
    step();
    grams
}

#[test]
fn success_tells_the_declared_action_with_outcome_and_duration() {
    let told = told(|| assert_eq!(route("p-1", Some("north")), Ok(5)));
    assert_eq!(told.plot(), ["route", "routed ok"]);
    let ok = &told.records()[1];
    assert!((3..2000).contains(&number(ok, "duration_ms")), "{ok:?}");
    assert_eq!(
        ok.human,
        format!("Parcel p-1 is on its belt after {} ms", number(ok, "duration_ms"))
    );
    assert_eq!(ok.target.as_deref(), Some("p-1"), "the vocabulary's target field");
    assert_eq!((ok.level, ok.field("error"), ok.field("error_kind")), (Level::Info, None, None));
    assert_harmless(&told, 2);
}

#[test]
fn failure_tells_the_declared_action_with_what_went_wrong() {
    let told = told(|| assert!(route("p-1", None).is_err()));
    assert_eq!(told.plot(), ["route", "route-failed failed"]);
    let failed = &told.records()[1];
    assert_eq!(
        (failed.level, failed.human.as_str()),
        (Level::Error, "Parcel p-1 has no belt: no belt")
    );
    assert_eq!(failed.field("error").unwrap().as_str(), Some("no belt"));
    assert!(number(failed, "duration_ms") >= 3);
    let names: Vec<&str> = failed.fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["outcome", "error", "error_kind", "duration_ms", "parcel_id"]);
}

#[test]
fn a_panic_is_told_once_and_goes_on_unwinding() {
    let told = told(|| {
        let caught = catch_unwind(|| route("p-1", Some("melted")));
        let payload = caught.expect_err("the panic goes on");
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"the belt melted"));
    });
    assert_eq!(told.plot(), ["route", "route panicked"]);
    let panicked = &told.records()[1];
    assert_eq!(panicked.level, Level::Error);
    assert_eq!(
        panicked.human,
        format!("Finding a belt panicked after {} ms", number(panicked, "duration_ms"))
    );
    assert_eq!(
        panicked.field("parcel_id").unwrap().as_str(),
        Some("p-1"),
        "it is told inside the span"
    );
}

#[test]
fn without_declared_outcomes_the_starts_own_name_and_outcome_tell() {
    let told = told(|| {
        let _ = weigh("p-1", Ok(7));
        let _ = weigh("p-1", Err("the scale is off".to_owned()));
    });
    assert_eq!(told.plot(), ["weigh", "step", "weigh ok", "weigh", "step", "weigh failed"]);
    let records = told.records();
    assert_eq!(records[0].human, "Weighing a parcel");
    assert_eq!(
        records[2].human,
        format!("Weighing a parcel: done in {} ms", number(&records[2], "duration_ms"))
    );
    assert_eq!(records[2].level, Level::Info);
    assert!(records[5].human.ends_with(": the scale is off"), "{:?}", records[5]);
    assert_eq!(records[5].level, Level::Warn, "a failure is heard");
}

#[test]
fn a_fn_says_every_kind_of_value_that_its_text_names() {
    #[narrated(
        actor = "scanner",
        action = "inspect",
        human = "Inspecting a parcel at {drift_mm}, {fill}, {fragile}, {weight_g}"
    )]
    fn inspect(drift_mm: i64, fill: f64, fragile: bool, weight_g: u64) {}
    let told = told(|| inspect(-4, 62.5, true, 1250));
    let start = &told.records()[0];
    assert_eq!(start.human, "Inspecting a parcel at -4, 62.5, true, 1250");
}

#[test]
fn the_start_may_be_quiet_and_a_failure_is_still_heard() {
    #[narrated(actor = "sorter", action = "weigh", level = "trace")]
    fn weigh(fails: bool) -> Result<(), String> {
        if fails { Err("off".to_owned()) } else { Ok(()) }
    }
    let told = told(|| {
        let _ = weigh(false);
        let _ = weigh(true);
    });
    let levels: Vec<_> = told.records().iter().map(|record| record.level).collect();
    assert_eq!(levels, [Level::Trace, Level::Trace, Level::Trace, Level::Warn]);
}

#[test]
fn the_outcome_is_told_before_the_error_leaves_the_fn() {
    let told = told(|| {
        if let Err(error) = route("p-1", None) {
            narrate!(actor = "scanner", action = "scan", parcel_id = "p-1", remark = error);
        }
    });
    assert_eq!(told.plot(), ["route", "route-failed failed", "scan"]);
}

#[test]
fn nested_fns_tell_from_the_inside_out() {
    #[narrated(actor = "sorter", action = "weigh", parcel_id = "outer")]
    fn outer() -> Result<u8, String> {
        let routed = route("p-1", None)?;
        step();
        Ok(routed)
    }
    let told = told(|| drop(outer()));
    assert_eq!(told.plot(), ["weigh", "route", "route-failed failed", "weigh failed"]);
    let ids: Vec<_> = told
        .records()
        .iter()
        .map(|record| record.field("parcel_id").unwrap().to_string())
        .collect();
    assert_eq!(ids, ["outer", "p-1", "p-1", "outer"]);
}

#[test]
fn a_panic_through_nested_fns_is_told_by_each_of_them() {
    #[narrated(actor = "sorter", action = "weigh")]
    fn outer() {
        let _ = route("p-1", Some("melted"));
    }
    let told = told(|| drop(catch_unwind(outer)));
    assert_eq!(told.plot(), ["weigh", "route", "route panicked", "weigh panicked"]);
}

#[narrated(actor = "sorter", action = "weigh")]
fn returns_early(attempts: &[Result<u8, &'static str>]) -> Result<u8, &'static str> {
    for attempt in attempts {
        match attempt {
            Ok(0) => continue,
            Ok(9) => break,
            Ok(found) => return Ok(*found),
            Err(_) => (),
        }
        let _checked = (*attempt)?;
    }
    Err("nothing found")
}

#[test]
fn return_question_mark_break_and_continue_each_end_it_once() {
    let cases: [(&[Result<u8, &'static str>], _); 4] = [
        (&[Ok(0), Ok(3), Ok(4)], "weigh ok"),
        (&[Ok(0), Err("jam"), Ok(4)], "weigh failed"),
        (&[Ok(9)], "weigh failed"),
        (&[], "weigh failed"),
    ];
    for (attempts, ending) in cases {
        let told = told(|| _ = returns_early(attempts));
        assert_eq!(told.plot(), ["weigh", ending], "{attempts:?}");
    }
}

#[test]
fn fns_that_return_no_result_always_end_well() {
    #[narrated(actor = "sorter", action = "weigh")]
    fn nothing() {}
    #[narrated(actor = "sorter", action = "weigh")]
    fn maybe() -> Option<u8> {
        None
    }
    #[narrated(actor = "sorter", action = "weigh")]
    fn nested() -> Option<Result<u8, String>> {
        Some(Err("inside".to_owned()))
    }
    let told = told(|| {
        nothing();
        maybe();
        drop(nested());
    });
    assert_eq!(told.plot(), ["weigh", "weigh ok"].repeat(3));
}

#[test]
fn recursion_tells_every_call() {
    #[narrated(actor = "sorter", action = "weigh")]
    fn down(depth: u8) -> Result<(), String> {
        if depth == 0 { Err("bottom".to_owned()) } else { down(depth - 1) }
    }
    let told = told(|| drop(down(2)));
    assert_eq!(
        told.plot(),
        ["weigh", "weigh", "weigh", "weigh failed", "weigh failed", "weigh failed"]
    );
}

#[test]
fn arguments_that_the_body_consumes_are_in_the_outcome_all_the_same() {
    #[narrated(actor = "sorter", action = "route")]
    fn consume(parcel_id: String, weight_g: Option<u64>) -> usize {
        assert_eq!(weight_g, None);
        parcel_id.into_bytes().len()
    }
    let told = told(|| assert_eq!(consume("p-1".to_owned(), None), 3));
    let ok = &told.records()[1];
    assert!(ok.human.starts_with("Parcel p-1 is on its belt"), "{ok:?}");
    assert_eq!(ok.field("parcel_id").unwrap().as_str(), Some("p-1"));
    assert_eq!(ok.field("weight_g"), None);
}

#[test]
fn arguments_that_are_not_there_are_in_no_outcome_either() {
    #[narrated(actor = "sorter", action = "lift")]
    fn lift(parcel_id: &str, weight_g: Option<u64>) {}
    let told = told(|| {
        lift("p-1", None);
        lift("p-2", Some(7));
    });
    let records = told.records();
    assert_eq!(records[1].human, "Lifted parcel p-1 of none g");
    assert_eq!(records[3].human, "Lifted parcel p-2 of 7 g");
    assert!(records[..2].iter().all(|record| record.field("weight_g").is_none()), "{records:?}");
}

#[test]
fn a_filter_of_another_crate_may_name_one_outcome_alone() {
    let mut file = tempfile::tempfile().unwrap();
    let layer = narration_runtime::layer().with_writer(Arc::new(file.try_clone().unwrap()));
    let only = Targets::new().with_target("sorter::route-failed", tracing::Level::ERROR);
    let subscriber = tracing_subscriber::registry().with(only).with(layer);
    tracing::subscriber::with_default(subscriber, || drop(route("p-1", None)));
    let mut lines = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut lines).unwrap();
    let failed = narration_record::read(lines.trim_end()).unwrap();
    assert_eq!(
        (&*failed.action, &*failed.human),
        ("route-failed", "Parcel p-1 has no belt: no belt")
    );
}

#[test]
fn a_panic_without_words_is_told_as_one() {
    #[narrated(actor = "sorter", action = "weigh")]
    fn breaks() {
        std::panic::panic_any(7u8);
    }
    let told = told(|| assert!(catch_unwind(breaks).is_err()));
    let panicked = &told.records()[1];
    assert_eq!(panicked.field("error").unwrap().as_str(), Some("a panic without a message"));
}

#[test]
fn what_arguments_tell_when_they_are_dropped_stays_inside_the_story() {
    struct Crate;
    impl Drop for Crate {
        fn drop(&mut self) {
            step();
        }
    }
    #[narrated(actor = "sorter", action = "route")]
    fn open(parcel_id: &str, contents: Crate) {
        let _ = &contents;
    }
    let told = told(|| open("p-1", Crate));
    assert_eq!(told.plot(), ["route", "step", "routed ok"]);
    assert_eq!(told.records()[1].field("parcel_id").unwrap().as_str(), Some("p-1"));
}

#[test]
fn an_error_whose_display_panics_is_told_as_a_panic() {
    struct Bomb;
    impl std::fmt::Display for Bomb {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            panic!("not even this works")
        }
    }
    #[narrated(actor = "sorter", action = "weigh")]
    fn fails() -> Result<(), Bomb> {
        Err(Bomb)
    }
    let told = told(|| assert!(catch_unwind(AssertUnwindSafe(fails)).is_err()));
    assert_eq!(told.plot(), ["weigh", "weigh panicked"]);
}

#[test]
fn the_story_reads_as_prose() {
    let told = told(|| drop(route("p-1", None)));
    assert_eq!(
        told.lines(Stream::Story),
        [
            "[sorter] route: Routing parcel p-1",
            "[sorter] route-failed: Parcel p-1 has no belt: no belt"
        ]
    );
}
