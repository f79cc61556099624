//! What production filters is narrated all the same, and known for it.

use narration_testing::capture;

use crate::failing::report;
use crate::narrating::{poll, spawn};

#[test]
fn a_disabled_level_is_heard_with_a_flag() {
    let story = capture();
    poll();
    spawn("llamacpp-v1");
    story.actor("orchestratord").action("poll").filtered().assert_count(1);
    story.actor("pool-managerd").action("spawn").heard().assert_count(1);
    assert_eq!(
        story.events().iter().map(|event| event.is_filtered()).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(
        story.to_string().contains("Looking at the queue  (filtered in production)"),
        "{story}"
    );
    let report = report(|| drop(story.action("poll").heard().assert_present()));
    assert!(report.contains("+ production: filtered out"), "{report}");
}

#[test]
fn a_filter_names_actors_and_actions_as_rust_log_does() {
    let story = capture();
    poll();
    spawn("llamacpp-v1");
    story.production_filter("warn,orchestratord::poll=debug");
    story.action("poll").heard().assert_count(1);
    story.action("spawn").filtered().assert_count(1);
    poll();
    story.action("poll").heard().assert_count(2);
    let report = report(|| _ = story.production_filter("pool-managerd=loud"));
    assert!(report.contains("is no filter"), "{report}");
}
