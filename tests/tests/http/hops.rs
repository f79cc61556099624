//! One id through every service a request passes, and nobody hands it on by hand.

use std::net::SocketAddr;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use narration_record::Record;
use narration_runtime::tower::ServerLayer;
use narration_runtime::{Correlation, CorrelationId, Trust, narrate};
use reqwest_middleware::ClientWithMiddleware;
use tracing::Instrument as _;

use crate::heard::{self, outcomes, told};
use crate::parties::{client, plain, serve, serve_as_it_is, told_as};

/// Where a service goes on to.
#[derive(Clone)]
struct Next {
    name: &'static str,
    address: Option<SocketAddr>,
    client: ClientWithMiddleware,
}

/// Tells what is looked for, then asks the next service for the same.
async fn look(State(next): State<Next>, Path(shelf): Path<String>) -> String {
    let Next { name, address, client } = next;
    narrate!(actor = "front-desk", action = "look", shelf = format!("{name}:{shelf}"));
    let Some(address) = address else { return format!("{name}:{shelf}") };
    let answer = client.get(format!("http://{address}/{shelf}")).send().await.unwrap();
    answer.text().await.unwrap()
}

async fn service(name: &'static str, address: Option<SocketAddr>) -> SocketAddr {
    let next = Next { name, address, client: client() };
    serve(Router::new().route("/{shelf}", get(look).layer(told_as("request"))).with_state(next))
        .await
}

/// Three services, each asking the next; the address of the first.
async fn chain() -> SocketAddr {
    let last = service("cellar", None).await;
    service("desk", Some(service("hall", Some(last)).await)).await
}

/// The records of looks, by the service's name.
fn looks(records: &[Record]) -> Vec<(String, &Record)> {
    let look = |record| Some((told(record, "shelf")?.split_once(':')?.0.to_owned(), record));
    records.iter().filter_map(look).collect()
}

#[tokio::test]
async fn three_services_tell_one_request_under_one_id_and_in_one_trace() {
    let first = chain().await;
    let request = plain().get(format!("http://{first}/B-12"));
    let answer = request.header("x-correlation-id", "req-hops-1").send().await.unwrap();
    assert_eq!(answer.headers()["x-correlation-id"], "req-hops-1");
    assert_eq!(answer.text().await.unwrap(), "cellar:B-12");
    let records = outcomes("req-hops-1", 3).await;
    assert_eq!(records.len(), 9, "start, look and outcome at each hop");
    let looks = looks(&records);
    let names: Vec<&str> = looks.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["desk", "hall", "cellar"]);
    let ids = |name| looks.iter().map(|(_, record)| told(record, name)).collect::<Vec<_>>();
    let (traces, spans, parents) = (ids("trace_id"), ids("span_id"), ids("parent_span_id"));
    assert!(traces.iter().all(|trace| trace.is_some() && *trace == traces[0]), "{traces:?}");
    assert_eq!(parents, [None, spans[0].clone(), spans[1].clone()], "each hop is beneath the last");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundreds_of_requests_at_a_time_never_mix() {
    let first = chain().await;
    let plain = plain();
    let requests = (0..300).map(|index| {
        let request = plain.get(format!("http://{first}/S-{index}"));
        let request = request.header("x-correlation-id", format!("req-many-{index}."));
        tokio::spawn(async move { request.send().await.unwrap().text().await.unwrap() })
    });
    for (index, answer) in requests.collect::<Vec<_>>().into_iter().enumerate() {
        assert_eq!(answer.await.unwrap(), format!("cellar:S-{index}"));
    }
    for index in 0..300 {
        let records = outcomes(&format!("req-many-{index}."), 3).await;
        let shelves: Vec<_> = records.iter().filter_map(|record| told(record, "shelf")).collect();
        let expected = ["desk", "hall", "cellar"].map(|name| format!("{name}:S-{index}"));
        assert_eq!(shelves, expected);
    }
}

