//! An OTLP endpoint on loopback, over gRPC and over HTTP.
//!
//! In: exports. Out: what arrived, decoded by OpenTelemetry's own definitions.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::logs::v1 as logs;
use opentelemetry_proto::tonic::collector::metrics::v1 as metrics;
use opentelemetry_proto::tonic::collector::trace::v1 as trace;
use prost::Message;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tonic::{Request, Response, Status};

use crate::arrived::Arrived;

/// An endpoint, and what has arrived there.
pub(crate) struct Collector {
    pub(crate) address: String,
    arrived: Store,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Clone, Default)]
struct Store(Arc<Mutex<Arrived>>);

impl Collector {
    /// Listens for gRPC.
    pub(crate) fn grpc() -> Self {
        Self::start(|listener, store| async move {
            let incoming = tonic::transport::server::TcpIncoming::from(listener);
            tonic::transport::Server::builder()
                .add_service(logs::logs_service_server::LogsServiceServer::new(store.clone()))
                .add_service(trace::trace_service_server::TraceServiceServer::new(store.clone()))
                .add_service(metrics::metrics_service_server::MetricsServiceServer::new(store))
                .serve_with_incoming(incoming)
                .await
                .unwrap();
        })
    }

    /// Listens for protobuf and JSON over HTTP.
    pub(crate) fn http() -> Self {
        Self::start(|listener, store| async move {
            let routes = axum::Router::new()
                .route("/v1/logs", post(http_logs))
                .route("/v1/traces", post(http_traces))
                .route("/v1/metrics", post(http_metrics))
                .with_state(store);
            axum::serve(listener, routes).await.unwrap();
        })
    }

    fn start<F>(serve: impl FnOnce(TcpListener, Store) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let arrived = Store::default();
        runtime.spawn(serve(listener, arrived.clone()));
        Self { address, arrived, _runtime: runtime }
    }

    /// Everything that has arrived.
    pub(crate) fn arrived(&self) -> Arrived {
        self.arrived.0.lock().unwrap().clone()
    }
}

#[tonic::async_trait]
impl logs::logs_service_server::LogsService for Store {
    async fn export(
        &self,
        request: Request<logs::ExportLogsServiceRequest>,
    ) -> Result<Response<logs::ExportLogsServiceResponse>, Status> {
        self.0.lock().unwrap().logs(request.into_inner());
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl trace::trace_service_server::TraceService for Store {
    async fn export(
        &self,
        request: Request<trace::ExportTraceServiceRequest>,
    ) -> Result<Response<trace::ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap().traces(request.into_inner());
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl metrics::metrics_service_server::MetricsService for Store {
    async fn export(
        &self,
        request: Request<metrics::ExportMetricsServiceRequest>,
    ) -> Result<Response<metrics::ExportMetricsServiceResponse>, Status> {
        self.0.lock().unwrap().metrics(request.into_inner());
        Ok(Response::new(Default::default()))
    }
}

async fn http_logs(State(store): State<Store>, headers: HeaderMap, body: Bytes) {
    store.0.lock().unwrap().log_bodies.push(body.to_vec());
    store.0.lock().unwrap().logs(decoded(&headers, &body));
}

async fn http_traces(State(store): State<Store>, headers: HeaderMap, body: Bytes) {
    store.0.lock().unwrap().traces(decoded(&headers, &body));
}

async fn http_metrics(State(store): State<Store>, headers: HeaderMap, body: Bytes) {
    store.0.lock().unwrap().metrics(decoded(&headers, &body));
}

fn decoded<M: Message + Default + DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> M {
    let kind = headers.get("content-type").unwrap().to_str().unwrap();
    match kind {
        "application/json" => serde_json::from_slice(body).unwrap(),
        "application/x-protobuf" => M::decode(body).unwrap(),
        other => panic!("content type {other}"),
    }
}
