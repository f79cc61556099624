//! Each request is told once when it comes and once when it ends, whichever way it does.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::routing::{any, get};
use futures_util::stream::{self, Stream};
use narration_record::Level;
use narration_runtime::narrate;
use tokio::sync::Notify;

use crate::heard::{self, outcomes, plot, told};
use crate::parties::{plain, serve, told_as};
use crate::raw;

fn id(name: &str) -> String {
    format!("endings-{name}")
}

/// Asks for a path, with an id of its own for the test.
async fn ask(app: Router, method: &str, path: &str, id: &str) -> reqwest::Result<String> {
    let address = serve(app).await;
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let request = plain().request(method, format!("http://{address}{path}"));
    let response = request.header("x-correlation-id", id).send().await?;
    response.text().await
}

async fn look(Path(shelf): Path<String>) -> String {
    narrate!(actor = "front-desk", action = "look", shelf);
    shelf
}

#[tokio::test]
async fn a_request_is_told_with_method_template_status_and_time_and_never_with_its_path() {
    let app = Router::new().route("/shelves/{shelf}/parcels", get(look).layer(told_as("request")));
    let id = id("answered");
    let path = "/shelves/B-12/parcels?token=open-sesame-77";
    assert_eq!(ask(app, "GET", path, &id).await.unwrap(), "B-12");
    let records = outcomes(&id, 1).await;
    assert_eq!(plot(&records), ["request", "look", "answered ok"]);
    for record in [&records[0], &records[2]] {
        assert_eq!(told(record, "method").as_deref(), Some("GET"));
        assert_eq!(told(record, "route").as_deref(), Some("/shelves/{shelf}/parcels"));
    }
    assert_eq!(told(&records[2], "status").as_deref(), Some("200"));
    assert!(told(&records[2], "duration_ms").is_some());
    assert_eq!(records[0].human, "GET /shelves/{shelf}/parcels comes in");
    assert!(!heard::text().contains("open-sesame-77"), "a query is in no line");
}

#[tokio::test]
async fn a_clients_fault_is_well_answered_and_a_services_fault_is_a_failure() {
    let app = || {
        Router::new()
            .route("/gone", get(|| async { StatusCode::GONE }))
            .route("/full", get(|| async { (StatusCode::SERVICE_UNAVAILABLE, "all full") }))
            .layer(told_as("request"))
    };
    let (gone, full) = (id("gone"), id("full"));
    ask(app(), "GET", "/gone", &gone).await.unwrap();
    ask(app(), "GET", "/full", &full).await.unwrap();
    let records = outcomes(&gone, 1).await;
    assert_eq!(plot(&records), ["request", "answered ok"]);
    assert_eq!(told(&records[1], "status").as_deref(), Some("410"));
    let records = outcomes(&full, 1).await;
    assert_eq!(plot(&records), ["request", "request-failed failed"]);
    assert_eq!(records[1].level, Level::Error);
    assert_eq!(told(&records[1], "error").as_deref(), Some("503 Service Unavailable"));
    assert_eq!(told(&records[1], "error_kind").as_deref(), Some("http-503"));
}

#[tokio::test]
async fn a_handler_that_panics_is_told_and_its_connection_closed() {
    async fn panics() -> &'static str {
        panic!("the shelf fell over");
    }
    let app = Router::new().route("/", get(panics).layer(told_as("request")));
    let id = id("panic");
    ask(app, "GET", "/", &id).await.unwrap_err();
    let records = outcomes(&id, 1).await;
    assert_eq!(plot(&records), ["request", "request panicked"]);
    assert_eq!(records[1].level, Level::Error);
    assert_eq!(told(&records[1], "error").as_deref(), Some("the shelf fell over"));
    assert_eq!(told(&records[1], "error_kind").as_deref(), Some("panic"));
}

