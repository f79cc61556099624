//! Narrations over OTLP.
//!
//! In: what a service narrates. Out: log records (event name `actor.action`,
//! the text as body, typed attributes, severity, trace context), `#[narrated]`
//! fns as spans with their status, and the histogram
//! `narration.action.duration`, in seconds, by actor, action and outcome; the
//! counter `narration.sink.lost`, by sink and reason.
//!
//! Nothing of it ever holds a service up: what finds no room or no endpoint is
//! counted ([`Otel::lost`]), told once, and told again when it is over. What
//! the exporter's own HTTP and gRPC crates say is never exported.

mod builder;
mod connect;
mod exporting;
mod layer;
mod outbox;
mod processor;
mod record;
mod settings;
mod sinks;
mod span;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use opentelemetry::InstrumentationScope;
use opentelemetry::logs::LoggerProvider as _;
use opentelemetry::metrics::MeterProvider as _;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SpanData;
use tokio::runtime::Runtime;

use crate::redaction::Rules;
use crate::sink::Sink;
use outbox::Outbox;
use processor::Pending;
use sinks::Sinks;

pub use builder::OtelBuilder;
pub use layer::OtelLayer;
pub use settings::{OtelError, Protocol};

/// The name of the instrumentation scope of all that is exported.
const SCOPE: &str = "narration";

/// As long as a shutdown waits for the endpoint, like OpenTelemetry's own.
const PATIENCE: Duration = Duration::from_secs(5);

/// What could not be exported so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// Log records: there was no room for them, or the endpoint did not take them.
    pub log_records: u64,
    /// Spans, likewise.
    pub spans: u64,
    /// Collections of metrics; the next one holds their sums.
    pub metrics: u64,
}

/// An export that runs; dropped, it sends what is still waiting.
pub struct Otel {
    loggers: SdkLoggerProvider,
    meters: SdkMeterProvider,
    spans: Arc<Outbox<SpanData>>,
    records: Arc<Outbox<Pending>>,
    lost_metrics: Arc<AtomicU64>,
    sinks: Sinks,
    rules: &'static Rules,
    runtime: Option<Runtime>,
}

impl Otel {
    /// An export for a service. [`init!`](crate::init) does this by itself
    /// where the environment names an OTLP endpoint.
    pub fn builder(service: impl Into<String>) -> OtelBuilder {
        OtelBuilder::new(service.into())
    }

    /// Whether the environment asks for an export: it names an endpoint, and
    /// `OTEL_SDK_DISABLED` is not `true`.
    #[must_use]
    pub fn is_asked_for() -> bool {
        connect::is_asked_for()
    }

    /// The layer of this export, for a subscriber of your own.
    ///
    /// ```no_run
    /// use narration_runtime::otel::Otel;
    /// use tracing_subscriber::prelude::*;
    ///
    /// let otel = Otel::builder("pool-managerd").endpoint("http://localhost:4318").build()?;
    /// let stack = tracing_subscriber::registry().with(otel.layer()).with(narration_runtime::layer());
    /// # let _ = stack;
    /// # Ok::<(), narration_runtime::otel::OtelError>(())
    /// ```
    #[must_use]
    pub fn layer(&self) -> OtelLayer {
        let scope =
            InstrumentationScope::builder(SCOPE).with_version(env!("CARGO_PKG_VERSION")).build();
        let durations = self
            .meters
            .meter(SCOPE)
            .f64_histogram("narration.action.duration")
            .with_unit("s")
            .with_description("How long actions took, by their outcome")
            .build();
        OtelLayer {
            logger: self.loggers.logger_with_scope(scope.clone()),
            spans: Arc::clone(&self.spans),
            durations,
            scope,
            rules: self.rules,
        }
    }

    /// Exports what this sink loses, too: the counter `narration.sink.lost` by
    /// `narration.sink.name` and, as `error.type`, by reason. [`init!`](crate::init) does this
    /// for its own.
    pub fn watch(&self, sink: &Sink) {
        self.sinks.watch(sink);
    }

    /// Sends everything told so far; answers whether all of it was sent or
    /// counted as lost within `patience`.
    pub fn flush(&self, patience: Duration) -> bool {
        let metrics = self.meters.force_flush().is_ok();
        self.records.flush(patience) & self.spans.flush(patience) & metrics
    }

    /// What could not be exported so far.
    #[must_use]
    pub fn lost(&self) -> Lost {
        let of = |lost: &outbox::Lost| {
            lost.full.load(Ordering::Relaxed) + lost.refused.load(Ordering::Relaxed)
        };
        Lost {
            log_records: of(self.records.lost()),
            spans: of(self.spans.lost()),
            metrics: self.lost_metrics.load(Ordering::Relaxed),
        }
    }
}

impl Drop for Otel {
    fn drop(&mut self) {
        self.records.close(PATIENCE);
        self.spans.close(PATIENCE);
        let _ = self.meters.shutdown_with_timeout(PATIENCE);
        let _ = self.loggers.shutdown_with_timeout(PATIENCE);
        if let Some(runtime) = self.runtime.take() {
            // Dropped inside another runtime, it must not wait.
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Otel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Otel").field("lost", &self.lost()).finish_non_exhaustive()
    }
}
