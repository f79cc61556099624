//! In steady state a line costs no allocation: buffers that have held one line hold the next.

use std::time::{Duration, UNIX_EPOCH};

use narration_record::{Clock, FieldName, Fields, Format, Head, Level, Style, write_line};

const CORRELATION_ID: FieldName = FieldName::declared("correlation_id", 0);
const SESSION_ID: FieldName = FieldName::declared("session_id", 1);

struct Buffers {
    clock: Clock,
    span: Fields,
    own: Fields,
    out: String,
}

/// One line as a busy service writes it, with everything that takes a path of its own: escapes,
/// a field out of order, one set twice, one that hides its span's, and a new second.
fn narrate(buffers: &mut Buffers, style: Style, second: u64) {
    let own = &mut buffers.own;
    own.clear();
    own.u64("queue_position", 3);
    own.i64("delta", -7);
    own.f64("load", 0.75);
    own.bool("cached", false);
    own.u128("bytes", u128::MAX);
    own.str(SESSION_ID, "session-abc123");
    own.str("note", "first");
    own.str("note", "line\nbreak \u{1b}[31m \u{202e} größe");
    own.str("target", "moves aside");
    let head = Head {
        timestamp: buffers.clock.stamp(UNIX_EPOCH + Duration::from_secs(second)),
        level: Level::Info,
        actor: "orchestratord",
        action: "admission",
        declared: true,
        target: Some("session-abc123"),
        human: "Accepted \"request\"; queued at position 3 (ETA 420 ms) on pool 'default'",
    };
    buffers.out.clear();
    write_line(&mut buffers.out, style, &head, Some(&buffers.span), own);
}

#[test]
fn a_line_allocates_nothing_once_the_buffers_have_grown() {
    for format in Format::ALL {
        let style = Style { format, colour: true };
        let mut buffers = Buffers {
            clock: Clock::new(),
            span: Fields::new(style),
            own: Fields::new(style),
            out: String::new(),
        };
        buffers.span.str(CORRELATION_ID, "req-xyz");
        buffers.span.str("note", "hidden");
        narrate(&mut buffers, style, 1_795_286_045);

        let first = allocation_counter::measure(|| drop(buffers.out.clone()));
        assert_eq!(first.count_total, 1, "the counter counts");
        let steady = allocation_counter::measure(|| {
            for second in 1_795_286_045..1_795_286_145 {
                narrate(&mut buffers, style, second);
            }
        });
        assert_eq!(steady.count_total, 0, "{format}");
    }
}
