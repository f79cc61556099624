//! Those who wait until their lines are written.

use std::time::Duration;

use crate::in_every_order;
use crate::queue::Pushed;
use crate::sync::Instant;
use crate::writer::Sink;

const LONG: Duration = Duration::from_secs(60);

/// Tells a line, waits for it, and looks for it on the disk.
fn tell_and_flush(sink: &Sink, line: &str, sync: bool) {
    let Pushed::Accepted(number) = sink.queue.push(line.as_bytes(), sync) else {
        unreachable!("there is room")
    };
    assert!(sink.queue.wait_for(number, Instant::now() + LONG));
    assert!(sink.written().iter().any(|written| written == line), "{line} is acknowledged only");
}

#[test]
fn a_flush_ends_when_its_lines_are_written_and_not_before() {
    for sync in [false, true] {
        in_every_order(move || {
            let sink = Sink::new(100);
            let writer = sink.start();
            let other = sink.spawn(move |sink| tell_and_flush(sink, "b", sync));
            tell_and_flush(&sink, "a", false);
            other.join().unwrap();
            sink.queue.close();
            writer.join().unwrap();
            assert_eq!(sink.written().len(), 2);
        });
    }
}

#[test]
fn a_flush_of_what_others_told_waits_for_that_too() {
    in_every_order(|| {
        let sink = Sink::new(100);
        let writer = sink.start();
        let other = sink.spawn(|sink| sink.push_all(&["b1", "b2"]).len());
        let accepted = sink.queue.progress().accepted;
        assert!(sink.queue.wait_for(accepted, Instant::now() + LONG));
        assert!(sink.written().len() as u64 >= accepted);
        other.join().unwrap();
        sink.queue.close();
        writer.join().unwrap();
    });
}

#[test]
fn a_flush_gives_up_when_its_time_is_over() {
    in_every_order(|| {
        let sink = Sink::new(100);
        assert_eq!(sink.push_all(&["a"]), ["a"]);
        // Nobody writes.
        assert!(!sink.queue.wait_for(1, Instant::now() + Duration::from_millis(1)));
        assert!(!sink.queue.wait_for_end(Instant::now() + Duration::from_millis(1)));
        assert_eq!(sink.queue.progress().bytes, 1);
    });
}