/// Says what came with a request.
async fn mirror(headers: HeaderMap) -> Json<Vec<(String, String)>> {
    let known = ["x-correlation-id", "x-request-id", "traceparent", "tracestate"];
    let pairs = known.into_iter().flat_map(|name| {
        headers.get_all(name).into_iter().map(move |value| (name, value.to_str().unwrap()))
    });
    Json(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test]
async fn a_client_sends_the_current_context_and_nothing_outside_of_one() {
    let address = serve_as_it_is(Router::new().route("/", get(mirror))).await;
    let ask = || async {
        let answer = client().get(format!("http://{address}/")).send().await.unwrap();
        answer.json::<Vec<(String, String)>>().await.unwrap()
    };
    assert_eq!(ask().await, [], "there is no context");
    let state = "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7".parse().ok();
    let request = Correlation::with_id("req-client-1".parse().unwrap())
        .with_trace(PARENT.parse().unwrap(), state);
    let sent = ask().instrument(request.span()).await;
    assert_eq!(sent[0], ("x-correlation-id".to_owned(), "req-client-1".to_owned()));
    assert!(sent[1].1.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"), "{sent:?}");
    assert!(!sent[1].1.contains("00f067aa0ba902b7"), "the span that calls is the parent");
    assert_eq!(sent[2].1, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
    assert_eq!(sent.len(), 3);
}

#[tokio::test]
async fn a_client_never_overwrites_what_its_caller_said() {
    let address = serve_as_it_is(Router::new().route("/", get(mirror))).await;
    let request = client().get(format!("http://{address}/"));
    let request = request.header("x-correlation-id", "req-mine").header("traceparent", PARENT);
    let sending = async { request.send().await.unwrap().json().await.unwrap() };
    let sent: Vec<(String, String)> = sending.instrument(Correlation::new().span()).await;
    let own = [("x-correlation-id", "req-mine"), ("traceparent", PARENT)];
    assert_eq!(sent, own.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn at_the_border_the_clients_id_is_kept_beside_a_new_one() {
    let app = Router::new().route("/", get(|| async { "here" }).layer(told_as("request")));
    let address = serve_as_it_is(app.layer(ServerLayer::new().trust(Trust::Mint))).await;
    let request = plain().get(format!("http://{address}/"));
    let answer = request.header("x-correlation-id", "req-theirs").send().await.unwrap();
    let id = answer.headers()["x-correlation-id"].to_str().unwrap().to_owned();
    assert_ne!(id, "req-theirs");
    for record in outcomes(&id, 1).await {
        assert_eq!(told(&record, "client_correlation_id").as_deref(), Some("req-theirs"));
    }
    assert!(heard::of("req-theirs").is_empty());
}

#[tokio::test]
async fn a_second_layer_inside_begins_nothing_anew() {
    async fn here() -> String {
        CorrelationId::current().unwrap().to_string()
    }
    let inner = Router::new().route("/", get(here)).layer(ServerLayer::new().trust(Trust::Mint));
    let address = serve(inner).await;
    let answer = plain().get(format!("http://{address}/")).send().await.unwrap();
    let id = answer.headers()["x-correlation-id"].to_str().unwrap().to_owned();
    assert_eq!(answer.text().await.unwrap(), id);
}

#[tokio::test]
async fn a_request_without_an_id_gets_one_and_a_request_id_serves_as_well() {
    let app = || Router::new().route("/", get(|| async { "here" }).layer(told_as("request")));
    let address = serve(app()).await;
    let ask = |name, value| plain().get(format!("http://{address}/")).header(name, value).send();
    let answer = ask("x-request-id", "req-of-a-proxy").await.unwrap();
    assert_eq!(answer.headers()["x-correlation-id"], "req-of-a-proxy");
    outcomes("req-of-a-proxy", 1).await;
    let answer = ask("accept", "*/*").await.unwrap();
    let id = answer.headers()["x-correlation-id"].to_str().unwrap().to_owned();
    assert_eq!(id.len(), 36);
    outcomes(&id, 1).await;
}
