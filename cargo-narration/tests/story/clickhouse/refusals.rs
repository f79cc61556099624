//! What is said, and how it ends, when a database gives no answer or half of one.

use std::net::TcpListener;

use super::canned::{Canned, columns, head, refused, rows, unfinished};
use super::engine::{DEPLOYED, Engine, row};
use crate::place::{ADMISSION, Place, SPAWN, Said};

fn story(from: &str) -> Said {
    run(&["story", "req-xyz", "--from", from], None)
}

fn run(args: &[&str], password: Option<&str>) -> Said {
    let place = Place::new();
    let mut command = place.command(args);
    for name in ["CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD"] {
        command.env_remove(name);
    }
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    {
        command.env_remove(name);
    }
    command.envs(password.map(|password| ("CLICKHOUSE_PASSWORD", password)));
    Said::of(command.output().unwrap())
}

#[track_caller]
fn refuses(answers: Vec<Vec<u8>>, said: &[&str]) {
    let server = Canned::with(answers);
    let told = story(&server.address());
    assert_eq!(told.code, Some(3), "{told:?}");
    assert_eq!(told.out, "");
    said.iter().for_each(|said| {
        told.has(said);
    });
}

#[test]
fn a_server_that_is_away_is_named_with_its_ports() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let told = story(&format!("clickhouse://127.0.0.1:{port}/otel"));
    assert_eq!(told.code, Some(3));
    told.has(&format!("clickhouse://127.0.0.1:{port}/otel/otel_logs cannot be read"));
    told.has("it refuses connections").has("8123");
}

#[test]
fn what_clickhouse_refuses_is_told_with_the_way_out() {
    for (status, code, said, way_out) in [
        (403, 516, "reader: Authentication failed", "set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD"),
        (403, 497, "Not enough privileges", "GRANT SELECT ON otel.otel_logs"),
        (404, 81, "Database otel does not exist", "name the database"),
        (404, 60, "Table otel.otel_logs does not exist", "?table=otel_logs"),
        (500, 159, "Timeout exceeded", "--since 1h"),
        (200, 241, "Memory limit exceeded", "--since 1h"),
        (500, 999, "Something new", "Something new"),
    ] {
        refuses(vec![refused(status, code, said)], &[said, way_out]);
    }
}

