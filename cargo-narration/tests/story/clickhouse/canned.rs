//! A server that says what it was told to say, one answer a request, and remembers what it was
//! asked.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

/// The columns of a table, as `DESCRIBE` tells them.
const COLUMNS: &[(&str, &str)] = &[
    ("Timestamp", "DateTime64(9)"),
    ("TraceId", "String"),
    ("SpanId", "String"),
    ("SeverityText", "LowCardinality(String)"),
    ("SeverityNumber", "UInt8"),
    ("ServiceName", "LowCardinality(String)"),
    ("Body", "String"),
    ("LogAttributes", "Map(LowCardinality(String), String)"),
    ("EventName", "String"),
];

/// What was asked.
pub(super) struct Asked {
    /// The line and the headers.
    pub(super) head: String,
    /// The query.
    pub(super) sql: String,
}

/// A server with answers.
pub(super) struct Canned {
    pub(super) port: u16,
    answering: JoinHandle<Vec<Asked>>,
}

impl Canned {
    /// Gives these answers, one a connection; then nobody is there any more.
    pub(super) fn with(answers: Vec<Vec<u8>>) -> Self {
        Self::slowly(answers, Duration::ZERO)
    }

    /// The same, a few bytes at a time where there is a pause between them.
    pub(super) fn slowly(answers: Vec<Vec<u8>>, pause: Duration) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answering = std::thread::spawn(move || {
            let answered = answers.into_iter().map(|answer| {
                let (stream, _) = listener.accept().unwrap();
                answered_slowly(stream, &answer, pause)
            });
            answered.collect()
        });
        Self { port, answering }
    }

    /// The same, behind a table that is as it should be.
    pub(super) fn with_table(mut answers: Vec<Vec<u8>>) -> Self {
        answers.insert(0, rows(&columns(&[])));
        Self::with(answers)
    }

    /// What `--from` takes.
    pub(super) fn address(&self) -> String {
        format!("clickhouse://127.0.0.1:{}/otel", self.port)
    }

    /// What was asked, once every answer was given.
    pub(super) fn asked(self) -> Vec<Asked> {
        self.answering.join().unwrap()
    }
}

/// Gives one answer.
pub(super) fn answered(stream: impl Read + Write, answer: &[u8]) -> Asked {
    answered_slowly(stream, answer, Duration::ZERO)
}

fn answered_slowly(stream: impl Read + Write, answer: &[u8], pause: Duration) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap_or(0) > 0 {}
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    let mut sql = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut sql).unwrap();
    if answer.is_empty() {
        // Silence, until the other side has enough of it.
        let _ = reader.read(&mut [0]);
    }
    let drops = if pause.is_zero() { answer.len().max(1) } else { 7 };
    for drop in answer.chunks(drops) {
        let _ = reader.get_mut().write_all(drop);
        let _ = reader.get_mut().flush();
        std::thread::sleep(pause);
    }
    Asked { head, sql: String::from_utf8(sql).unwrap() }
}

/// What `DESCRIBE` says of a table without some columns.
pub(super) fn columns(without: &[&str]) -> Vec<String> {
    let there = COLUMNS.iter().filter(|(name, _)| !without.contains(name));
    there.map(|(name, kind)| format!(r#"{{"name":"{name}","type":"{kind}"}}"#)).collect()
}

/// An answer of whole rows.
pub(super) fn rows<S: AsRef<str>>(rows: &[S]) -> Vec<u8> {
    let mut body: String = rows.iter().map(|row| format!("{}\n", row.as_ref())).collect();
    body.insert_str(0, &head(200, &format!("Content-Length: {}\r\n", body.len())));
    body.into_bytes()
}

/// The chunks of an answer that does not come to its end.
pub(super) fn unfinished(body: &str) -> Vec<u8> {
    let head = head(200, "Transfer-Encoding: chunked\r\n");
    format!("{head}{:x}\r\n{body}\r\n", body.len()).into_bytes()
}

/// What ClickHouse says when it refuses.
pub(super) fn refused(status: u16, code: u32, said: &str) -> Vec<u8> {
    let body = format!("Code: {code}. DB::Exception: {said}\n");
    let headers =
        format!("X-ClickHouse-Exception-Code: {code}\r\nContent-Length: {}\r\n", body.len());
    (head(status, &headers) + &body).into_bytes()
}

pub(super) fn head(status: u16, headers: &str) -> String {
    format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n{headers}\r\n")
}