#[tokio::test]
async fn a_client_that_hangs_up_cancels_the_request() {
    async fn never(State(begun): State<Arc<Notify>>) {
        begun.notify_one();
        std::future::pending::<()>().await;
    }
    let begun = Arc::new(Notify::new());
    let app = Router::new()
        .route("/", get(never).layer(told_as("request")))
        .with_state(Arc::clone(&begun));
    let id = id("hang-up");
    let address = serve(app).await;
    let header = format!("x-correlation-id: {id}");
    let stream = raw::send(address, &raw::get("/", &[header.as_bytes()])).await;
    begun.notified().await;
    drop(stream);
    let records = outcomes(&id, 1).await;
    assert_eq!(plot(&records), ["request", "abandoned cancelled"]);
    assert_eq!(records[1].level, Level::Warn, "somebody waited in vain");
    assert_eq!(told(&records[1], "status"), None);
}

/// Tells a look at each shelf it sends, and that it is dropped.
fn shelves(count: usize) -> impl Stream<Item = Result<Event, Infallible>> {
    struct Left;
    impl Drop for Left {
        fn drop(&mut self) {
            narrate!(actor = "front-desk", action = "look", shelf = "left");
        }
    }
    let left = Left;
    stream::unfold((0, left), move |(index, left)| async move {
        if index == count {
            return None;
        }
        tokio::task::yield_now().await;
        narrate!(actor = "front-desk", action = "look", shelf = index.to_string());
        Some((Ok(Event::default().data(index.to_string())), (index + 1, left)))
    })
}

#[tokio::test]
async fn a_stream_keeps_the_context_to_its_last_event() {
    let app =
        Router::new().route("/", get(|| async { Sse::new(shelves(3)) })).layer(told_as("request"));
    let id = id("stream");
    assert_eq!(ask(app, "GET", "/", &id).await.unwrap().matches("data:").count(), 3);
    let records = outcomes(&id, 1).await;
    assert_eq!(plot(&records)[..4], ["request", "look", "look", "look"]);
    assert_eq!(plot(&records).last().unwrap(), "answered ok");
}

