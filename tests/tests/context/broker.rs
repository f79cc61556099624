//! A context through a real broker: NATS with JetStream.
//!
//! The server is the one `cargo xtask test` names in `NARRATION_TEST_NATS_SERVER`; where there is
//! none, the test says that it was skipped.

#![allow(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::{self, consumer::pull, stream};
use futures_util::TryStreamExt as _;
use narration_runtime::{Carrier, Correlation, Trust, extract, inject, narrate, narrated, scope};
use narration_tests::told_by;
use tracing::Instrument as _;

use crate::{step, text};

/// The headers of a message of NATS. Both ends are ours, so fields travel along.
struct Headers(HeaderMap);

impl Carrier for Headers {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        self.0.get_all(key).map(|value| value.as_str().as_bytes()).collect()
    }

    fn set(&mut self, key: &str, value: &str) {
        self.0.insert(key, value);
    }

    fn takes_fields(&self) -> bool {
        true
    }
}

/// A broker of this test's own, gone with it.
struct Broker {
    server: Child,
    address: String,
    _store: tempfile::TempDir,
}

impl Broker {
    fn start(program: &std::ffi::OsStr) -> Self {
        let store = tempfile::tempdir().unwrap();
        let mut server = Command::new(program)
            .args(["--addr", "127.0.0.1", "--port", "-1", "--jetstream", "--store_dir"])
            .arg(store.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
        // It says where it listens, and then that it is ready.
        let listens = "Listening for client connections on ";
        let address = lines.by_ref().find_map(|line| Some(line.split_once(listens)?.1.to_owned()));
        assert!(lines.any(|line| line.contains("Server is ready")));
        // Read on, or a server that goes on talking would be stopped.
        std::thread::spawn(move || lines.for_each(drop));
        Self { server, address: address.unwrap(), _store: store }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[narrated(actor = "sorter", action = "route")]
async fn publish(queue: &jetstream::Context, parcel_id: &str) {
    let mut headers = Headers(HeaderMap::new());
    inject(&mut headers);
    let sent = queue.publish_with_headers("parcels", headers.0, parcel_id.to_owned().into());
    sent.await.unwrap().await.expect("the broker keeps it");
}

/// A worker that knows of its messages what they bring along, and nothing else.
async fn consume(queue: &jetstream::Context, messages: usize) {
    let stream = queue.get_stream("parcels").await.unwrap();
    let consumer = stream.create_consumer(pull::Config::default()).await.unwrap();
    let mut arriving = consumer.messages().await.unwrap();
    for _ in 0..messages {
        let message = arriving.try_next().await.unwrap().expect("a message");
        let headers = Headers(message.headers.clone().unwrap_or_default());
        let operation = extract(&headers, Trust::Adopt).correlation;
        async {
            let remark = std::str::from_utf8(&message.payload).unwrap();
            narrate!(actor = "sorter", action = "step", remark);
            message.ack().await.unwrap();
        }
        .instrument(operation.span())
        .await;
    }
    step();
}

#[tokio::test]
async fn a_context_goes_through_a_broker() {
    let Some(program) = std::env::var_os("NARRATION_TEST_NATS_SERVER") else {
        eprintln!(
            "skipped: NARRATION_TEST_NATS_SERVER names no server; `cargo xtask test` gets one"
        );
        return;
    };
    let broker = Broker::start(&program);
    let operations: Vec<Correlation> = (0..8).map(|_| Correlation::new()).collect();
    let journey = async {
        let client = async_nats::connect(&broker.address).await.unwrap();
        let queue = jetstream::new(client);
        let config = stream::Config {
            name: "parcels".to_owned(),
            subjects: vec!["parcels".to_owned()],
            ..stream::Config::default()
        };
        queue.create_stream(config).await.unwrap();
        for operation in &operations {
            let session = operation.span().in_scope(|| scope!(session_id = "session-abc123"));
            publish(&queue, "p-1").instrument(session).await;
        }
        // A message of somebody who knows nothing of contexts.
        queue.publish("parcels", "bare".into()).await.unwrap().await.unwrap();
        consume(&queue, operations.len() + 1).await;
    };
    let told = told_by(async {
        let journey = tokio::time::timeout(Duration::from_secs(120), journey);
        journey.await.expect("the broker answers");
    })
    .await;
    let records = told.records();
    let received = |remark: &str| {
        records
            .iter()
            .filter(|it| text(it, "remark").as_deref() == Some(remark))
            .collect::<Vec<_>>()
    };
    assert_eq!(received("p-1").len(), operations.len());
    for (operation, record) in operations.iter().zip(received("p-1")) {
        let sent = records
            .iter()
            .find(|it| text(it, "correlation_id").as_deref() == Some(operation.id().as_str()))
            .unwrap();
        assert_eq!(sent.action, "route");
        assert_eq!(text(record, "correlation_id"), text(sent, "correlation_id"));
        assert_eq!(text(record, "trace_id"), text(sent, "trace_id"));
        assert_eq!(text(record, "parent_span_id"), text(sent, "span_id"), "the publishing fn");
        assert_eq!(text(record, "session_id").as_deref(), Some("session-abc123"));
    }
    let [bare] = received("bare")[..] else { panic!() };
    assert_eq!(text(bare, "correlation_id").unwrap().len(), 36, "a new operation");
    assert_eq!(text(records.last().unwrap(), "correlation_id"), None);
}
