//! The same over gRPC: tonic servers and channels, with the status where gRPC has it.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt as _};
use http::uri::PathAndQuery;
use narration_record::Level;
use narration_runtime::tower::{Client, ClientLayer, ServerLayer};
use narration_runtime::{Correlation, CorrelationId, narrate};
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Request, Response, Status, Streaming};
use tonic_prost::ProstCodec;
use tower::{Layer as _, Service, service_fn};
use tracing::Instrument as _;

use crate::heard::{self, listen, outcomes, plot, told};
use crate::parties::told_as;

type Carried = Client<Channel>;

/// A counter that may ask another one.
#[derive(Clone)]
struct Desk {
    name: &'static str,
    next: Option<Carried>,
}

impl NamedService for Desk {
    const NAME: &'static str = "depot.Desk";
}

impl Service<http::Request<Body>> for Desk {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let desk = self.clone();
        Box::pin(async move {
            let mut grpc = tonic::server::Grpc::new(ProstCodec::<String, String>::default());
            let look = |asked: Request<String>| desk.clone().look(asked.into_inner());
            let watch =
                |asked: Request<String>| async { Ok(Response::new(watched(asked.into_inner()))) };
            Ok(match request.uri().path() {
                "/depot.Desk/Look" => grpc.unary(service_fn(look), request).await,
                "/depot.Desk/Watch" => grpc.server_streaming(service_fn(watch), request).await,
                _ => Status::unimplemented("no such method").into_http(),
            })
        })
    }
}

impl Desk {
    async fn look(self, shelf: String) -> Result<Response<String>, Status> {
        narrate!(actor = "front-desk", action = "look", shelf = format!("{}:{shelf}", self.name));
        match (shelf.as_str(), self.next) {
            ("missing", _) => Err(Status::not_found("no such shelf")),
            ("full", _) => Err(Status::unavailable("all 100% full, token=open-sesame-88")),
            ("panic", _) => panic!("the shelf fell over"),
            (_, Some(next)) => look(next, &shelf).await,
            (_, None) => Ok(Response::new(shelf)),
        }
    }
}

/// Tells a look at each shelf it sends, without end; where the belt is broken, the second is lost.
fn watched(shelf: String) -> impl Stream<Item = Result<String, Status>> + Send + 'static {
    stream::iter(0..).then(move |index| {
        let shelf = format!("{shelf}-{index}");
        async move {
            tokio::task::yield_now().await;
            if shelf == "broken-1" {
                return Err(Status::data_loss("the belt broke"));
            }
            narrate!(actor = "front-desk", action = "look", shelf);
            Ok("x".repeat(1000))
        }
    })
}

/// Asks to watch a shelf.
async fn watch(client: Carried, shelf: &str) -> Streaming<String> {
    let mut grpc = tonic::client::Grpc::new(client);
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/depot.Desk/Watch");
    let codec = ProstCodec::<String, String>::default();
    let answer = grpc.server_streaming(Request::new(shelf.to_owned()), path, codec);
    answer.await.unwrap().into_inner()
}

async fn serve(name: &'static str, next: Option<SocketAddr>) -> SocketAddr {
    listen();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = Server::builder()
        .layer(ServerLayer::new())
        .layer(told_as("request"))
        .add_service(Desk { name, next: next.map(client) });
    tokio::spawn(server.serve_with_incoming(TcpIncoming::from(listener)));
    address
}

fn client(address: SocketAddr) -> Carried {
    let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
    ClientLayer::new().layer(endpoint.connect_lazy())
}

async fn look(client: Carried, shelf: &str) -> Result<Response<String>, Status> {
    call(client, "/depot.Desk/Look", shelf).await
}

async fn call(client: Carried, path: &str, asked: &str) -> Result<Response<String>, Status> {
    let mut grpc = tonic::client::Grpc::new(client);
    grpc.ready().await.map_err(|error| Status::unknown(error.to_string()))?;
    let path = path.parse::<PathAndQuery>().unwrap();
    grpc.unary(Request::new(asked.to_owned()), path, ProstCodec::default()).await
}

/// Does something in a new context of this id.
async fn within<F: Future>(id: &str, work: F) -> F::Output {
    work.instrument(Correlation::with_id(id.parse().unwrap()).span()).await
}

#[tokio::test]
async fn one_id_goes_through_two_tonic_services_and_back() {
    let first = serve("desk", Some(serve("cellar", None).await)).await;
    let answer = within("grpc-hops", look(client(first), "B-12")).await.unwrap();
    assert_eq!(answer.metadata().get("x-correlation-id").unwrap(), "grpc-hops");
    assert_eq!(answer.into_inner(), "B-12");
    let records = outcomes("grpc-hops", 2).await;
    let shelves: Vec<_> = records.iter().filter_map(|record| told(record, "shelf")).collect();
    assert_eq!(shelves, ["desk:B-12", "cellar:B-12"]);
    let traces: Vec<_> = records.iter().map(|record| told(record, "trace_id")).collect();
    assert!(traces.iter().all(|trace| trace.is_some() && *trace == traces[0]), "{traces:?}");
    let ends: Vec<_> = records.iter().filter(|it| told(it, "outcome").is_some()).collect();
    assert_eq!(ends.len(), 2);
    for record in ends {
        assert_eq!(record.action, "answered");
        assert_eq!(told(record, "route").as_deref(), Some("/depot.Desk/Look"));
        assert_eq!(told(record, "grpc_status").as_deref(), Some("OK"));
        assert_eq!(told(record, "outcome").as_deref(), Some("ok"));
    }
}

