//! Whether a line is looked through or read the long way, the same is seen.

use std::hash::RandomState;

use proptest::prelude::*;

use super::*;
use crate::logs::Event;

fn long_way(line: &[u8], prints: &RandomState) -> Vec<String> {
    let mut entries = Vec::new();
    read_line(Place::default(), "x", line, &mut entries);
    let events = entries.into_iter().filter(|entry| entry.shape != Shape::Raw).map(Event::from);
    events.map(|event| format!("{:?}", Glimpse::of(&event, prints))).collect()
}

fn skimmed(line: &[u8], prints: &RandomState) -> (Vec<String>, bool) {
    let (mut skimmer, mut seen) = (Skimmer::default(), Vec::new());
    let short = skimmer.record(Place::default(), line, prints).is_some();
    skimmer.read(Place::default(), "x", line, prints, &mut |one| {
        if let Seen::Event(glimpse) = one {
            seen.push(format!("{glimpse:?}"));
        }
    });
    (seen, short)
}

const LINE: &str = r#"{"timestamp":"2026-11-21T18:34:05.123456Z","level":"info","actor":"orchestratord","action":"admission","target":"session-abc123","human":"Accepted 'it'; größe","correlation_id":"req-xyz","session_id":"session-abc123","trace_id":"t","pool_id":"default","eta":1.50,"below":-3,"yes":true,"outcome":"ok","duration_ms":420}"#;

#[test]
fn what_our_writer_writes_is_looked_through() {
    let prints = RandomState::new();
    let escaped = LINE.replace("'it'", r#"\"it\\\" \u00e9"#);
    let prefixed = format!("pool-managerd-1  | {LINE}\r");
    for line in [LINE, &escaped, &prefixed, &LINE.replace(".123456Z", "Z")] {
        let (seen, short) = skimmed(line.as_bytes(), &prints);
        assert!(short, "{line}");
        assert_eq!(seen, long_way(line.as_bytes(), &prints), "{line}");
    }
}

#[test]
fn what_another_spells_otherwise_is_read_the_long_way_and_seen_alike() {
    let prints = RandomState::new();
    for (from, to) in [
        ("\"level\":\"info\"", "\"level\": \"info\""),
        ("\"eta\":1.50", "\"eta\":null"),
        ("\"eta\":1.50", "\"eta\":[1]"),
        ("\"eta\":1.50", "\"eta\":007"),
        ("\"eta\":1.50", "\"pool_id\":\"twice\""),
        ("\"target\":\"session-abc123\",", ""),
        ("req-xyz", "req\\u002dxyz"),
        ("\"correlation_id\":\"req-xyz\"", "\"correlation_id\":\"\""),
        ("\"correlation_id\":\"req-xyz\"", "\"correlation_id\":7"),
        (",\"eta\":1.50", ",\"eta\":1.50,\"duration\":1"),
        ("05.123456Z", "61.123456Z"),
        ("05.123456Z", "05.123456+01:00"),
        ("\"outcome\":\"ok\"", "\"outcome\":\"o\tk\""),
        ("420}", "\"420\"}"),
        ("420}", "420} "),
        ("420}", "420}}"),
        ("420}", "420"),
    ] {
        let line = LINE.replace(from, to);
        assert_ne!(line, LINE, "{from}");
        let seen = skimmed(line.as_bytes(), &prints).0;
        assert_eq!(seen, long_way(line.as_bytes(), &prints), "{line}");
    }
    let moved = LINE
        .replace("\"target\":\"session-abc123\",", "")
        .replace("\"yes\":true", "\"target\":\"late\"");
    assert_eq!(skimmed(moved.as_bytes(), &prints).0, long_way(moved.as_bytes(), &prints));
}

proptest! {
    #[test]
    fn a_damaged_line_is_seen_alike(
        cuts in prop::collection::vec((0..LINE.len(), 0..3_usize, any::<u8>()), 0..4),
    ) {
        let prints = RandomState::new();
        let mut line = LINE.as_bytes().to_vec();
        for (at, how, byte) in cuts {
            let at = at.min(line.len().saturating_sub(1));
            match how {
                0 => line[at] = byte,
                1 => line.insert(at, byte),
                _ => { line.remove(at); }
            }
        }
        line.retain(|byte| *byte != b'\n');
        prop_assert_eq!(skimmed(&line, &prints).0, long_way(&line, &prints));
    }
}
