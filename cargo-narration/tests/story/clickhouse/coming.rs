//! Stories that go on in the database while they are told.

use super::canned::{Canned, rows};
use super::engine::{DEPLOYED, Engine, row};
use crate::live::Live;
use crate::place::{ADMISSION, BUILD, Place, SPAWN};

#[cfg(unix)]
#[test]
fn rows_are_told_as_they_come_be_they_late_or_twice_and_nobody_elses() {
    let Some(engine) = Engine::start() else { return };
    engine.script(DEPLOYED);
    let place = Place::new();
    let from = engine.address();
    let mut live = Live::of(&place, &["story", "session-abc123", "--from", &from, "--follow"]);
    // The first step of the story, and with it the id that the others have.
    engine.insert([ADMISSION]);
    assert!(live.line().contains("Accepted request"));
    let other = SPAWN.replace("req-xyz", "req-abc");
    engine.insert([ADMISSION, BUILD, BUILD, &other]);
    assert!(live.line().contains("Building llama-server"));
    engine.insert([SPAWN, BUILD]);
    assert!(live.line().contains("Spawning engine"), "it is older, and came later");
    let (code, rest) = live.end();
    assert_eq!(code, Some(130));
    assert!(rest.contains("3 services · 3 steps") && rest.contains("slowest hop"), "{rest}");
}

#[cfg(unix)]
#[test]
fn programs_that_only_share_the_trace_are_followed_too() {
    let Some(engine) = Engine::start() else { return };
    engine.script(DEPLOYED);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traced = format!("\"correlation_id\":\"req-xyz\",\"trace_id\":\"{trace}\"");
    let traced = ADMISSION.replace("\"correlation_id\":\"req-xyz\"", &traced);
    engine.insert([traced.as_str()]);
    let (place, from) = (Place::new(), engine.address());
    let args = ["story", "req-xyz", "--from", &from, "--follow", "--format", "json"];
    let mut live = Live::of(&place, &[&args[..], &["--actor", "billing"]].concat());
    engine.run(&format!(
        "INSERT INTO otel.otel_logs (Timestamp, TraceId, SeverityNumber, ServiceName, Body) \
         VALUES (1795286045.2, '{trace}', 13, 'billing', 'card is slow')"
    ));
    let step: serde_json::Value = serde_json::from_str(&live.line()).unwrap();
    assert_eq!(step["human"], "card is slow");
    assert_eq!(live.end(), (Some(130), String::new()));
}

#[test]
fn a_database_that_goes_away_is_waited_for_as_long_as_it_may_be_silent() {
    let lead = rows(&[r#"{"Id":"req-xyz","TraceId":""}"#]);
    let told = rows(&[row(ADMISSION).to_string()]);
    let none: [&str; 0] = [];
    let server = Canned::with_table(vec![lead.clone(), lead, told, rows(&none)]);
    let from = server.address() + "?timeout=1";
    let live = Live::of(&Place::new(), &["story", "req-xyz", "--from", &from, "--follow"]);
    let (code, told, beside) = live.ended();
    assert_eq!(code, Some(3), "{beside}");
    assert!(told.contains("Accepted request") && told.contains("1 step"), "{told}");
    assert!(beside.contains("cannot be read: it refuses connections"), "{beside}");
}