#[tokio::test]
async fn a_call_ends_as_its_status_says_although_http_says_all_is_well() {
    let address = serve("desk", None).await;
    within("grpc-full", look(client(address), "full")).await.unwrap_err();
    let records = outcomes("grpc-full", 1).await;
    let last = records.last().unwrap();
    assert_eq!(plot(std::slice::from_ref(last)), ["request-failed failed"]);
    assert_eq!((told(last, "status").as_deref(), last.level), (Some("200"), Level::Error));
    assert_eq!(told(last, "grpc_status").as_deref(), Some("UNAVAILABLE"));
    assert_eq!(told(last, "error_kind").as_deref(), Some("grpc-unavailable"));
    let error = told(last, "error").unwrap();
    assert!(error.starts_with("UNAVAILABLE: all 100% full, token=[redacted:"), "{error}");
    assert!(!heard::text().contains("open-sesame-88"));
    within("grpc-missing", look(client(address), "missing")).await.unwrap_err();
    let records = outcomes("grpc-missing", 1).await;
    assert_eq!(plot(&records), ["request", "look", "answered ok"], "the client's own fault");
    assert_eq!(told(&records[2], "grpc_status").as_deref(), Some("NOT_FOUND"));
    within("grpc-no-method", call(client(address), "/depot.Desk/Nap", "")).await.unwrap_err();
    let records = outcomes("grpc-no-method", 1).await;
    assert_eq!(told(&records[1], "error").as_deref(), Some("UNIMPLEMENTED: no such method"));
}

#[tokio::test]
async fn a_call_whose_handler_panics_is_told_once() {
    let address = serve("desk", None).await;
    within("grpc-panic", look(client(address), "panic")).await.unwrap_err();
    let records = outcomes("grpc-panic", 1).await;
    assert_eq!(plot(&records), ["request", "look", "request panicked"]);
}

#[tokio::test]
async fn a_stream_that_fails_midway_is_a_failure_by_its_trailers() {
    let address = serve("desk", None).await;
    let mut answer = within("grpc-broken", watch(client(address), "broken")).await;
    answer.message().await.unwrap().unwrap();
    answer.message().await.unwrap_err();
    let records = outcomes("grpc-broken", 1).await;
    assert_eq!(plot(&records), ["request", "look", "request-failed failed"]);
    assert_eq!(told(&records[2], "error").as_deref(), Some("DATA_LOSS: the belt broke"));
    assert_eq!(told(&records[2], "grpc_status").as_deref(), Some("DATA_LOSS"));
}

#[tokio::test]
async fn a_stream_nobody_reads_on_is_cancelled_in_its_context() {
    let address = serve("desk", None).await;
    let mut answer = within("grpc-stream", watch(client(address), "S")).await;
    for _ in 0..3 {
        answer.message().await.unwrap().unwrap();
    }
    drop(answer);
    let records = outcomes("grpc-stream", 1).await;
    let (last, before) = records.split_last().unwrap();
    assert_eq!(plot(std::slice::from_ref(last)), ["abandoned cancelled"]);
    assert!(before.iter().filter(|record| record.action == "look").count() >= 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_that_share_one_connection_never_mix() {
    let first = client(serve("desk", Some(serve("cellar", None).await)).await);
    let calls = (0..200).map(|index| {
        let (client, shelf) = (first.clone(), format!("S-{index}"));
        tokio::spawn(async move {
            let id: CorrelationId = format!("grpc-many-{index}").parse().unwrap();
            look(client, &shelf).instrument(Correlation::with_id(id).span()).await.unwrap()
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    for index in 0..200 {
        let records = outcomes(&format!("grpc-many-{index}"), 2).await;
        let shelves: Vec<_> = records.iter().filter_map(|record| told(record, "shelf")).collect();
        assert_eq!(shelves, [format!("desk:S-{index}"), format!("cellar:S-{index}")]);
    }
}

#[tokio::test]
async fn a_client_can_tell_its_calls_as_well() {
    let address = serve("desk", None).await;
    let told_by_client = |shelf: &'static str| async move {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
        let channel = (told_as("inquiry"), ClientLayer::new()).layer(endpoint.connect_lazy());
        let mut grpc = tonic::client::Grpc::new(channel);
        grpc.ready().await.unwrap();
        let path = PathAndQuery::from_static("/depot.Desk/Look");
        let codec = ProstCodec::<String, String>::default();
        grpc.unary(Request::new(shelf.to_owned()), path, codec).await
    };
    within("grpc-by-client", told_by_client("full")).await.unwrap_err();
    let records = outcomes("grpc-by-client", 2).await;
    let of_client: Vec<_> = records.into_iter().filter(|it| it.action == "inquiry").collect();
    assert_eq!(plot(&of_client), ["inquiry", "inquiry failed"]);
    assert_eq!(told(&of_client[1], "error_kind").as_deref(), Some("grpc-unavailable"));
}
