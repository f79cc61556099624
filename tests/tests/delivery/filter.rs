//! Filters that change while a service runs.

use crate::courier::{Lines, file};
use crate::steps::Steps;

#[test]
fn a_filter_can_be_changed_while_the_service_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("3");
    steps.step("scanner=warn");
    steps.step("3");
    steps.step("warn,scanner::scan=info");
    steps.step("3");
    let refused = steps.say("scanner::scan=loudest");
    assert!(refused.contains("loudest") && refused.contains("holds"), "{refused}");
    steps.step("3");
    steps.end();
    assert_eq!(Lines::of_file(&path).numbers, [0, 1, 2, 6, 7, 8, 9, 10, 11]);
}