#[tokio::test]
async fn a_stream_nobody_reads_to_its_end_is_cancelled_inside_its_context() {
    let app = Router::new()
        .route("/", get(|| async { Sse::new(shelves(usize::MAX)) }))
        .layer(told_as("request"));
    let id = id("stream-left");
    let address = serve(app).await;
    let header = format!("x-correlation-id: {id}");
    let mut stream = raw::send(address, &raw::get("/", &[header.as_bytes()])).await;
    raw::until(&mut stream, "data:").await;
    drop(stream);
    let records = outcomes(&id, 1).await;
    let (last, before) = records.split_last().unwrap();
    assert_eq!(plot(std::slice::from_ref(last)), ["abandoned cancelled"]);
    assert_eq!(told(last, "status").as_deref(), Some("200"), "it had been answered already");
    assert_eq!(told(before.last().unwrap(), "shelf").as_deref(), Some("left"));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_failure() {
    async fn breaks() -> Body {
        let parts = [Ok(Bytes::from_static(b"half")), Err("the belt tore")];
        Body::from_stream(stream::iter(parts))
    }
    let app = Router::new().route("/", get(breaks).layer(told_as("request")));
    let id = id("broken-body");
    ask(app, "GET", "/", &id).await.unwrap_err();
    let records = outcomes(&id, 1).await;
    assert_eq!(plot(&records), ["request", "request-failed failed"]);
    assert_eq!(told(&records[1], "error").as_deref(), Some("the belt tore"));
    assert_eq!(told(&records[1], "error_kind").as_deref(), Some("body"));
}

/// A body that does not know that it is at its end before it is asked once more.
async fn promised() -> (HeaderMap, Body) {
    let mut headers = HeaderMap::new();
    headers.insert("content-length", "8".parse().unwrap());
    let parts = ["half", "half"].map(|part| Ok::<_, Infallible>(Bytes::from(part)));
    let rest = stream::pending();
    (headers, Body::from_stream(stream::StreamExt::chain(stream::iter(parts), rest)))
}

async fn promised_nothing() -> ([(&'static str, &'static str); 1], Body) {
    ([("content-length", "0")], Body::from_stream(stream::pending::<Result<Bytes, Infallible>>()))
}

#[tokio::test]
async fn what_a_server_does_not_read_on_is_answered_all_the_same() {
    let app = || {
        Router::new()
            .route("/promised", any(promised))
            .route("/promised-nothing", any(promised_nothing))
            .route("/upgrade", any(|| async { StatusCode::SWITCHING_PROTOCOLS }))
            .route("/nothing", any(|| async { (StatusCode::NO_CONTENT, ()) }))
            .route("/text", any(|| async { "text" }))
            .layer(told_as("request"))
    };
    for (method, path) in [
        ("GET", "/promised"),
        ("HEAD", "/promised"),
        ("GET", "/promised-nothing"),
        ("GET", "/upgrade"),
        ("DELETE", "/nothing"),
        ("GET", "/text"),
        ("HEAD", "/text"),
        ("POST", "/text"),
    ] {
        let id = id(&format!("{method}{}", path.replace('/', "-")));
        ask(app(), method, path, &id).await.unwrap();
        assert_eq!(plot(&outcomes(&id, 1).await), ["request", "answered ok"], "{method} {path}");
    }
}

#[tokio::test]
async fn what_a_client_invents_is_not_told() {
    let app = Router::new().fallback(|| async { StatusCode::NOT_FOUND }).layer(told_as("request"));
    let id = id("invented");
    ask(app, "SNOOP-AROUND", "/etc/passwd-of-ada", &id).await.unwrap();
    let records = outcomes(&id, 1).await;
    assert_eq!(told(&records[1], "method").as_deref(), Some("_OTHER"));
    assert_eq!(told(&records[1], "route").as_deref(), Some("unmatched"));
    assert!(!heard::text().contains("passwd-of-ada") && !heard::text().contains("SNOOP"));
}

#[tokio::test]
async fn an_outcome_without_an_action_is_told_in_plain_words() {
    let app = || {
        Router::new()
            .route("/", get(|| async { "here" }))
            .route("/full", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .layer(told_as("inquiry"))
    };
    let (well, full) = (id("plain-words"), id("plain-words-full"));
    ask(app(), "GET", "/", &well).await.unwrap();
    ask(app(), "GET", "/full", &full).await.unwrap();
    let records = outcomes(&well, 1).await;
    assert_eq!(plot(&records), ["inquiry", "inquiry ok"]);
    assert_eq!((records[0].human.as_str(), records[0].level), ("Somebody asks", Level::Debug));
    assert!(records[1].human.starts_with("Somebody asks: done in "), "{}", records[1].human);
    assert_eq!(records[1].level, Level::Debug);
    let records = outcomes(&full, 1).await;
    assert!(records[1].human.starts_with("Somebody asks failed after "), "{}", records[1].human);
    assert!(records[1].human.ends_with(" ms: 500 Internal Server Error"), "{}", records[1].human);
    assert_eq!(records[1].level, Level::Warn);
}

#[tokio::test]
async fn a_connection_that_is_kept_tells_each_request_for_itself() {
    let app = Router::new().route("/{shelf}", get(look).layer(told_as("request")));
    let address = serve(app).await;
    let mut stream = raw::send(address, b"").await;
    for index in 0..5 {
        let id = id(&format!("kept-{index}"));
        let request =
            format!("GET /{index} HTTP/1.1\r\nhost: desk\r\nx-correlation-id: {id}\r\n\r\n");
        tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.unwrap();
        let response = raw::until(&mut stream, &format!("\r\n\r\n{index}")).await;
        assert_eq!(raw::header(&response, "x-correlation-id"), Some(id.as_str()));
        let records = outcomes(&id, 1).await;
        assert_eq!(plot(&records), ["request", "look", "answered ok"]);
        assert_eq!(told(&records[1], "shelf"), Some(index.to_string()));
    }
}

#[tokio::test]
async fn a_handler_that_is_timed_out_is_cancelled() {
    let app = Router::new().route(
        "/",
        get(std::future::pending::<()>).layer((
            axum::error_handling::HandleErrorLayer::new(|_| async { StatusCode::GATEWAY_TIMEOUT }),
            tower::timeout::TimeoutLayer::new(Duration::from_millis(1)),
            told_as("request"),
        )),
    );
    let id = id("timed-out");
    ask(app, "GET", "/", &id).await.unwrap();
    assert_eq!(plot(&outcomes(&id, 1).await), ["request", "abandoned cancelled"]);
}
