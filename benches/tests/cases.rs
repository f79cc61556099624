//! What the measurements stand on: peers do the same work, what is off does
//! none, and what is on allocates nothing once it is warm.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use narration_bench::{ALL, Case, Memory};
use serde_json::Value;

fn lines(name: &str) -> Vec<Value> {
    let (case, sink) = (Case::named(name).unwrap(), Memory::default());
    case.scoped(&sink, case.once);
    sink.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn both_sides_record_the_same_fields() {
    for group in ["on", "on-text"] {
        let (ours, peers) =
            (lines(&format!("{group}/narrate")), lines(&format!("{group}/tracing")));
        let ([ours], [peer]) = (ours.as_slice(), peers.as_slice()) else {
            panic!("{ours:?} {peers:?}")
        };
        let ours = ours.as_object().unwrap();
        assert_eq!(ours["human"], peer["message"]);
        let fields = ours
            .iter()
            .filter(|(name, _)| !["timestamp", "level", "human"].contains(&name.as_str()));
        for (name, value) in fields {
            let name = if name == "target" { "object" } else { name };
            assert_eq!(peer[name], *value, "{group}: {name}");
        }
    }
}

#[test]
fn both_sides_inherit_the_same_context() {
    let (ours, peers) = (lines("on-in-span/narrate"), lines("on-in-span/tracing"));
    for name in ["correlation_id", "session_id", "job_id"] {
        assert!(ours[0][name].is_string());
        assert_eq!(ours[0][name], peers[0]["span"][name]);
    }
    assert_eq!(ours[0]["human"], peers[0]["message"]);
}

#[test]
fn both_sides_inherit_an_operations_context() {
    let (ours, peers) = (lines("in-context/narrate"), lines("in-context/tracing"));
    assert_eq!(ours[0]["correlation_id"], peers[0]["span"]["correlation_id"]);
    for (name, length) in [("trace_id", 32), ("span_id", 16)] {
        for text in [&ours[0][name], &peers[0]["span"][name]] {
            assert_eq!(text.as_str().map(str::len), Some(length));
        }
    }
}

#[test]
fn a_narrated_fn_tells_what_its_peer_tells_by_hand() {
    let (ours, peers) = (lines("fn-on/narrated"), lines("fn-on/instrument"));
    assert_eq!(ours.len(), 2);
    // How long either took is the machine's business.
    let untimed = |text: &Value| text.as_str().unwrap().split(" in ").next().unwrap().to_owned();
    for (ours, peer) in ours.iter().zip(&peers) {
        assert_eq!(untimed(&ours["human"]), untimed(&peer["message"]));
        assert_eq!(ours["model_ref"], peer["span"]["model_ref"]);
    }
    assert_eq!((&ours[1]["outcome"], &peers[1]["outcome"]), (&"ok".into(), &"ok".into()));
}

#[test]
fn a_request_is_answered_in_its_context_and_told() {
    assert_eq!(lines("request/bare").len(), 1);
    assert_eq!(lines("request/bare")[0]["correlation_id"], Value::Null);
    assert_eq!(lines("request/context")[0]["correlation_id"], "req-xyz");
    let told = lines("request/told");
    let actions: Vec<_> = told.iter().filter_map(|line| line["action"].as_str()).collect();
    assert_eq!(actions, ["request", "admission", "answered"]);
    assert!(told.iter().all(|line| line["correlation_id"] == "req-xyz"));
    assert_eq!(
        (&told[2]["route"], &told[2]["status"]),
        (&"/pools/{pool}/tasks".into(), &200.into())
    );
}

#[test]
fn what_is_off_writes_nothing() {
    for case in ALL.iter().filter(|case| case.name.starts_with("off-")) {
        let sink = Memory::default();
        case.scoped(&sink, case.once);
        assert_eq!(sink.text(), "", "{}", case.name);
    }
}

#[test]
fn a_narration_allocates_nothing_once_it_is_warm() {
    let told = |name: &str| name.ends_with("/narrate") || name.starts_with("format/");
    for case in ALL.iter().filter(|case| told(case.name)) {
        case.scoped(&Memory::default(), || {
            // Within one second; the calendar's text may grow its buffer when that turns.
            (0..10).for_each(|_| (case.once)());
            let warm = allocation_counter::measure(case.once);
            assert_eq!(warm.count_total, 0, "{}", case.name);
        });
    }
    let peer = Case::named("on/tracing").unwrap();
    peer.scoped(&Memory::default(), || {
        assert!(allocation_counter::measure(peer.once).count_total > 0, "the counter counts");
    });
}
