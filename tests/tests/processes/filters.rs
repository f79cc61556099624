//! `RUST_LOG`: by actor, by actor and action, and beside other crates' targets.

use crate::service::Service;

/// Who is heard under these directives.
fn heard(directives: &str) -> Vec<String> {
    Service::new("actors").env("RUST_LOG", directives).run().plot()
}

const ROUTE: [&str; 2] = ["sorter::route", "sorter::route-failed"];

#[test]
fn by_default_everybody_is_heard_from_info_up() {
    let unset = Service::new("actors").run().plot();
    let expected =
        [&["scanner::scan", "sorter::step"][..], &ROUTE, &["narration-tests::log"]].concat();
    assert_eq!(unset, expected);
    assert_eq!(heard(""), expected, "an empty one says nothing");
    assert_eq!(heard("info"), expected);
}

#[test]
fn an_actor_is_heard_by_its_name_and_nobody_else() {
    assert_eq!(heard("scanner=trace"), ["scanner::glance", "scanner::scan"]);
    assert_eq!(heard("sorter=debug"), [&["sorter::step", "sorter::step"][..], &ROUTE].concat());
    assert_eq!(heard("sorter=warn"), ["sorter::step", "sorter::route-failed"]);
}

#[test]
fn an_action_is_heard_by_actor_and_action() {
    assert_eq!(heard("scanner::glance=trace"), ["scanner::glance"]);
    assert_eq!(heard("sorter::route-failed=error"), ["sorter::route-failed"], "one outcome alone");
    assert_eq!(
        heard("warn,scanner::scan=info"),
        ["scanner::scan", "sorter::step", "sorter::route-failed"]
    );
}

#[test]
fn an_outcome_that_is_heard_alone_still_says_what_it_is_about() {
    let said = Service::new("actors").env("RUST_LOG", "sorter::route-failed=error").run();
    let failed = &said.records()[0];
    assert_eq!(failed.target.as_deref(), Some("p-1"));
    assert_eq!(failed.human, "Parcel p-1 has no belt: no belt");
    assert_eq!(
        failed.field("parcel_id").and_then(|value| value.as_str()),
        Some("p-1"),
        "from its span"
    );
}

#[test]
fn other_crates_are_heard_by_their_targets() {
    assert_eq!(
        heard("error,hyper=debug"),
        ["sorter::route-failed", "narration-tests::log", "narration-tests::log"]
    );
    assert_eq!(heard("off"), [""; 0]);
}

#[test]
fn what_is_said_in_code_goes_before_the_environment() {
    let said = Service::new("in-code").env("RUST_LOG", "off").env("NARRATION_FORMAT", "json").run();
    assert_eq!(said.stdout, "[sorter] step: The sorter moves\n");
}
