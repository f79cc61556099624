//! However long a story is: a step takes little more memory than what it says, and in whichever
//! form it is written, it is written a step at a time and never held as text.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io;

use cargo_narration::logs::{Pack, Place, read_line};
use cargo_narration::render::{FORMS, write_form};
use cargo_narration::story::{Selection, Story, Surroundings};

/// Operations one behind the other, half of which fail, by two services in turn.
fn lines(steps: usize, note: &str) -> impl Iterator<Item = String> {
    (0..steps).map(move |at| {
        let actor = ["orchestratord", "pool-managerd"][at / 2 % 2];
        let outcome = ["ok", "failed"][at / 4 % 2];
        let end = format!(r#","outcome":"{outcome}","duration_ms":1"#);
        let (second, milli) = (at / 1000 % 60, at % 1000);
        format!(
            r#"{{"timestamp":"2026-11-21T18:{:02}:{second:02}.{milli:03}Z","level":"info","actor":"{actor}","action":"cmake-build","human":"Building llama-server with 8 parallel jobs","correlation_id":"req-xyz","note":"{note}"{}}}"#,
            at / 60_000,
            if at % 2 == 1 { end.as_str() } else { "" },
        )
    })
}

/// Their story, read as a part of a log is.
fn story(steps: usize, note: &str) -> Story {
    let (mut entries, mut pack) = (Vec::new(), Pack::default());
    for line in lines(steps, note) {
        read_line(Place::default(), "x", line.as_bytes(), &mut entries);
        entries.drain(..).for_each(|entry| pack.add(entry));
    }
    let mut events = Vec::with_capacity(steps);
    pack.append_to(&mut events);
    Story::tell(events, &Surroundings::default())
}

/// How much is held at most while a form is written.
fn most(form: &str, story: &Story) -> u64 {
    let selection = Selection::default();
    let write = || write_form(&mut io::sink(), form, &selection, story, &[]).unwrap();
    allocation_counter::measure(write).bytes_max
}

#[test]
fn no_form_is_held_whole() {
    let (steps, more) = (5_000, 10_000);
    let note = "x".repeat(300);
    let (short, long) = (story(steps, &note), story(more, &note));
    assert!(long.operations.len() > steps - 10, "{}", long.operations.len());
    for form in FORMS {
        let bytes = most(form, &long).saturating_sub(most(form, &short));
        // A step of one of these forms is longer than this; what is known of it is shorter.
        let each = bytes / (more - steps) as u64;
        assert!(each < 80, "{form}: {each} bytes more for a step more");
    }
}

#[test]
fn a_step_is_held_in_little_more_than_it_says() {
    let (steps, more) = (10_000, 20_000);
    let most = |steps| allocation_counter::measure(|| drop(story(steps, ""))).bytes_max;
    let each = (most(more) - most(steps)) / (more - steps) as u64;
    // What it says takes 60 of them; each has a piece of the path and half of an operation.
    assert!(each < 250, "{each} bytes more for a step more");
}
