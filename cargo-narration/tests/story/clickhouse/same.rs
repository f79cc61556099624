//! The engine's answer is the files' answer.

use clickhouse_engine::without_places;

use super::engine::{DEPLOYED, Engine};
use crate::place::{ADMISSION, BUILD, Place, SPAWN};

/// The logs of many requests in several services: answered, failed, stuck, with ids in other
/// fields, with values that only look like something else.
fn requests() -> Vec<String> {
    let mut lines = vec![ADMISSION.to_owned(), SPAWN.to_owned(), BUILD.to_owned()];
    for request in 0..60_u64 {
        let line = |at: u64, actor: &str, action: &str, rest: &str| {
            let micros = 1_795_286_000_000_000 + request * 137_003 + at * (900 + request);
            let time = jiff::Timestamp::from_microsecond(micros as i64).unwrap();
            let session = request / 3;
            format!(
                r#"{{"timestamp":"{time:.6}","level":"info","actor":"{actor}","action":"{action}","human":"{action} of {request} 'it''s' \"quoted\" \\ größe","correlation_id":"req-{request:04}","session_id":"session-{session}","job_id":"{request}"{rest}}}"#
            )
        };
        lines.push(line(0, "gateway", "accept", r#","queue_position":3,"share":0.25,"warm":true"#));
        lines.push(
            line(1, "worker", "decode", r#","tokens":12,"engine":"3.10"#).replace("3.10", "v3\""),
        );
        if request % 7 == 0 {
            let failed =
                r#","outcome":"failed","duration_ms":2,"error":"out of memory","error_kind":"Oom""#;
            lines.push(line(4, "worker", "decode-failed", failed).replace("\"info\"", "\"warn\""));
        } else if request % 11 != 0 {
            lines.push(line(5, "worker", "decoded", r#","outcome":"ok","duration_ms":3"#));
        }
        lines.push(line(9, "gateway", "reply", r#","status":200"#));
    }
    lines
}

/// A place and an engine with the same logs.
fn both() -> Option<(Place, Engine)> {
    let engine = Engine::start()?;
    let place = Place::new();
    let lines = requests();
    for actor in ["orchestratord", "pool-managerd", "engine-provisioner", "gateway", "worker"] {
        let own = format!("\"actor\":\"{actor}\"");
        let own: Vec<&str> =
            lines.iter().map(String::as_str).filter(|line| line.contains(&own)).collect();
        place.log(&format!("{actor}.log"), &own);
    }
    engine.script(DEPLOYED);
    engine.insert(lines.iter().map(String::as_str));
    Some((place, engine))
}

#[test]
fn stories_of_any_id_are_the_same_as_those_of_files() {
    let Some((place, engine)) = both() else { return };
    let from = engine.address();
    for id in ["req-0007", "req-0012", "session-4", "req-xyz", "session-abc123", "r0", "420", "11"]
    {
        let files = place.run(&["story", id, "."]);
        let rows = place.run(&["story", id, "--from", &from]);
        assert_eq!(files.code, Some(0), "{files:?}");
        assert_eq!(rows.out, files.out, "{id}: {}", rows.err);
        let files = place.json(&["story", id, "."]);
        let rows = place.json(&["story", id, "--from", &from]);
        assert_eq!(without_places(rows), without_places(files), "{id}");
    }
}

#[test]
fn filters_leave_the_sums_as_files_have_them() {
    let Some((place, engine)) = both() else { return };
    let from = engine.address();
    for filters in [
        &["--actor", "worker"][..],
        &["--action", "decode", "--action", "reply"],
        &["--field", "status=200"],
        &["--field", "share=0.25", "--field", "warm=true"],
        &["--field", "correlation_id=req-0013", "--actor", "gateway"],
        &["--level", "warn"],
        &["--since", "2026-11-21T18:33:21.650Z"],
        &["--until", "2026-11-21T18:33:21.650Z"],
        &["--since", "2026-11-21T18:33:21.644Z", "--until", "2026-11-21T18:33:21.650Z"],
        &["--around", "100ms"],
        &["--around", "1m", "--actor", "worker", "--level", "warn"],
        &["--around", "1s", "--at", "reply"],
        &["--compare"],
    ] {
        let files = place.json(&[&["story", "session-4", "."], filters].concat());
        let rows = place.json(&[&["story", "session-4", "--from", &from], filters].concat());
        assert!(files["steps"].as_array().is_some(), "{filters:?}");
        assert_eq!(without_places(rows), without_places(files), "{filters:?}");
    }
}

#[test]
fn all_requests_and_their_links_are_the_same() {
    let Some((place, engine)) = both() else { return };
    let from = engine.address();
    for asked in [
        &["stories"][..],
        &["stories", "-n", "5", "--recent"],
        &["stories", "--ending", "failed"],
        &["stories", "--since", "2026-11-21T18:33:25Z", "--format", "json"],
        &["stories", "--until", "2026-11-21T18:33:25Z", "--format", "json"],
        &["links", "--format", "json"],
        &["links", "--since", "2026-11-21T18:33:22Z", "--until", "2026-11-21T18:33:25Z"],
    ] {
        let files = place.run(&[asked, &["."]].concat());
        let rows = place.run(&[asked, &["--from", &from]].concat());
        assert_eq!((rows.code, rows.out), (files.code, files.out), "{asked:?} {}", rows.err);
    }
}

#[test]
fn what_was_delivered_twice_counts_once_and_is_said() {
    let Some((place, engine)) = both() else { return };
    let from = engine.address();
    let lines = requests();
    engine.insert(lines.iter().map(String::as_str));
    place.log("copy/all.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    for asked in [
        &["story", "session-4"][..],
        &["story", "req-0007", "--compare"],
        &["story", "req-0007", "--around", "100ms"],
        &["stories"],
        &["links"],
    ] {
        let files = place.run(&[asked, &["."]].concat());
        let rows = place.run(&[asked, &["--from", &from]].concat());
        assert_eq!((&rows.out, &rows.err), (&files.out, &files.err), "{asked:?}");
        assert!(asked[0] != "story" || rows.out.contains("lines were there twice"), "{rows:?}");
        assert!(asked[0] == "story" || rows.err.contains("were read twice"), "{rows:?}");
    }
}
