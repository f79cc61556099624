//! Each order's story is whole, over a channel and two processes, and nobody else's.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::process::Command;

use narration_record::{Record, read};

#[test]
fn each_order_has_one_id_from_the_desk_to_the_courier() {
    let mut shop = Command::new(env!("CARGO_BIN_EXE_narration-handoff"));
    for name in ["RUST_LOG", "NARRATION_FILE", "NARRATION_CORRELATION_ID", "TRACEPARENT"] {
        shop.env_remove(name);
    }
    let said = shop.env("NARRATION_FORMAT", "json").output().unwrap();
    assert!(said.status.success(), "{said:?}");
    let text = |record: &Record, name: &str| record.field(name).map(ToString::to_string);
    let mut stories: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for line in std::str::from_utf8(&said.stdout).unwrap().lines() {
        let record = read(line).unwrap();
        stories.entry(text(&record, "correlation_id").unwrap()).or_default().push(record);
    }
    assert_eq!(stories.len(), 3);
    for story in stories.values() {
        let steps: Vec<&str> = story.iter().map(|record| record.action.as_str()).collect();
        assert_eq!(steps, ["accept", "pack", "carry", "packed"]);
        for name in ["order_id", "trace_id"] {
            assert!(
                story.iter().all(|record| text(record, name) == text(&story[0], name)),
                "{name}"
            );
        }
        let [_, pack, carry, _] = &story[..] else { panic!("{steps:?}") };
        assert_eq!(text(carry, "parent_span_id"), text(pack, "span_id"));
    }
}
