//! What anybody may send as headers: replaced, narrated by reason and length, never repeated.

use axum::Router;
use axum::routing::get;
use narration_record::Level;
use narration_runtime::refusals;

use crate::heard::{self, outcomes, told};
use crate::parties::{serve, told_as};
use crate::raw;

const PARENT: &str = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// Sends header lines; the id that came back, and what was narrated of them: key, reason, length.
async fn refused(headers: &[&[u8]]) -> (String, Vec<(String, String, String)>) {
    let app = Router::new().route("/", get(|| async { "here" }).layer(told_as("request")));
    let address = serve(app).await;
    let before = refusals();
    let response = raw::rest(raw::send(address, &raw::get("/", headers)).await).await;
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    let id = raw::header(&response, "x-correlation-id").unwrap().to_owned();
    let records = outcomes(&id, 1).await;
    let refused: Vec<_> = records.iter().filter(|record| record.action == "log").collect();
    assert!(refused.iter().all(|record| record.level == Level::Warn));
    assert!(refusals() - before >= refused.len() as u64, "each is counted");
    let field = |record, name| told(record, name).unwrap();
    let told = |record| (field(record, "key"), field(record, "reason"), field(record, "length"));
    (id, refused.into_iter().map(told).collect())
}

#[tokio::test]
async fn an_id_of_every_wrong_kind_is_replaced() {
    let long = [b"x-correlation-id: ".as_slice(), &[b'a'; 4000]].concat();
    let cases: [(&[u8], &str, &str); 8] = [
        (b"x-correlation-id: evil\tforged", "character", "11"),
        (b"x-correlation-id: evil\x9b31mred", "character", "11"),
        (b"x-correlation-id: evil\xff\xfe", "character", "6"),
        (b"x-correlation-id: evil \xe2\x80\xae", "character", "8"),
        (b"x-request-id: evil\"}{\"level\":\"error", "character", "21"),
        (b"x-correlation-id: -evil", "start", "5"),
        (b"x-correlation-id:", "empty", "0"),
        (&long, "too-long", "4000"),
    ];
    for (header, reason, length) in cases {
        let key =
            if header.starts_with(b"x-request") { "x-request-id" } else { "x-correlation-id" };
        let (id, refused) = refused(&[header]).await;
        assert_eq!(id.len(), 36, "a minted id");
        let expected = (key.to_owned(), reason.to_owned(), length.to_owned());
        assert_eq!(refused, [expected]);
    }
    assert!(!heard::text().contains("evil") && !heard::text().contains("aaaaaaaa"));
}

#[tokio::test]
async fn ids_that_differ_are_none_and_ids_that_agree_are_one() {
    let first = b"x-correlation-id: req-rival-1".as_slice();
    let (id, refused) = refused(&[first, b"X-Correlation-Id: req-rival-2"]).await;
    assert_eq!(id.len(), 36);
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].1, "conflict");
    let (id, refused) = self::refused(&[first, first]).await;
    assert_eq!((id.as_str(), refused.len()), ("req-rival-1", 0));
}

#[tokio::test]
async fn a_trace_that_breaks_a_rule_is_begun_anew() {
    let state = b"tracestate: congo=evil".as_slice();
    let zero = "traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01";
    let cases: [(&[u8], &[u8]); 5] = [
        (b"traceparent: evil", state),
        (zero.as_bytes(), state),
        (b"traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01", state),
        (b"traceparent: \xff\t", state),
        (b"traceparent:", state),
    ];
    for (index, (parent, state)) in cases.into_iter().enumerate() {
        let own = format!("x-correlation-id: req-trace-{index}");
        let (id, refused) = refused(&[own.as_bytes(), parent, state]).await;
        assert_eq!(id, format!("req-trace-{index}"), "the id is sound");
        assert_eq!((refused.len(), refused[0].0.as_str()), (1, "traceparent"));
        let trace = told(&heard::of(&id)[0], "trace_id");
        assert!(trace.is_none_or(|trace| trace != "4bf92f3577b34da6a3ce929d0e0e4736"));
    }
}

#[tokio::test]
async fn too_many_members_of_a_tracestate_are_dropped_and_the_trace_goes_on() {
    let states: Vec<String> = (0..60).map(|index| format!("tracestate: k{index}=evil")).collect();
    let own = b"x-correlation-id: req-many-states".as_slice();
    let mut headers = vec![own, PARENT.as_bytes()];
    headers.extend(states.iter().map(String::as_bytes));
    let (id, refused) = refused(&headers).await;
    assert_eq!((refused.len(), refused[0].0.as_str()), (1, "tracestate"));
    let records = heard::of(&id);
    let trace = records.iter().find_map(|record| told(record, "trace_id"));
    assert_eq!(trace.as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
}
