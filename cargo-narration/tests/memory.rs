//! However long a story is, in whichever form: it is written a step at a time, and never held as
//! text.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io;

use cargo_narration::logs::{Event, Place, read_line};
use cargo_narration::render::{FORMS, write_form};
use cargo_narration::story::{Selection, Story, Surroundings};

/// Operations one behind the other, half of which fail, by two services in turn.
fn story(steps: usize) -> Story {
    let mut entries = Vec::new();
    for at in 0..steps {
        let actor = ["orchestratord", "pool-managerd"][at / 2 % 2];
        let outcome = ["ok", "failed"][at / 4 % 2];
        let end = format!(r#","outcome":"{outcome}","duration_ms":1"#);
        let (second, milli) = (at / 1000 % 60, at % 1000);
        let line = format!(
            r#"{{"timestamp":"2026-11-21T18:{:02}:{second:02}.{milli:03}Z","level":"info","actor":"{actor}","action":"cmake-build","human":"Building llama-server with 8 parallel jobs","correlation_id":"req-xyz","note":"{}"{}}}"#,
            at / 60_000,
            "x".repeat(300),
            if at % 2 == 1 { end.as_str() } else { "" },
        );
        read_line(Place::default(), "x", line.as_bytes(), &mut entries);
    }
    Story::tell(entries.into_iter().map(Event::from).collect(), &Surroundings::default())
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
    let (short, long) = (story(steps), story(more));
    assert!(long.operations.len() > steps - 10, "{}", long.operations.len());
    for form in FORMS {
        let bytes = most(form, &long).saturating_sub(most(form, &short));
        // A step of one of these forms is longer than this; what is known of it is shorter.
        let each = bytes / (more - steps) as u64;
        assert!(each < 80, "{form}: {each} bytes more for a step more");
    }
}
