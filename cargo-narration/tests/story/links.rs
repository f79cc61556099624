//! Correlation ids that go wrong, one kind a test.

use crate::place::Place;

/// The exit code, and of each finding its kind, its id and its service.
type Judged = (Option<i32>, Vec<(String, Option<String>, String)>);

fn line(second: u32, actor: &str, action: &str, more: &str) -> String {
    format!(
        r#"{{"timestamp":"2026-11-21T18:{:02}:{:02}Z","level":"info","actor":"{actor}","action":"{action}","human":"x"{more}}}"#,
        second / 60,
        second % 60
    )
}

/// Twelve requests through three services, as they should be.
fn sound() -> Vec<String> {
    (0..12)
        .flat_map(|request| {
            let id = format!(r#","correlation_id":"req-{request}","session_id":"s-{request}""#);
            [
                ("orchestratord", "admission"),
                ("pool-managerd", "spawn"),
                ("engine-provisioner", "build"),
            ]
            .map(|(actor, action)| line(request * 10, actor, action, &id))
        })
        .collect()
}

fn findings(more: &[String]) -> Judged {
    let place = Place::new();
    let lines = [sound(), more.to_vec()].concat();
    place.log("all.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let said = place.run(&["links", ".", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().map(str::to_owned);
    let all = report["findings"].as_array().unwrap().iter();
    let all = all.map(|one| {
        (text(one, "kind").unwrap(), text(one, "correlation_id"), text(one, "actor").unwrap())
    });
    (said.code, all.collect())
}

fn one(kind: &str, id: Option<&str>, actor: &str) -> Judged {
    (Some(1), vec![(kind.to_owned(), id.map(str::to_owned), actor.to_owned())])
}

#[test]
fn sound_links_are_no_finding_and_neither_is_a_service_that_starts() {
    assert_eq!(findings(&[line(0, "orchestratord", "startup", "")]), (Some(0), vec![]));
}

#[test]
fn an_event_that_lost_its_id_is_found() {
    assert_eq!(
        findings(&[line(5, "pool-managerd", "spawn", "")]),
        one("missing", None, "pool-managerd")
    );
    assert_eq!(
        findings(&[line(5, "adapter-host", "submit", "")]),
        one("missing", None, "adapter-host")
    );
    let place = Place::new();
    let lines = [sound(), vec![line(5, "adapter-host", "submit", "")]].concat();
    place.log("all.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let said = place.run(&["links", ".", "--allow", "adapter-host"]);
    assert_eq!(said.code, Some(0), "{said:?}");
}

#[test]
fn a_request_that_breaks_off_between_services_is_found() {
    let id = r#","correlation_id":"req-broken""#;
    let lines =
        [line(500, "orchestratord", "admission", id), line(501, "pool-managerd", "spawn", id)];
    assert_eq!(findings(&lines), one("broken", Some("req-broken"), "pool-managerd"));
    let id = r#","correlation_id":"req-t","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736""#;
    let mut lines = ["orchestratord/admission", "pool-managerd/spawn", "engine-provisioner/build"]
        .map(|deed| line(500, deed.split_once('/').unwrap().0, deed.split_once('/').unwrap().1, id))
        .to_vec();
    lines.push(line(
        501,
        "adapter-host",
        "submit",
        r#","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736""#,
    ));
    assert_eq!(findings(&lines), one("broken", Some("req-t"), "adapter-host"));
}

#[test]
fn a_request_from_nowhere_is_found() {
    let id = r#","correlation_id":"req-nowhere""#;
    let lines =
        [line(500, "pool-managerd", "spawn", id), line(501, "engine-provisioner", "build", id)];
    assert_eq!(findings(&lines), one("from-nowhere", Some("req-nowhere"), "pool-managerd"));
}

#[test]
fn an_id_that_is_used_twice_is_found() {
    let again = r#","correlation_id":"req-0","session_id":"s-other""#;
    assert_eq!(
        findings(&[line(500, "orchestratord", "admission", again)]),
        one("reused", Some("req-0"), "orchestratord")
    );
    let place = Place::new();
    let id = r#","correlation_id":"req-1""#;
    place.log("a.log", &[&line(0, "a", "b", id), &line(1200, "a", "b", id)]);
    assert_eq!(place.run(&["links", "."]).code, Some(0));
    let said = place.run(&["links", ".", "--reuse-after", "10m"]);
    assert_eq!(said.code, Some(1));
    said.has("reused").has("goes on after 20 min 00 s of silence");
}
