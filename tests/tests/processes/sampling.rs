//! Samples and limits of the vocabulary: by story, never of failures, and what is left out is told.

use std::collections::BTreeMap;

use narration_record::Record;

use crate::service::Service;

fn text(record: &Record, name: &str) -> Option<String> {
    record.field(name).map(ToString::to_string)
}

fn is(record: &Record, action: &str) -> bool {
    record.actor == "belt" && record.action == action
}

/// How many records of an action each story has.
fn stories(records: &[Record], action: &str) -> BTreeMap<Option<String>, usize> {
    let mut stories = BTreeMap::new();
    for record in records.iter().filter(|record| is(record, action)) {
        *stories.entry(text(record, "correlation_id")).or_default() += 1;
    }
    stories
}

/// What is said to be left out of an action.
fn left_out(records: &[Record], narration: &str) -> usize {
    records
        .iter()
        .filter(|record| record.target.as_deref() == Some("narration_runtime::sampling"))
        .filter(|record| text(record, "narration").as_deref() == Some(narration))
        .map(|record| text(record, "suppressed").unwrap().parse::<usize>().unwrap())
        .sum()
}

#[test]
fn a_story_is_kept_whole_or_dropped_whole_and_the_rest_is_counted() {
    let records = Service::new("belt").run().records();
    let mut stories = stories(&records, "roll");
    let alone = stories.remove(&None).unwrap_or_default();
    assert!((4..=16).contains(&stories.len()), "about a quarter of forty: {stories:?}");
    assert!(stories.values().all(|steps| *steps == 2), "{stories:?}");
    assert_eq!(alone, 5, "of what belongs to no story each fourth is told");
    let kept = stories.len() * 2 + alone;
    assert_eq!(left_out(&records, "belt::roll"), 100 - kept);
}

#[test]
fn every_process_keeps_the_same_stories() {
    let kept = || {
        let records = Service::new("belt").run().records();
        stories(&records, "roll").into_keys().collect::<Vec<_>>()
    };
    assert_eq!(kept(), kept());
}

#[test]
fn failures_are_never_left_out() {
    let records = Service::new("belt").run().records();
    assert_eq!(records.iter().filter(|record| is(record, "jam")).count(), 4);
}

#[test]
fn a_limit_lets_stories_in_until_it_is_reached_and_these_to_their_end() {
    let records = Service::new("belt").run().records();
    let stories = stories(&records, "tick");
    assert!(stories.values().all(|steps| *steps == 2), "{stories:?}");
    assert_eq!(stories.len(), 3, "the third began with the fifth narration");
    assert_eq!(left_out(&records, "belt::tick"), 80 - 6);
}

#[test]
fn what_was_left_out_is_told_whatever_the_filter() {
    let records = Service::new("belt").env("RUST_LOG", "belt=info").run().records();
    assert!(left_out(&records, "belt::roll") > 0);
}

#[test]
fn a_level_has_a_rate_where_neither_action_nor_actor_say_one() {
    let records = Service::new("chute").env("RUST_LOG", "debug").run().records();
    let of = |action: &str, level: &str| {
        let is = |record: &&Record| record.action == action && record.level.to_string() == level;
        records.iter().filter(is).count()
    };
    let slid = of("slide", "debug");
    assert!((8..=32).contains(&slid) && slid % 2 == 0, "a quarter of forty stories: {slid}");
    assert_eq!(of("slide", "info"), 40, "another level than the one that is sampled");
    assert_eq!(of("thud", "debug"), 40, "the action's own rate goes before its level's");
    assert_eq!(left_out(&records, "chute::slide"), 80 - slid);
}

#[test]
fn a_child_process_decides_by_the_id_it_was_started_with() {
    let alone = |id: &str| {
        let records = Service::new("belt").env("NARRATION_CORRELATION_ID", id).run().records();
        stories(&records, "roll").remove(&Some(id.to_owned())).unwrap_or_default()
    };
    let told: Vec<_> = (100..112).map(|number| alone(&format!("req-{number}"))).collect();
    assert!(told.iter().all(|told| [0, 20].contains(told)), "{told:?}");
    assert!(told.contains(&0) && told.contains(&20), "{told:?}");
}

/// The steps of each story of the belt, in the order of the file: `tail 1` for a first step that
/// is told because its story failed.
fn steps(records: &[Record]) -> BTreeMap<String, Vec<String>> {
    let mut steps: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in records.iter().filter(|record| record.actor == "belt") {
        let weight = text(record, "weight_g").unwrap_or_else(|| record.action.clone());
        let mark = text(record, "sampled").map(|mark| format!("{mark} ")).unwrap_or_default();
        let story = text(record, "correlation_id").unwrap_or_default();
        steps.entry(story).or_default().push(format!("{mark}{weight}"));
    }
    steps
}

fn is_told_whole(scene: &str) {
    let records = Service::new(scene).run().records();
    let steps = steps(&records);
    for failed in ["req-0", "req-10", "req-20", "req-30"] {
        let told = steps.get(failed).unwrap();
        let kept = ["1", "2", "jam", "3"];
        let late = ["tail 1", "tail 2", "jam", "tail 3"];
        assert!(*told == kept || *told == late, "{failed}: {told:?}");
    }
    let late = steps.values().filter(|told| told.iter().any(|step| step.contains("tail"))).count();
    assert!(late > 0, "one of the four is in no sample of a quarter: {steps:?}");
    let whole = ["1", "2", "3"];
    assert!(steps.values().all(|told| told.len() == 4 || *told == whole), "{steps:?}");
    let told: usize =
        steps.values().map(|told| told.iter().filter(|step| *step != "jam").count()).sum();
    assert_eq!(told + left_out(&records, "belt::roll"), 120);
}

#[test]
fn with_a_tail_a_story_that_fails_is_told_whole_and_in_its_order() {
    is_told_whole("tail");
}

#[test]
fn a_subscriber_of_ones_own_samples_likewise() {
    is_told_whole("own-stack");
}

#[test]
fn a_tail_keeps_so_many_stories_and_tells_what_it_gave_up() {
    let records = Service::new("tail-bounded").run().records();
    let steps = steps(&records);
    assert!(steps.values().all(|told| told.ends_with(&["jam".to_owned()])), "{steps:?}");
    let late = steps.values().filter(|told| told.len() == 2 && told[0] == "tail 1").count();
    assert!((1..=10).contains(&late), "{steps:?}");
    let told: usize = steps.values().map(|told| told.len() - 1).sum();
    assert_eq!(told + left_out(&records, "belt::roll"), 40);
    let evicted: usize = records
        .iter()
        .filter_map(|record| text(record, "evicted"))
        .map(|evicted| evicted.parse::<usize>().unwrap())
        .sum();
    assert_eq!(evicted, 40 - told, "whatever was not told was given up");
}

#[test]
fn a_story_that_fails_after_the_wait_is_told_from_its_failure_on() {
    let records = Service::new("tail-late").run().records();
    let steps = steps(&records);
    for failed in ["req-0", "req-10", "req-20", "req-30"] {
        let told = steps.get(failed).unwrap();
        assert!(
            told.contains(&"jam".to_owned()) && !told.contains(&"tail 1".to_owned()),
            "{told:?}"
        );
    }
}
