//! Small stories, told.

use super::*;
use crate::logs::{Place, read_line};

/// The events of some lines, each in a log of its own.
fn entries(lines: &[&str]) -> Vec<Event> {
    let mut entries = Vec::new();
    for (source, line) in (0..).zip(lines) {
        read_line(Place { source, ..Place::default() }, "x", line.as_bytes(), &mut entries);
    }
    assert_eq!(entries.len(), lines.len());
    entries.into_iter().map(Event::from).collect()
}

fn tell(lines: &[&str]) -> Story {
    Story::tell(entries(lines), &Surroundings::default())
}

fn line(millis: u32, actor: &str, action: &str, more: &str) -> String {
    format!(
        "timestamp=2026-11-21T18:34:{:02}.{:03}Z level=info actor={actor} action={action} human=x correlation_id=r {more}",
        millis / 1000,
        millis % 1000
    )
}

#[test]
fn starts_and_outcomes_find_each_other_by_arithmetic_and_by_span() {
    for (one, other) in [("", ""), ("span_id=a", "span_id=b")] {
        let lines = [
            line(0, "model-provisioner", "ensure", one),
            line(1000, "model-provisioner", "download", other),
            line(
                3000,
                "model-provisioner",
                "downloaded",
                &format!("outcome=ok duration_ms=2000 {other}"),
            ),
            line(
                3500,
                "model-provisioner",
                "complete",
                &format!("outcome=ok duration_ms=3500 {one}"),
            ),
        ];
        let story = tell(&lines.each_ref().map(String::as_str));
        let ends: Vec<_> =
            story.operations.iter().map(|one| (one.start(), one.end(), one.parent())).collect();
        assert_eq!(ends, [(Some(0), Some(3), None), (Some(1), Some(2), Some(0))]);
        assert_eq!(story.totals.ending, Ending::Ok);
    }
}

/// What part of a story's time each service has, in percent.
fn shares(story: &Story) -> Vec<(&str, f64)> {
    story.totals.services.iter().map(|share| (share.of.as_str(), share.percent)).collect()
}

#[test]
fn the_shares_add_up_and_what_is_waited_for_gets_the_time() {
    let lines = [
        line(0, "a", "request", ""),
        line(100, "b", "build", ""),
        line(900, "b", "built", "outcome=ok duration_ms=800"),
        line(1000, "a", "request", "outcome=ok duration_ms=1000"),
    ];
    let story = tell(&lines.each_ref().map(String::as_str));
    assert_eq!(shares(&story), [("b", 80.0), ("a", 20.0)]);
    assert_eq!(story.totals.elapsed(), 1_000_000_000);
}

#[test]
fn what_others_tell_meanwhile_in_operations_of_their_own_takes_no_time_from_an_operation() {
    let lines = [
        line(0, "desk", "request", "span_id=d"),
        line(100, "courier", "dispatch", "span_id=c parent_span_id=elsewhere"),
        line(200, "desk", "log", "span_id=d"),
        line(300, "desk", "answered", "span_id=d outcome=ok duration_ms=300"),
        line(310, "printer", "print", "span_id=p parent_span_id=c"),
        line(1000, "courier", "dispatched", "span_id=c outcome=ok duration_ms=900"),
    ];
    let story = tell(&lines.each_ref().map(String::as_str));
    // What is told inside of an operation still is what was waited for.
    assert_eq!(shares(&story), [("printer", 69.0), ("courier", 21.0), ("desk", 10.0)]);
    let hop = story.totals.slowest_hop.as_ref().map(|hop| (hop.from, hop.to));
    assert_eq!(hop, Some((4, 5)), "from the printer back to the courier");

    let lines: Vec<_> = lines.iter().filter(|line| !line.contains("print")).collect();
    let story = tell(&lines.into_iter().map(String::as_str).collect::<Vec<_>>());
    let hop = story.totals.slowest_hop.as_ref().map(|hop| (hop.from, hop.to));
    assert_eq!(hop, Some((0, 1)), "the desk sends nothing to what the courier ends");
}

#[test]
fn what_has_begun_and_not_ended_is_open_until_the_logs_end() {
    let lines = [line(0, "a", "admission", ""), line(600, "b", "cmake-build", "")];
    let until = entries(&[&line(8000, "c", "other", "")])[0].time();
    let mut habits = Habits::default();
    habits.see("b", "cmake-build");
    let surroundings = Surroundings { until, habits, ..Surroundings::default() };
    let story = Story::tell(entries(&lines.each_ref().map(String::as_str)), &surroundings);
    assert_eq!(story.totals.ending, Ending::Open);
    assert_eq!(story.totals.open.len(), 1);
    assert_eq!(story.totals.services[0].time, 7_400_000_000);
}

#[test]
fn an_effect_before_its_cause_is_marked_and_moved_only_when_asked() {
    let lines = [
        line(93, "b", "spawn", "span_id=s2 parent_span_id=s1"),
        line(100, "a", "request", "span_id=s1"),
        line(200, "b", "spawned", "span_id=s2 parent_span_id=s1 outcome=ok duration_ms=107"),
        line(300, "a", "request", "span_id=s1 outcome=ok duration_ms=200"),
    ];
    let lines = lines.each_ref().map(String::as_str);
    let story = tell(&lines);
    let [Contradiction { effect: 0, cause: 1, by: 7_000_000, same_clock: false }] =
        story.contradictions.as_slice()
    else {
        panic!("{:?}", story.contradictions)
    };
    assert_eq!(story.steps[0].entry.actor, "b");

    let surroundings = Surroundings { align: true, ..Surroundings::default() };
    let story = Story::tell(entries(&lines), &surroundings);
    assert_eq!(story.corrections, [Correction { actor: "b".to_owned(), by: 7_001_000 }]);
    assert_eq!(story.contradictions, []);
    assert_eq!(story.steps[0].entry.actor, "a");
}

#[test]
fn a_story_of_nothing_and_of_one_line_is_told() {
    assert_eq!(tell(&[]).totals.elapsed(), 0);
    let one = line(0, "a", "b", "");
    let story = tell(&[&one]);
    assert_eq!((story.steps.len(), story.totals.elapsed()), (1, 0));
}
