//! The end: what is accepted before is written, what comes after is refused.

use crate::in_every_order;
use crate::queue::Pushed;
use crate::writer::Sink;

#[test]
fn a_line_beside_the_end_is_written_or_refused() {
    in_every_order(|| {
        let sink = Sink::new(100);
        let writer = sink.start();
        let other = sink.spawn(|sink| sink.push_all(&["b1", "b2"]));
        let mut accepted = sink.push_all(&["a"]);
        sink.queue.close();
        writer.join().unwrap();
        assert!(sink.queue.is_closed());
        assert_eq!(sink.queue.push(b"late", false), Pushed::Closed);
        accepted.extend(other.join().unwrap());
        let mut written = sink.written();
        written.sort();
        assert_eq!(written, accepted);
    });
}

#[test]
fn one_who_waits_for_room_beside_the_end_gets_in_or_is_refused() {
    in_every_order(|| {
        let sink = Sink::new(2);
        let writer = sink.start();
        let other = sink
            .spawn(|sink| ["b1", "b2"].map(|line| sink.queue.push_or_wait(line.as_bytes(), false)));
        sink.queue.close();
        let pushed = other.join().unwrap();
        writer.join().unwrap();
        let accepted = pushed.iter().filter(|pushed| matches!(pushed, Pushed::Accepted(_)));
        assert_eq!(sink.written().len(), accepted.count(), "{pushed:?}");
    });
}

#[test]
fn what_is_given_up_is_counted_and_nobody_waits_for_it_any_more() {
    in_every_order(|| {
        let sink = Sink::new(2);
        // Nobody writes: the sink hangs.
        let other = sink.spawn(|sink| sink.queue.push_or_wait(b"b1", false));
        let own = sink.queue.push(b"a1", false);
        let given_up = sink.queue.abandon();
        let pushed = [own, other.join().unwrap()];
        let accepted = pushed.iter().filter(|pushed| matches!(pushed, Pushed::Accepted(_)));
        assert_eq!(given_up, accepted.count() as u64, "{pushed:?}");
        let progress = sink.queue.progress();
        assert_eq!(progress.accepted, progress.settled);
    });
}
