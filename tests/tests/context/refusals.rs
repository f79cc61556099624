//! What anybody may send, and what becomes of it.

use narration_runtime::{Carrier, Extracted, Trust, extract, refusals};
use narration_tests::harmless::{assert_harmless, assert_nowhere};
use narration_tests::told;

use crate::text;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// A message of bytes, as HTTP has them.
struct Raw(Vec<(&'static str, Vec<u8>)>);

impl Raw {
    fn new<'b>(pairs: impl IntoIterator<Item = (&'static str, &'b [u8])>) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key, value.to_vec())).collect())
    }
}

impl Carrier for Raw {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        self.0.iter().filter(|(name, _)| *name == key).map(|(_, value)| value.as_slice()).collect()
    }

    fn set(&mut self, _: &str, _: &str) {}
}

/// Key, reason and length of what is refused.
fn refused(extracted: &Extracted) -> Vec<(&'static str, &'static str, usize)> {
    extracted.refused.iter().map(|it| (it.key, it.reason, it.len)).collect()
}

#[test]
fn illegal_ids_are_replaced_counted_and_narrated_but_never_repeated() {
    let long = [b'a'; 129];
    let cases: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (&long, "too-long"),
        (b"-req", "start"),
        (b"req\txyz-evil", "character"),
        (b"evil\x9b31m", "character"),
        (b"evil\xff", "character"),
        (b"evil id, other", "character"),
        ("evil\u{202e}".as_bytes(), "character"),
    ];
    for (value, reason) in cases {
        for key in ["x-correlation-id", "x-request-id"] {
            let before = refusals();
            let mut id = String::new();
            let told = told(|| {
                let received = extract(&Raw::new([(key, value)]), Trust::Adopt);
                assert_eq!(refused(&received), [(key, reason, value.len())]);
                assert_eq!(received.correlation.id().as_str().len(), 36, "a minted id");
                id = received.correlation.id().to_string();
            });
            assert!(refusals() > before);
            let record = told.record();
            assert_eq!(record.level, narration_record::Level::Warn);
            assert_eq!(text(&record, "correlation_id"), Some(id), "the id used instead");
            assert_eq!(text(&record, "reason").as_deref(), Some(reason));
            assert_eq!(text(&record, "length"), Some(value.len().to_string()));
            assert_nowhere(&told, "evil");
            assert_harmless(&told, 1);
        }
    }
}

#[test]
fn several_ids_are_taken_when_they_agree_and_refused_when_they_differ() {
    let _ = told(|| {
        let both = |a: &[u8], b: &[u8]| {
            extract(&Raw::new([("x-correlation-id", a), ("x-correlation-id", b)]), Trust::Adopt)
        };
        let same = both(b"req-1", b"req-1");
        assert_eq!(same.correlation.id().as_str(), "req-1");
        assert!(same.refused.is_empty());
        let differ = both(b"req-1", b"req-22");
        assert_eq!(refused(&differ), [("x-correlation-id", "conflict", 11)]);
        assert!(!["req-1", "req-22"].contains(&differ.correlation.id().as_str()));
    });
}

#[test]
fn an_unsound_traceparent_begins_a_new_trace_and_drops_the_state() {
    let _ = told(|| {
        let zero = PARENT.replace("00f067aa0ba902b7", "0000000000000000");
        let upper = PARENT.to_uppercase();
        let future = PARENT.replacen("00", "ff", 1);
        let cases: [(&str, &str); 6] = [
            ("", "length"),
            (&PARENT[1..], "length"),
            (&upper, "shape"),
            (&zero, "zero"),
            (&future, "version"),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", "length"),
        ];
        for (value, reason) in cases {
            let message = Raw::new([
                ("x-correlation-id", b"req-1".as_slice()),
                ("traceparent", value.as_bytes()),
                ("tracestate", b"congo=t61rcWkgMzE"),
            ]);
            let received = extract(&message, Trust::Adopt);
            assert_eq!(refused(&received), [("traceparent", reason, value.len())]);
            assert_eq!(received.correlation.id().as_str(), "req-1", "the id is none the worse");
            assert_eq!(received.correlation.trace_parent(), None);
            assert_eq!(received.correlation.trace_state(), None);
            assert!(received.correlation.trace_id().is_some());
        }
        let twice =
            Raw::new([("traceparent", PARENT.as_bytes()), ("traceparent", PARENT.as_bytes())]);
        assert_eq!(refused(&extract(&twice, Trust::Adopt)), [("traceparent", "conflict", 110)]);
    });
}

#[test]
fn several_tracestates_are_one_list_in_their_order() {
    let states = |values: &[&[u8]]| {
        let states = values.iter().map(|value| ("tracestate", *value));
        extract(
            &Raw::new([("traceparent", PARENT.as_bytes())].into_iter().chain(states)),
            Trust::Adopt,
        )
    };
    let _ = told(|| {
        let state =
            |extracted: &Extracted| extracted.correlation.trace_state().map(ToString::to_string);
        let joined = states(&[b"foo=1", b"", b"bar=2,baz=3"]);
        assert_eq!(state(&joined).as_deref(), Some("foo=1,,bar=2,baz=3"));
        assert!(joined.refused.is_empty());
        assert_eq!(state(&states(&[b""])), None);
        assert!(states(&[b" , "]).refused.is_empty(), "an empty list is sound");
        let repeated = states(&[b"foo=1", b"foo=2"]);
        assert_eq!(refused(&repeated), [("tracestate", "repeated", 10)]);
        assert!(repeated.correlation.trace_parent().is_some(), "the trace goes on");
        let many: Vec<String> = (0..33).map(|n| format!("k{n}=v")).collect();
        assert_eq!(
            refused(&states(&[many.join(",").as_bytes()])),
            [("tracestate", "too-many", many.join(",").len())]
        );
        assert_eq!(refused(&states(&[b"foo=\xc3\xa9"])), [("tracestate", "member", 6)]);
    });
    let alone = extract(&Raw::new([("tracestate", b"foo=1".as_slice())]), Trust::Adopt);
    assert_eq!(alone.correlation.trace_state(), None, "a state without its trace says nothing");
}
