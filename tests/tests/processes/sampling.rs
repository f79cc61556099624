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
