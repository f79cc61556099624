//! The way to an OTLP endpoint.
//!
//! In: what a set-up says, and the environment as OpenTelemetry has it. Out: a
//! runtime of our own, with exporters on it. Everything they do happens on
//! threads that are marked as the exporter's.

use std::env;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use tokio::runtime::{Builder, Handle, Runtime};

use super::exporting::{self, Exporting};
use super::{OtelError, Protocol};

/// Which of the three signals an exporter is for.
#[derive(Clone, Copy)]
enum Signal {
    Logs,
    Metrics,
    Traces,
}

impl Signal {
    /// The path below the endpoint, as the OTLP specification has it.
    fn path(self) -> &'static str {
        match self {
            Self::Logs => "/v1/logs",
            Self::Metrics => "/v1/metrics",
            Self::Traces => "/v1/traces",
        }
    }
}

/// Where to export to, and how.
pub(super) struct Target {
    /// The base address; nothing for what the environment says, or OpenTelemetry's default.
    pub(super) endpoint: Option<String>,
    pub(super) protocol: Protocol,
}

/// What exports the three signals.
pub(super) struct Exporters {
    pub(super) logs: LogExporter,
    pub(super) spans: SpanExporter,
    pub(super) metrics: MetricExporter,
}

/// Builds one exporter. The three builders are alike and share no trait.
macro_rules! exporter {
    ($exporter:ident, $target:expr, $signal:expr) => {
        match ($target.protocol.http(), $target.address($signal)) {
            (None, None) => $exporter::builder().with_tonic().build(),
            (None, Some(address)) => {
                $exporter::builder().with_tonic().with_endpoint(address).build()
            }
            (Some(http), None) => $exporter::builder().with_http().with_protocol(http).build(),
            (Some(http), Some(address)) => {
                $exporter::builder().with_http().with_protocol(http).with_endpoint(address).build()
            }
        }
        .map_err(|error| OtelError::Endpoint(error.to_string()))
    };
}

/// A runtime whose threads are the exporter's own: the service's may be gone when the last is sent.
pub(super) fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("narration otlp")
        .on_thread_start(exporting::mark)
        .enable_all()
        .build()
}

impl Target {
    /// Makes the exporters. To be called inside the runtime.
    pub(super) fn connect(&self) -> Result<Exporters, OtelError> {
        Ok(Exporters {
            logs: exporter!(LogExporter, self, Signal::Logs)?,
            spans: exporter!(SpanExporter, self, Signal::Traces)?,
            metrics: exporter!(MetricExporter, self, Signal::Metrics)?,
        })
    }

    /// An endpoint given in code is the base for all signals, also over HTTP,
    /// where OpenTelemetry's builders take the whole address.
    fn address(&self, signal: Signal) -> Option<String> {
        let endpoint = self.endpoint.as_deref()?.trim_end_matches('/');
        Some(match self.protocol {
            Protocol::Grpc => endpoint.to_owned(),
            _ => format!("{endpoint}{}", signal.path()),
        })
    }
}

/// The variable that names the protocol, in the words of the specification.
const PROTOCOL: &str = "OTEL_EXPORTER_OTLP_PROTOCOL";

/// What `OTEL_EXPORTER_OTLP_PROTOCOL` says; `http/protobuf` where it says nothing.
pub(super) fn protocol() -> Result<Protocol, OtelError> {
    match env::var(PROTOCOL) {
        Ok(given) if !given.is_empty() => Protocol::from_str(&given),
        _ => Ok(Protocol::HttpProtobuf),
    }
}

/// Whether the environment asks for an export.
pub(super) fn is_asked_for() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let disabled =
        env::var("OTEL_SDK_DISABLED").is_ok_and(|value| value.eq_ignore_ascii_case("true"));
    !disabled
        && [
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        ]
        .into_iter()
        .any(set)
}

/// What the service is, with what `OTEL_RESOURCE_ATTRIBUTES` adds; `OTEL_SERVICE_NAME` goes first.
pub(super) fn resource(service: &str) -> Resource {
    let resource = Resource::builder();
    match env::var_os("OTEL_SERVICE_NAME") {
        Some(name) if !name.is_empty() => resource.build(),
        _ => resource.with_service_name(service.to_owned()).build(),
    }
}

/// An exporter of metrics that runs on our runtime and counts what it could not send.
pub(super) struct Metrics {
    pub(super) exporter: MetricExporter,
    pub(super) runtime: Handle,
    pub(super) lost: Arc<AtomicU64>,
}

impl PushMetricExporter for Metrics {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let sent = Exporting::new(self.exporter.export(metrics), self.runtime.clone()).await;
        if sent.is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        sent
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn temporality(&self) -> Temporality {
        self.exporter.temporality()
    }
}
