//! What becomes of a service that others let down: the story says so, with the right outcome.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use narration_record::Record;
use narration_runtime::{Correlation, narrated};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tracing::Instrument as _;

use crate::heard::{listen, outcomes, plot, told};
use crate::parties::{client, plain, serve, told_as};
use crate::raw;

/// A peer that reads a request, says something, and hangs up; with nothing to say it never answers.
async fn peer(says: Option<&'static [u8]>) -> SocketAddr {
    listen();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        match says {
            Some(says) => stream.write_all(says).await.unwrap(),
            None => std::future::pending().await,
        }
    });
    address
}

/// Asks a peer for a shelf.
#[narrated(actor = "front-desk", action = "fetch")]
async fn fetch(shelf: &str, address: SocketAddr) -> reqwest_middleware::Result<String> {
    let request = client().get(format!("http://{address}/{shelf}"));
    let response = request.timeout(Duration::from_millis(200)).send().await?;
    Ok(response.error_for_status()?.text().await?)
}

/// The only outcome of asking a peer.
async fn asked(id: &str, address: SocketAddr) -> Record {
    let context = Correlation::with_id(id.parse().unwrap());
    fetch("B-12", address).instrument(context.span()).await.unwrap_err();
    let records = outcomes(id, 1).await;
    assert_eq!(plot(&records), ["fetch", "fetch-failed failed"]);
    records.into_iter().next_back().unwrap()
}

#[tokio::test]
async fn a_peer_that_dies_hangs_or_answers_garbage_is_a_failure_of_the_call() {
    let short = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".as_slice();
    let refusing = b"HTTP/1.1 500 Broken\r\ncontent-length: 0\r\n\r\n".as_slice();
    for (id, peer) in [
        ("peer-dies-before", peer(Some(b"")).await),
        ("peer-dies-midway", peer(Some(short)).await),
        ("peer-garbage", peer(Some(b"\x16\x03\x01 what is this\r\n\r\n")).await),
        ("peer-hangs", peer(None).await),
        ("peer-refuses", peer(Some(refusing)).await),
        ("peer-away", "127.0.0.1:1".parse().unwrap()),
    ] {
        let told_error = told(&asked(id, peer).await, "error").unwrap();
        assert!(!told_error.is_empty(), "{id}");
        if id == "peer-hangs" {
            assert!(told_error.contains("timed out"), "{told_error}");
        }
    }
}

#[tokio::test]
async fn a_client_that_dies_while_sending_has_given_up() {
    let app =
        || Router::new().route("/", post(|body: String| async { body }).layer(told_as("request")));
    let address = serve(app()).await;
    let head = "POST / HTTP/1.1\r\nhost: desk\r\nx-correlation-id: client-dies\r\n";
    let request = format!("{head}content-length: 100\r\n\r\nhalf");
    drop(raw::send(address, request.as_bytes()).await);
    let records = outcomes("client-dies", 1).await;
    assert_eq!(plot(&records), ["request", "abandoned cancelled"]);
    let sent = plain().post(format!("http://{address}/")).body("all of it");
    let answer = sent.header("x-correlation-id", "client-lives").send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "all of it");
    assert_eq!(plot(&outcomes("client-lives", 1).await), ["request", "answered ok"]);
}

#[tokio::test]
async fn a_service_whose_peer_fails_answers_for_itself_under_the_same_id() {
    async fn proxy(State(peer): State<SocketAddr>) -> Result<String, StatusCode> {
        fetch("B-12", peer).await.map_err(|_| StatusCode::BAD_GATEWAY)
    }
    let app = Router::new()
        .route("/", get(proxy).layer(told_as("request")))
        .with_state(peer(Some(b"nonsense\r\n\r\n")).await);
    let address = serve(app).await;
    let request = plain().get(format!("http://{address}/"));
    request.header("x-correlation-id", "req-proxy").send().await.unwrap();
    let plot = plot(&outcomes("req-proxy", 2).await);
    assert_eq!(plot, ["request", "fetch", "fetch-failed failed", "request-failed failed"]);
}
