//! Starts an export.
//!
//! In: what is said in code, then what the environment says. Out: exporters on
//! a runtime of their own, with an outbox before each.

use std::sync::Arc;

use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::{SpanData, SpanExporter as _};

use super::connect::{self, Metrics, Target};
use super::outbox::Outbox;
use super::processor::Logs;
use super::sinks::Sinks;
use super::{Otel, OtelError, Protocol};
use crate::redaction::{Policy, Rules};

/// An export in the making.
///
/// What is not said here comes from OpenTelemetry's own environment variables:
/// `OTEL_EXPORTER_OTLP_ENDPOINT` and those for single signals,
/// `OTEL_EXPORTER_OTLP_PROTOCOL` (`http/protobuf` by default),
/// `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_EXPORTER_OTLP_TIMEOUT`,
/// `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`.
#[derive(Clone, Debug)]
pub struct OtelBuilder {
    service: String,
    endpoint: Option<String>,
    protocol: Option<Protocol>,
    policy: Option<&'static Policy>,
}

impl OtelBuilder {
    pub(super) fn new(service: String) -> Self {
        Self { service, endpoint: None, protocol: None, policy: None }
    }

    /// The base address of the endpoint, `http://localhost:4318` for instance.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// How OTLP is spoken there.
    #[must_use]
    pub fn protocol(mut self, protocol: Protocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// What becomes of other crates' texts, as for a [`Layer`](crate::Layer).
    #[must_use]
    pub fn policy(mut self, policy: Option<&'static Policy>) -> Self {
        self.policy = policy;
        self
    }

    /// Starts the export. The endpoint need not be there yet.
    ///
    /// # Errors
    ///
    /// What is wrong with the settings; or that no thread could be started.
    pub fn build(self) -> Result<Otel, OtelError> {
        let protocol = self.protocol.map_or_else(connect::protocol, Ok)?;
        let threads = |error: std::io::Error| OtelError::Threads(error.to_string());
        let runtime = connect::runtime().map_err(threads)?;
        let entered = runtime.enter();
        let exporters = Target { endpoint: self.endpoint, protocol }.connect()?;
        drop(entered);
        let resource = connect::resource(&self.service);
        let lost_metrics = Arc::default();
        let metrics = Metrics {
            exporter: exporters.metrics,
            runtime: runtime.handle().clone(),
            lost: Arc::clone(&lost_metrics),
        };
        let meters = SdkMeterProvider::builder()
            .with_periodic_exporter(metrics)
            .with_resource(resource.clone())
            .build();
        let sinks = Sinks::observed_by(&meters);
        let mut spans = exporters.spans;
        spans.set_resource(&resource);
        let handle = runtime.handle().clone();
        let send = move |batch: Vec<SpanData>| {
            handle.block_on(spans.export(batch)).map_err(|error| error.to_string())
        };
        let spans = Outbox::new("spans", Box::new(send)).map_err(threads)?;
        let records = Logs::outbox(exporters.logs, &resource, runtime.handle().clone());
        let records = Arc::new(records.map_err(threads)?);
        let loggers = SdkLoggerProvider::builder()
            .with_log_processor(Logs(Arc::clone(&records)))
            .with_resource(resource)
            .build();
        let rules = self.policy.map_or_else(Rules::standard, Rules::of);
        let spans = Arc::new(spans);
        Ok(Otel {
            loggers,
            meters,
            spans,
            records,
            lost_metrics,
            sinks,
            rules,
            runtime: Some(runtime),
        })
    }
}
