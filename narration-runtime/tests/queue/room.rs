//! Full queues: who waits for room gets it, who does not wait is counted.

use crate::in_every_order;
use crate::queue::Pushed;
use crate::sync;
use crate::writer::{Sink, of};

/// Adds lines as a sink does that waits for room.
fn wait_with(sink: &Sink, lines: &[&str]) {
    for line in lines {
        let pushed = sink.queue.push_or_wait(line.as_bytes(), false);
        assert!(matches!(pushed, Pushed::Accepted(_)), "{line}: {pushed:?}");
    }
}

#[test]
fn whoever_waits_for_room_is_woken() {
    in_every_order(|| {
        // Room for one line at a time, so that everybody gets in everybody's way.
        let sink = Sink::new(2);
        let writer = sink.start();
        let other = sink.spawn(|sink| wait_with(sink, &["b1", "b2"]));
        wait_with(&sink, &["a1", "a2"]);
        other.join().unwrap();
        sink.queue.close();
        writer.join().unwrap();
        let written = sink.written();
        assert_eq!(of(&written, "a"), ["a1", "a2"]);
        assert_eq!(of(&written, "b"), ["b1", "b2"]);
    });
}

#[test]
fn written_and_dropped_are_all_there_was() {
    in_every_order(|| {
        let sink = Sink::new(2);
        let writer = sink.start();
        let other = sink.spawn(|sink| sink.push_all(&["b1", "b2"]));
        let mut accepted = sink.push_all(&["a1", "a2"]);
        accepted.extend(other.join().unwrap());
        sink.queue.close();
        writer.join().unwrap();
        let mut written = sink.written();
        written.sort();
        accepted.sort_unstable();
        assert_eq!(written, accepted);
        assert!(!accepted.is_empty());
        assert_eq!(sink.queue.progress().accepted, accepted.len() as u64);
    });
}

#[test]
fn a_line_that_never_fits_is_refused_at_once_and_a_forked_process_does_not_wait() {
    in_every_order(|| {
        let sink = Sink::new(2);
        assert_eq!(sink.queue.push_or_wait(b"abc", false), Pushed::TooLarge);
        assert_eq!(sink.queue.push(b"ab", false), Pushed::Accepted(1));
        sync::fork();
        assert_eq!(sink.queue.push_or_wait(b"ab", false), Pushed::Forked);
    });
}
