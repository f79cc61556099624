//! What arrived, in a form to be asserted on.

use std::collections::BTreeMap;

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

/// Everything that arrived.
#[derive(Clone, Default)]
pub(crate) struct Arrived {
    pub(crate) logs: Vec<Log>,
    pub(crate) spans: Vec<Span>,
    pub(crate) durations: Vec<Duration>,
    pub(crate) sums: Vec<Sum>,
    /// The bytes of every export of log records over HTTP.
    pub(crate) log_bodies: Vec<Vec<u8>>,
    /// `service.name` of every export.
    pub(crate) services: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Log {
    pub(crate) scope: String,
    pub(crate) name: String,
    pub(crate) body: String,
    /// When it happened, and when it was seen.
    pub(crate) nanoseconds: [u64; 2],
    /// Of the trace.
    pub(crate) flags: u32,
    pub(crate) severity: (i32, String),
    pub(crate) trace_id: String,
    pub(crate) span_id: String,
    pub(crate) attributes: BTreeMap<String, Value>,
}

#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) trace_id: String,
    pub(crate) span_id: String,
    pub(crate) parent: String,
    /// Code and message.
    pub(crate) status: Option<(i32, String)>,
    pub(crate) attributes: BTreeMap<String, Value>,
    pub(crate) nanoseconds: u64,
    pub(crate) kind: SpanKind,
    pub(crate) state: String,
    /// Of the span's trace; whether its parent is of another process.
    pub(crate) flags: u32,
    pub(crate) links: Vec<Link>,
}

/// Where another operation leads to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) trace_id: String,
    pub(crate) span_id: String,
    pub(crate) flags: u32,
    pub(crate) attributes: BTreeMap<String, Value>,
}

/// One point of the histogram.
#[derive(Clone, Debug)]
pub(crate) struct Duration {
    pub(crate) metric: String,
    pub(crate) unit: String,
    pub(crate) count: u64,
    pub(crate) attributes: BTreeMap<String, Value>,
}

/// One point of a counter.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    pub(crate) metric: String,
    pub(crate) unit: String,
    pub(crate) value: Option<number_data_point::Value>,
    pub(crate) attributes: BTreeMap<String, Value>,
}

impl Arrived {
    pub(crate) fn logs(&mut self, request: ExportLogsServiceRequest) {
        for resource in request.resource_logs {
            self.service(resource.resource.map(|resource| resource.attributes));
            for (scope, record) in resource.scope_logs.into_iter().flat_map(|logs| {
                let scope = logs.scope.unwrap_or_default().name;
                logs.log_records.into_iter().map(move |record| (scope.clone(), record))
            }) {
                self.logs.push(Log {
                    scope,
                    nanoseconds: [record.time_unix_nano, record.observed_time_unix_nano],
                    flags: record.flags,
                    name: record.event_name,
                    body: text(record.body),
                    severity: (record.severity_number, record.severity_text),
                    trace_id: hex(&record.trace_id),
                    span_id: hex(&record.span_id),
                    attributes: attributes(record.attributes),
                });
            }
        }
    }

    pub(crate) fn traces(&mut self, request: ExportTraceServiceRequest) {
        for resource in request.resource_spans {
            self.service(resource.resource.map(|resource| resource.attributes));
            for span in resource.scope_spans.into_iter().flat_map(|scope| scope.spans) {
                let links = span.links.into_iter().map(|link| Link {
                    trace_id: hex(&link.trace_id),
                    span_id: hex(&link.span_id),
                    flags: link.flags,
                    attributes: attributes(link.attributes),
                });
                self.spans.push(Span {
                    links: links.collect(),
                    kind: SpanKind::try_from(span.kind).unwrap(),
                    state: span.trace_state,
                    flags: span.flags,
                    name: span.name,
                    trace_id: hex(&span.trace_id),
                    span_id: hex(&span.span_id),
                    parent: hex(&span.parent_span_id),
                    status: span.status.map(|status| (status.code, status.message)),
                    attributes: attributes(span.attributes),
                    nanoseconds: span.end_time_unix_nano - span.start_time_unix_nano,
                });
            }
        }
    }

    pub(crate) fn metrics(&mut self, request: ExportMetricsServiceRequest) {
        for resource in request.resource_metrics {
            self.service(resource.resource.map(|resource| resource.attributes));
            for metric in resource.scope_metrics.into_iter().flat_map(|scope| scope.metrics) {
                let (name, unit) = (metric.name, metric.unit);
                match metric.data {
                    Some(Data::Histogram(of)) => {
                        self.durations.extend(of.data_points.into_iter().map(|point| Duration {
                            metric: name.clone(),
                            unit: unit.clone(),
                            count: point.count,
                            attributes: attributes(point.attributes),
                        }))
                    }
                    Some(Data::Sum(of)) => {
                        self.sums.extend(of.data_points.into_iter().map(|point| Sum {
                            metric: name.clone(),
                            unit: unit.clone(),
                            value: point.value,
                            attributes: attributes(point.attributes),
                        }))
                    }
                    _ => {}
                }
            }
        }
    }

    fn service(&mut self, attributes: Option<Vec<KeyValue>>) {
        let attributes = self::attributes(attributes.unwrap_or_default());
        if let Some(Value::StringValue(name)) = attributes.get("service.name") {
            self.services.push(name.clone());
        }
    }

    /// The records of an event name.
    pub(crate) fn named(&self, name: &str) -> Vec<&Log> {
        self.logs.iter().filter(|log| log.name == name).collect()
    }

    /// The narration with this remark.
    pub(crate) fn remarked(&self, remark: &str) -> &Log {
        let is_it = |log: &&Log| log.attributes.get("remark") == Some(&string(remark));
        self.logs.iter().find(is_it).unwrap()
    }

    /// The one span of a name.
    pub(crate) fn span(&self, name: &str) -> &Span {
        let spans: Vec<_> = self.spans.iter().filter(|span| span.name == name).collect();
        let [span] = spans.as_slice() else { panic!("{name}: {spans:#?}") };
        span
    }
}

/// A text as attributes have it.
pub(crate) fn string(text: &str) -> Value {
    Value::StringValue(text.to_owned())
}

/// A key that comes twice is against the protocol, and means something else to each receiver.
fn attributes(all: Vec<KeyValue>) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for KeyValue { key, value, .. } in all {
        let before = found.insert(key.clone(), value.unwrap().value.unwrap());
        assert_eq!(before, None, "{key} comes twice");
    }
    found
}

fn text(value: Option<AnyValue>) -> String {
    match value.and_then(|value| value.value) {
        Some(Value::StringValue(text)) => text,
        other => panic!("no text: {other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
