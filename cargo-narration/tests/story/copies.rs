//! An event that stands in two logs happened once, whoever asks.

use std::io::Write as _;

use crate::place::{MEMO, Place};

fn twice() -> Place {
    let place = Place::of_the_memo();
    let log = std::fs::read(place.path().join("pool-managerd.log")).unwrap();
    place.bytes("copy/pool-managerd.log.1", &log);
    let line = String::from_utf8(log).unwrap();
    // What a container kept of the same line, packed.
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    write!(gzip, "2026-11-21T18:34:05.3Z stdout F {line}").unwrap();
    place.bytes("pod.gz", &gzip.finish().unwrap());
    place
}

#[test]
fn a_listing_counts_it_once_and_says_so() {
    let place = twice();
    let said = place.run(&["stories", ".", "--format", "json"]);
    let stories: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(stories[0]["steps"], MEMO.len());
    assert_eq!(stories.as_array().unwrap().len(), 1);
    said.has("2 events were read twice and count once");
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!((&story["repeated"], story["steps"].as_array().unwrap().len()), (&2.into(), 3));
}

#[test]
fn links_count_it_once() {
    let place = twice();
    let line = r#"{"timestamp":"2026-11-21T18:34:07Z","level":"info","actor":"pool-managerd","action":"spawn","human":"lost"}"#;
    place.log("lost.log", &[line, line]);
    place.log("lost-too.log", &[line]);
    let said = place.run(&["links", ".", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["findings"][0]["events"], 1, "{report}");
    assert_eq!(report["repeated"], 4);
    said.has("4 events were read twice and count once");
}
