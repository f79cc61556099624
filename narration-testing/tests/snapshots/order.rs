//! What stands before what, however services happened to interleave.

use narration_testing::Story;

use crate::{line, text};

/// Every way to merge two sequences that keeps the order of each.
fn merges(one: &[usize], other: &[usize]) -> Vec<Vec<usize>> {
    let (Some((first, rest)), Some((second, others))) = (one.split_first(), other.split_first())
    else {
        return vec![[one, other].concat()];
    };
    let mut all = Vec::new();
    all.extend(merges(rest, other).into_iter().map(|tail| [&[*first], tail.as_slice()].concat()));
    all.extend(merges(one, others).into_iter().map(|tail| [&[*second], tail.as_slice()].concat()));
    all
}

#[test]
fn two_services_that_nothing_connects_are_told_alike_in_all_their_interleavings() {
    let steps = [
        ("gateway", "admit", "Admitted"),
        ("gateway", "wait", "Waiting"),
        ("gateway", "end", "Done"),
        ("billing", "price", "Priced"),
        ("billing", "book", "Booked"),
    ];
    let told = |order: &[usize]| {
        let lines = std::iter::once(&0).chain(order).enumerate().map(|(at, step)| {
            let (actor, action, human) = steps[*step];
            line(at, actor, action, human, r#""correlation_id":"c""#)
        });
        text(&lines.collect::<Vec<_>>())
    };
    let expected = "[gateway] admit: Admitted\n    | corr#1\n\
                    ∥ 1 of 2\n  [billing] price: Priced\n      | corr#1\n  [billing] book: Booked\n      | corr#1\n\
                    ∥ 2 of 2\n  [gateway] wait: Waiting\n      | corr#1\n  [gateway] end: Done\n      | corr#1\n";
    for order in merges(&[1, 2], &[3, 4]) {
        assert_eq!(told(&order), expected, "{order:?}");
    }
}

fn in_span(at: usize, action: &str, human: &str, span: &str, parent: &str, rest: &str) -> String {
    let rest = format!(
        r#""correlation_id":"c","span_id":"{span}","parent_span_id":"{parent}","job_id":"{span}"{rest}"#
    );
    line(at, "worker", action, human, &rest)
}

#[test]
fn workers_that_overlap_are_a_group_in_any_order_and_their_ids_stay_theirs() {
    let ends = r#","outcome":"ok","duration_ms":3"#;
    let told = |opens: [&str; 2], closes: [&str; 2], first: &str| {
        let mut lines = vec![in_span(0, "all", "Two jobs", "root", "none", "")];
        for (at, job) in opens.iter().enumerate() {
            lines.push(in_span(10 + at, "step", "Working", job, "root", ""));
        }
        for (at, job) in closes.iter().enumerate() {
            lines.push(in_span(20 + at, "step", "Worked", job, "root", ends));
        }
        lines.push(line(30, "worker", "first", "First", &format!(
            r#""correlation_id":"c","span_id":"root","parent_span_id":"none","job_id":"{first}""#
        )));
        text(&lines)
    };
    let expected = told(["a", "b"], ["a", "b"], "a");
    assert!(expected.contains("  ∥ 1 of 2\n    [worker] step: Working"), "{expected}");
    for opens in [["a", "b"], ["b", "a"]] {
        for closes in [["a", "b"], ["b", "a"]] {
            for first in ["a", "b"] {
                assert_eq!(told(opens, closes, first), expected, "{opens:?} {closes:?} {first}");
            }
        }
    }
    // A worker that closes another one's work is another story.
    let mut broken = vec![in_span(0, "all", "Two jobs", "root", "none", "")];
    broken.push(in_span(10, "step", "Working", "a", "root", ""));
    broken.push(in_span(11, "step", "Working", "b", "root", ""));
    broken.push(
        in_span(20, "step", "Worked", "a", "root", ends)
            .replace(r#""job_id":"a""#, r#""job_id":"b""#),
    );
    broken.push(
        in_span(21, "step", "Worked", "b", "root", ends)
            .replace(r#""job_id":"b""#, r#""job_id":"a""#),
    );
    broken.push(line(
        30,
        "worker",
        "first",
        "First",
        r#""correlation_id":"c","span_id":"root","parent_span_id":"none","job_id":"a""#,
    ));
    assert_ne!(text(&broken), expected);
}

#[test]
fn steps_one_after_the_other_stay_so_and_lie_under_what_began_them() {
    let ends = r#","outcome":"ok","duration_ms":3"#;
    let told = text(&[
        in_span(0, "all", "All", "root", "none", ""),
        in_span(1, "step", "Second letter first", "b", "root", ""),
        in_span(2, "step", "Done", "b", "root", ends),
        in_span(3, "step", "First letter second", "a", "root", ""),
        in_span(4, "step", "Done", "a", "root", ends),
        in_span(5, "all", "All done", "root", "none", ends),
    ]);
    let humans: Vec<_> = told.lines().filter(|line| line.contains("[worker]")).collect();
    assert_eq!(
        humans,
        [
            "[worker] all: All",
            "  [worker] step: Second letter first",
            "  [worker] step: Done",
            "  [worker] step: First letter second",
            "  [worker] step: Done",
            "[worker] all: All done",
        ]
    );
}

#[test]
fn what_is_declared_to_run_beside_has_no_place_in_time() {
    let told = |beat: usize| {
        let lines = [
            line(10, "worker", "start", "Start", r#""span_id":"s""#),
            line(20, "worker", "middle", "Middle", r#""span_id":"s""#),
            line(30, "worker", "end", "End", r#""span_id":"s""#),
            line(beat, "worker", "beat", "Alive", r#""span_id":"s""#),
        ];
        Story::from_lines(lines).snapshot().concurrent("worker", "beat").to_string()
    };
    assert_eq!(told(15), told(25));
    assert_eq!(told(15), told(35));
    assert!(told(15).contains('∥'), "{}", told(15));
}

#[test]
fn a_story_of_one_thread_can_be_told_as_it_was() {
    let lines = [
        line(1, "b", "x", "One", ""),
        line(2, "a", "x", "Two", ""),
        line(3, "b", "x", "Three", ""),
    ];
    let told = Story::from_lines(lines).snapshot().as_told().to_string();
    assert_eq!(told, "[b] x: One\n[a] x: Two\n[b] x: Three\n");
}

#[test]
fn spans_that_name_each_other_as_parents_lose_nothing() {
    let told = text(&[
        in_span(1, "one", "One", "a", "b", ""),
        in_span(2, "two", "Two", "b", "a", ""),
        in_span(3, "three", "Three", "c", "c", ""),
    ]);
    assert_eq!(told.matches("[worker]").count(), 3, "{told}");
}
