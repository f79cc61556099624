//! From those who narrate to the one who writes.

use std::time::Duration;

use crate::in_every_order;
use crate::sync::Instant;
use crate::writer::{Sink, of};

const LONG: Duration = Duration::from_secs(60);

#[test]
fn what_is_accepted_is_written_once_and_in_the_order_of_who_said_it() {
    in_every_order(|| {
        let sink = Sink::new(100);
        let writer = sink.start();
        let other = sink.spawn(|sink| sink.push_all(&["b1", "b2"]).len());
        assert_eq!(sink.push_all(&["a1", "a2"]).len(), 2);
        assert_eq!(other.join().unwrap(), 2);
        sink.queue.close();
        assert!(sink.queue.wait_for_end(Instant::now() + LONG));
        writer.join().unwrap();
        let written = sink.written();
        assert_eq!(written.len(), 4, "{written:?}");
        assert_eq!(of(&written, "a"), ["a1", "a2"]);
        assert_eq!(of(&written, "b"), ["b1", "b2"]);
        let progress = sink.queue.progress();
        assert_eq!((progress.accepted, progress.settled, progress.bytes), (4, 4, 0));
    });
}

#[test]
fn a_round_without_lines_settles_nothing() {
    in_every_order(|| {
        let sink = Sink::new(100);
        let writer = sink.start();
        let other = sink.spawn(|sink| sink.queue.nudge());
        assert_eq!(sink.push_all(&["a1"]), ["a1"]);
        sink.queue.nudge();
        other.join().unwrap();
        sink.queue.close();
        writer.join().unwrap();
        assert_eq!(sink.written(), ["a1"]);
        assert_eq!(sink.queue.progress().settled, 1);
    });
}