#[test]
fn a_table_of_something_else_is_told_from_one_of_logs() {
    refuses(vec![rows(&columns(&["LogAttributes", "Body"]))], &["no columns Body, LogAttributes"]);
    let text = columns(&[]).iter().map(|one| one.replace("Map(", "Tuple(")).collect::<Vec<_>>();
    refuses(vec![rows(&text)], &["neither Map nor JSON"]);
    let nginx = (head(404, "Content-Length: 9\r\n") + "not found").into_bytes();
    refuses(vec![nginx], &["HTTP 404, not as ClickHouse does", "8123"]);
    refuses(vec![b"220 mail.example.org ESMTP\r\n".to_vec()], &["cannot be read"]);
    refuses(vec![rows(&["<html>"])], &["it says: <html>"]);
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for_forever() {
    let server = Canned::with(vec![Vec::new()]);
    let told = story(&(server.address() + "?timeout=1"));
    assert_eq!(told.code, Some(3));
    told.has("silent for 1 s").has("timeout=600");
}

#[test]
fn tls_with_a_server_that_has_none_is_a_refusal() {
    let server = Canned::with(vec![rows(&[""; 0])]);
    let told = story(&(server.address() + "?secure=1"));
    assert_eq!(told.code, Some(3), "{told:?}");
    told.has("cannot be read");
}

#[test]
fn an_answer_that_breaks_off_is_told_as_far_as_it_came() {
    let lead = rows(&[r#"{"Id":"req-xyz","TraceId":""}"#]);
    let line = |line: &str| row(line).to_string() + "\n";
    let whole = line(ADMISSION) + &line(SPAWN);
    let exception = "Code: 241. DB::Exception: Memory limit exceeded";
    for (broken, said) in [
        (unfinished(&whole), "broken off after 2 rows"),
        (unfinished(&(whole.clone() + "{\"UnixNano\":\"17")), "broken off after 2 rows"),
        (unfinished(&(whole.clone() + exception)), "Memory limit"),
        (unfinished(&format!("{whole}{{\"exception\":\"{exception}\"}}\n")), "Memory limit"),
        (unfinished(&format!("{whole}\r\n__exception__\r\ntag\r\n{exception}\r\n")), "Memory"),
    ] {
        let answers = vec![lead.clone(), lead.clone(), broken, rows(&[""; 0])];
        let server = Canned::with_table(answers);
        let told = story(&server.address());
        assert_eq!(told.code, Some(3), "{told:?}");
        told.has("Accepted request").has("Spawning engine").has(said);
    }
}

#[test]
fn what_breaks_off_around_a_moment_is_told_as_well() {
    let lead = rows(&[r#"{"Id":"req-xyz","TraceId":""}"#]);
    let line = |line: &str| row(line).to_string() + "\n";
    let other = line(&SPAWN.replace("req-xyz", "req-abc"));
    let answers = vec![
        lead.clone(),
        lead,
        rows(&[row(ADMISSION).to_string()]),
        rows(&[""; 0]),
        rows(&[r#"{"Rows":"900"}"#]),
        unfinished(&other),
    ];
    let server = Canned::with_table(answers);
    let args = ["story", "req-xyz", "--around", "1s", "--from", &server.address()];
    let told = run(&args, None);
    assert_eq!(told.code, Some(3), "{told:?}");
    told.has("Accepted request").has("Spawning engine").has("498 lines further");
    told.has("broken off after 1 row");
}

#[test]
fn a_password_is_for_the_environment_and_is_never_shown() {
    let told = story("clickhouse://jo:hunter2@127.0.0.1:1/otel");
    assert_eq!(told.code, Some(2));
    told.has("CLICKHOUSE_PASSWORD");
    assert!(!format!("{told:?}").contains("hunter2"), "{told:?}");
    let server = Canned::with(vec![refused(403, 516, "default: Authentication failed")]);
    let from = server.address();
    let told = run(&["story", "req-xyz", "--from", &from], Some("hunter2"));
    assert!(!format!("{told:?}").contains("hunter2"), "{told:?}");
    assert!(server.asked()[0].head.to_lowercase().contains("x-clickhouse-key: hunter2"));
}

#[test]
fn what_makes_no_sense_is_refused_before_anybody_is_asked() {
    let from = "clickhouse://127.0.0.1:1/otel";
    assert_eq!(run(&["story", "a", "logs", "--from", from], None).code, Some(2));
    let follow = ["story", "a", "--follow", "--until", "1h", "--from", from];
    assert_eq!(run(&follow, None).code, Some(2));
    let turned = ["stories", "--since", "1h", "--until", "2h", "--from", from];
    let told = run(&turned, None);
    assert_eq!(told.code, Some(2));
    told.has("`--until` is before `--since`");
    assert_eq!(run(&["links", "--from", "postgres://x"], None).code, Some(2));
    assert_eq!(run(&["stories", "--from", "clickhouse://h/a`b"], None).code, Some(2));
}

#[test]
fn the_real_engine_refuses_in_the_same_words() {
    let Some(engine) = Engine::start_with(&[("FRONT_PASSWORD", "hunter2")]) else { return };
    let from = engine.address();
    let told = run(&["story", "req-xyz", "--from", &from], Some("wrong"));
    assert_eq!(told.code, Some(3));
    told.has("Authentication failed").has("set CLICKHOUSE_USER");
    let told = run(&["story", "req-xyz", "--from", &from], Some("hunter2"));
    assert_eq!(told.code, Some(3), "{told:?}");
    told.has("otel").has("does not exist").has("name the");
}

#[test]
fn what_the_engine_does_not_have_is_answered_with_what_is_near() {
    let Some(engine) = Engine::start() else { return };
    engine.script(DEPLOYED);
    let told = run(&["story", "req-xyy", "--from", &engine.address()], None);
    assert_eq!(told.code, Some(4), "{told:?}");
    engine.insert([ADMISSION]);
    let told = run(&["story", "req-xyy", "--from", &engine.address()], None);
    assert_eq!(told.code, Some(4), "{told:?}");
    told.has("no field of any line is \"req-xyy\"").has("did you mean req-xyz?");
    told.has(&format!("looked in clickhouse://127.0.0.1:{}/otel/otel_logs", engine.port()));
}
