//! The story of a log: whatever its lines say, its times add up.
//!
//! In: the bytes of a log, one id's or several. Out: steps in order, a path
//! without a hole, sums that make the whole.

use cargo_narration::logs::{Event, Place, read_line};
use cargo_narration::story::{Story, Surroundings, learn};

pub(crate) const WORDS: &[&str] = &[
    "{\"timestamp\":\"2026-11-21T18:34:05.123456Z\",\"level\":\"info\",\"actor\":\"a\",\"action\":\"b\",\"human\":\"c\",\"correlation_id\":\"req-xyz\"}\n",
    "\"correlation_id\":\"req-xyz\"",
    "\"outcome\":\"ok\"",
    "\"outcome\":\"failed\"",
    "\"duration_ms\":12",
    "\"span_id\":\"00f067aa0ba902b7\"",
    "\"parent_span_id\":\"00f067aa0ba902b7\"",
    "timestamp=2026-11-21T18:34:05Z level=info actor=a action=b human=c correlation_id=req-xyz\n",
    "2026-11-21T18:34:05.1Z stdout F ",
    "a-1  | ",
    "{\"log\":\"",
    "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}\n",
    "\"timestamp\":\"9999-12-31T23:59:59Z\"",
    "\"timestamp\":\"-009999-01-01T00:00:00Z\"",
    "\"duration_ms\":1e300",
    "req-xyz",
    "\u{1b}[2m",
    "\n",
    "{",
    "}",
    "\"",
];

pub(crate) fn check(data: &[u8]) {
    let entries = entries(data);
    let mut surroundings = Surroundings::default();
    learn(&mut surroundings.habits, &entries);
    for align in [false, true] {
        surroundings.align = align;
        adds_up(&Story::tell(entries.clone(), &surroundings));
    }
}

/// The events of a log, line by line.
pub(crate) fn entries(data: &[u8]) -> Vec<Event> {
    let mut entries = Vec::new();
    let mut offset = 0;
    for line in data.split(|byte| *byte == b'\n') {
        read_line(Place { source: 0, offset, item: 0 }, "fuzz", line, &mut entries);
        offset += line.len() as u64 + 1;
    }
    for entry in &entries {
        assert!(!entry.action.is_empty(), "{entry:?}");
    }
    entries.into_iter().map(Event::from).collect()
}

/// Every time is told once, and nothing is told that is not there.
pub(crate) fn adds_up(story: &Story) {
    let (steps, totals) = (&story.steps, &story.totals);
    assert!(steps.windows(2).all(|pair| pair[0].time <= pair[1].time), "steps are in order");
    for operation in &story.operations {
        let known = |step: Option<usize>| step.is_none_or(|step| step < steps.len());
        assert!(known(operation.start()) && known(operation.end()), "{operation:?}");
        assert!(operation.to.is_none_or(|to| to >= operation.from), "{operation:?}");
        assert!(operation.parent().is_none_or(|parent| parent < story.operations.len()));
    }
    let joined = |pair: &[cargo_narration::story::Piece]| pair[0].to == pair[1].from;
    assert!(story.path.windows(2).all(joined), "the path has a hole: {:?}", story.path);
    assert!(story.path.iter().all(|piece| piece.to >= piece.from), "{:?}", story.path);
    if let (Some(first), Some(last)) = (story.path.first(), story.path.last()) {
        assert_eq!((first.from, last.to), (totals.begin, totals.end), "the path is whole");
    }
    let whole: i128 = story.path.iter().map(|piece| i128::from(piece.length())).sum();
    let shared: i128 = totals.services.iter().map(|share| i128::from(share.time)).sum();
    if i64::try_from(whole).is_ok() {
        assert_eq!(whole, shared, "the services share the whole: {totals:?}");
    }
    assert!(
        totals
            .failures
            .iter()
            .chain(&totals.open)
            .all(|at| *at < steps.len().max(story.operations.len()))
    );
}
