//! From OpenTelemetry's logger to the outbox.
//!
//! In: log records, from the thread that narrates. Out: the same, waiting to be exported.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use opentelemetry::InstrumentationScope;
use opentelemetry_otlp::LogExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::logs::{LogBatch, LogExporter as _, LogProcessor, SdkLogRecord};
use tokio::runtime::Handle;

use super::PATIENCE;
use super::outbox::Outbox;

/// A log record that waits.
pub(super) type Pending = Box<(SdkLogRecord, InstrumentationScope)>;

/// The processor of all log records.
pub(super) struct Logs(pub(super) Arc<Outbox<Pending>>);

impl Logs {
    /// An outbox in front of an exporter.
    pub(super) fn outbox(
        mut exporter: LogExporter,
        resource: &Resource,
        runtime: Handle,
    ) -> io::Result<Outbox<Pending>> {
        exporter.set_resource(resource);
        let send = move |batch: Vec<Pending>| {
            let batch: Vec<_> = batch.iter().map(|pending| (&pending.0, &pending.1)).collect();
            let sent = runtime.block_on(exporter.export(LogBatch::new(&batch)));
            sent.map_err(|error| error.to_string())
        };
        Outbox::new("log records", Box::new(send))
    }
}

impl LogProcessor for Logs {
    fn emit(&self, record: &mut SdkLogRecord, scope: &InstrumentationScope) {
        self.0.push(Box::new((record.clone(), scope.clone())));
    }

    fn force_flush(&self) -> OTelSdkResult {
        if self.0.flush(PATIENCE) { Ok(()) } else { Err(OTelSdkError::Timeout(PATIENCE)) }
    }

    fn shutdown_with_timeout(&self, patience: Duration) -> OTelSdkResult {
        self.0.close(patience);
        Ok(())
    }
}

impl std::fmt::Debug for Logs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Logs")
    }
}
