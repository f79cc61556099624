//! What stands between the reader and a database: proxies that want a password, gateways that
//! refuse, point elsewhere, pack answers or have none; and servers that give back what they get.

use std::net::TcpListener;
use std::time::Duration;

use super::canned::{Canned, columns, head, refused, rows};
use super::engine::row;
use crate::place::{ADMISSION, Place, Said};

const PROXIES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// Asks with a user and a password, and with a proxy where one is named.
fn ask(from: &str, proxy: Option<&str>) -> Said {
    let place = Place::new();
    let mut command = place.command(&["story", "req-xyz", "--from", from]);
    PROXIES.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("CLICKHOUSE_USER", "reader").env("CLICKHOUSE_PASSWORD", "hunter2");
    command.envs(proxy.map(|proxy| ("HTTP_PROXY", proxy)));
    Said::of(command.output().unwrap())
}

/// What is said of one answer.
#[track_caller]
fn refuses(answer: Vec<u8>, said: &[&str]) {
    let server = Canned::with(vec![answer]);
    let told = ask(&server.address(), None);
    assert_eq!((told.code, &*told.out), (Some(3), ""), "{told:?}");
    said.iter().for_each(|said| {
        told.has(said);
    });
    assert!(!format!("{told:?}").contains("hunter2"), "{told:?}");
}

fn answer(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let headers = format!("{headers}Content-Length: {}\r\n", body.len());
    [head(status, &headers).as_bytes(), body].concat()
}

#[test]
fn a_gateway_that_refuses_is_told_from_a_database_that_does() {
    for (status, way_out) in [
        (401, "CLICKHOUSE_PASSWORD to what it knows"),
        (403, "a gateway before the database refuses"),
        (414, "no question of this length"),
        (429, "try again"),
        (502, "is the server running?"),
        (504, "is the server running?"),
        (404, "8123, or 8443 with secure=1"),
    ] {
        let page = answer(status, "", b"<html><h1>ClickHouse is hunter2</h1></html>");
        refuses(page, &[&format!("HTTP {status}, not as ClickHouse does"), way_out]);
    }
}

#[test]
fn nobody_else_is_given_the_password_who_a_gateway_points_to() {
    let elsewhere = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let url = format!("http://127.0.0.1:{}/", elsewhere.local_addr().unwrap().port());
    for status in [301, 302, 307, 308] {
        let pointing = answer(status, &format!("Location: {url}\r\n"), b"");
        refuses(pointing, &["not followed", &url]);
    }
    assert!(elsewhere.accept().is_err(), "somebody came");
}

#[test]
fn an_answer_that_is_packed_is_told_and_not_shown() {
    for form in ["gzip", "br", "x\u{7f}y"] {
        let packed = answer(200, &format!("Content-Encoding: {form}\r\n"), b"\x1f\x8b\x08\0\0");
        refuses(packed, &[if form.len() == 3 { "cannot be read" } else { "is packed as" }]);
    }
    let plain = columns(&["Body"]).join("\n") + "\n";
    let plain = answer(200, "Content-Encoding: identity\r\n", plain.as_bytes());
    refuses(plain, &["has no column Body"]);
}

#[test]
fn what_was_sent_is_not_shown_again_by_whom_it_was_sent_to() {
    let said = "Exception: reader:hunter2@here: Authentication failed";
    refuses(refused(403, 516, said), &["reader:…@here", "set CLICKHOUSE_USER"]);
    refuses(refused(500, 164, "Cannot modify setting"), &["no setting is sent", "profile"]);
}

#[test]
fn a_proxy_that_wants_a_password_is_named_by_its_variable() {
    let proxy = Canned::with(vec![answer(407, "Proxy-Authenticate: Basic\r\n", b"")]);
    let named = format!("http://jo:s3cr3t@127.0.0.1:{}", proxy.port);
    let told = ask("clickhouse://db.internal/otel", Some(&named));
    assert_eq!((told.code, &*told.out), (Some(3), ""), "{told:?}");
    told.has("proxy of the environment").has("407").has("NO_PROXY");
    assert!(!format!("{told:?}").contains("s3cr3t"), "{told:?}");
    assert!(proxy.asked()[0].head.starts_with("CONNECT db.internal:8123"));
}

#[test]
fn an_answer_that_comes_in_drops_is_waited_for() {
    let lead = rows(&[r#"{"Id":"req-xyz","TraceId":""}"#]);
    let told = rows(&[row(ADMISSION).to_string()]);
    let answers = vec![rows(&columns(&[])), lead.clone(), lead, told, rows(&[""; 0])];
    let server = Canned::slowly(answers, Duration::from_millis(2));
    let told = ask(&(server.address() + "?timeout=30"), None);
    assert_eq!(told.code, Some(0), "{told:?}");
    told.has("Accepted request");
}

#[test]
fn who_hangs_up_before_an_answer_is_told_so() {
    let server = Canned::with(vec![b"HTTP/1.1 200 OK\r\nContent-".to_vec()]);
    let told = ask(&server.address(), None);
    assert_eq!((told.code, &*told.out), (Some(3), ""), "{told:?}");
    told.has("cannot be read");
}
