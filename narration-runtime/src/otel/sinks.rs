//! What the sinks of the process lose, as a metric.
//!
//! In: sinks. Out: the counter `narration.sink.lost`, read from their own
//! counts whenever metrics are collected, so that a loss costs nothing more.

use std::sync::{Arc, Mutex, PoisonError};

use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider as _;
use opentelemetry_sdk::metrics::SdkMeterProvider;

use super::SCOPE;
use crate::sink::{LossReason, Losses, Sink};

/// The sinks whose losses are exported.
#[derive(Clone, Default)]
pub(super) struct Sinks(Arc<Mutex<Vec<Sink>>>);

impl Sinks {
    /// No sinks yet, whose losses these meters will export.
    pub(super) fn observed_by(meters: &SdkMeterProvider) -> Self {
        let sinks = Self::default();
        let watched = sinks.clone();
        meters
            .meter(SCOPE)
            .u64_observable_counter("narration.sink.lost")
            .with_unit("{record}")
            .with_description("Records that a sink did not take, by the reason why")
            .with_callback(move |observer| {
                for losses in watched.losses() {
                    for loss in losses.iter() {
                        observer.observe(loss.lines, &attributes(&loss.sink, loss.reason));
                    }
                }
            })
            .build();
        sinks
    }

    /// Exports this one's losses, too.
    pub(super) fn watch(&self, sink: &Sink) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sink.clone());
    }

    fn losses(&self) -> Vec<Losses> {
        let sinks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sinks.iter().map(Sink::losses).collect()
    }
}

/// `error.type` is where OpenTelemetry's own components say why they lost something.
fn attributes(sink: &str, reason: LossReason) -> [KeyValue; 2] {
    [
        KeyValue::new("narration.sink.name", sink.to_owned()),
        KeyValue::new("error.type", reason.name()),
    ]
}
