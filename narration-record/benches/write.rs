//! The time of one line: in goes the admission event of a busy service, out comes a number for
//! each format. The line is rendered from its values every time, its stamp included.

use std::hint::black_box;
use std::time::SystemTime;

use criterion::{Criterion, criterion_group, criterion_main};
use narration_record::{Clock, FieldName, Fields, Format, Head, Level, Style, write_line};

const CORRELATION_ID: FieldName = FieldName::declared("correlation_id", 0);
const SESSION_ID: FieldName = FieldName::declared("session_id", 1);
const JOB_ID: FieldName = FieldName::declared("job_id", 2);

fn context(fields: &mut Fields) {
    fields.str(CORRELATION_ID, black_box("req-xyz"));
    fields.str(SESSION_ID, black_box("session-abc123"));
}

fn action(fields: &mut Fields) {
    fields.str("pool_id", black_box("default"));
    fields.u64("queue_position", black_box(3));
    fields.u64("predicted_start_ms", black_box(420));
}

fn line(out: &mut String, style: Style, stamp: &str, span: Option<&Fields>, own: &Fields) {
    let head = Head {
        timestamp: stamp,
        level: Level::Info,
        actor: black_box("orchestratord"),
        action: black_box("admission"),
        declared: true,
        target: Some(black_box("session-abc123")),
        human: black_box("Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'"),
    };
    out.clear();
    write_line(out, style, &head, span, own);
}

fn admission(c: &mut Criterion) {
    let mut group = c.benchmark_group("admission");
    for format in Format::ALL {
        let style = Style { format, colour: false };
        let (mut out, mut clock, mut own) = (String::new(), Clock::new(), Fields::new(style));
        let now = SystemTime::now();
        group.bench_function(format.as_str(), |b| {
            b.iter(|| {
                own.clear();
                context(&mut own);
                action(&mut own);
                line(&mut out, style, clock.stamp(black_box(now)), None, &own);
                out.len()
            });
        });
    }
    group.finish();
}

fn in_a_span(c: &mut Criterion) {
    let style = Style { format: Format::Json, colour: false };
    let (mut out, mut clock, mut own) = (String::new(), Clock::new(), Fields::new(style));
    let mut span = Fields::new(style);
    context(&mut span);
    span.str(JOB_ID, "job-77");
    let now = SystemTime::now();
    c.bench_function("in a span with three fields, json", |b| {
        b.iter(|| {
            own.clear();
            action(&mut own);
            line(&mut out, style, clock.stamp(black_box(now)), Some(&span), &own);
            out.len()
        });
    });
}

fn stamp(c: &mut Criterion) {
    let (mut clock, now) = (Clock::new(), SystemTime::now());
    c.bench_function("stamp", |b| b.iter(|| clock.stamp(black_box(now)).len()));
}

criterion_group!(benches, admission, in_a_span, stamp);
criterion_main!(benches);
