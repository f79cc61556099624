//! The Collector's configuration names what it declares, and nothing its parts do not know; what
//! starts both on one machine names files and variables that are there.

use std::collections::BTreeSet;
use std::path::Path;

use saphyr::{LoadableYamlNode as _, Yaml};

const CONFIGURATION: &str = include_str!("../../../../deploy/collector.yaml");
const TOGETHER: &str = include_str!("../../../../deploy/compose.yaml");

/// The parts of the configuration and the keys that their own definitions in the Collector's
/// sources have, or those of them that it makes sense to set here.
const KNOWN: &[(&str, &[&str])] = &[
    ("receivers/otlp", &["protocols"]),
    ("receivers/otlp/protocols", &["grpc", "http"]),
    ("receivers/otlp/protocols/grpc", &["endpoint", "tls", "max_recv_msg_size_mib"]),
    ("receivers/otlp/protocols/http", &["endpoint", "tls", "max_request_body_size"]),
    (
        "processors/memory_limiter",
        &[
            "check_interval",
            "limit_mib",
            "spike_limit_mib",
            "limit_percentage",
            "spike_limit_percentage",
        ],
    ),
    (
        "exporters/clickhouse",
        &[
            "async_insert",
            "cluster_name",
            "compress",
            "connection_params",
            "create_schema",
            "database",
            "endpoint",
            "json",
            "logs_table_name",
            "metrics_tables",
            "password",
            "retry_on_failure",
            "sending_queue",
            "table_engine",
            "timeout",
            "tls",
            "traces_table_name",
            "ttl",
            "username",
        ],
    ),
    (
        "exporters/clickhouse/sending_queue",
        &[
            "enabled",
            "num_consumers",
            "queue_size",
            "sizer",
            "block_on_overflow",
            "storage",
            "batch",
        ],
    ),
    (
        "exporters/clickhouse/sending_queue/batch",
        &["flush_timeout", "min_size", "max_size", "sizer"],
    ),
    (
        "exporters/clickhouse/retry_on_failure",
        &[
            "enabled",
            "initial_interval",
            "max_interval",
            "max_elapsed_time",
            "multiplier",
            "randomization_factor",
        ],
    ),
    ("extensions/health_check", &["endpoint", "path", "tls", "check_collector_pipeline"]),
    ("service", &["extensions", "pipelines", "telemetry"]),
];

/// Keys whose values are times, as Go writes them.
const TIMES: &[&str] = &[
    "check_interval",
    "timeout",
    "flush_timeout",
    "initial_interval",
    "max_interval",
    "max_elapsed_time",
];

fn keys(of: &Yaml<'_>) -> BTreeSet<String> {
    let members = of.as_mapping().unwrap().keys();
    members.map(|key| key.as_str().unwrap().to_owned()).collect()
}

fn names(of: &Yaml<'_>) -> BTreeSet<String> {
    let items = of.as_sequence().unwrap().iter();
    items.map(|item| item.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_collectors_configuration_is_one() {
    let documents = Yaml::load_from_str(CONFIGURATION).unwrap();
    let configuration = &documents[0];
    let service = &configuration["service"];
    assert_eq!(names(&service["extensions"]), keys(&configuration["extensions"]));
    let logs = &service["pipelines"]["logs"];
    // What services send beside logs has to be taken by somebody, or they count it as lost.
    let pipelines = ["logs", "traces", "metrics"].map(|kind| &service["pipelines"][kind]);
    for part in ["receivers", "processors", "exporters"] {
        let named = pipelines.iter().filter_map(|pipeline| {
            pipeline.as_mapping().unwrap().iter().find(|(key, _)| key.as_str() == Some(part))
        });
        let named: BTreeSet<String> = named.flat_map(|(_, value)| names(value)).collect();
        assert_eq!(named, keys(&configuration[part]), "{part}");
    }
    // What finds no room must be refused before anything is done with it.
    assert_eq!(logs["processors"][0].as_str(), Some("memory_limiter"));
    let exporter = &configuration["exporters"]["clickhouse"];
    for secret in ["username", "password"] {
        assert!(exporter[secret].as_str().unwrap().starts_with("${env:"), "{secret}");
    }
    for (part, known) in KNOWN {
        let part = part.split('/').fold(configuration, |of, name| &of[name]);
        for (key, value) in part.as_mapping().unwrap() {
            let key = key.as_str().unwrap();
            assert!(known.contains(&key), "{key} of {part:?}");
            assert!(!TIMES.contains(&key) || is_time(value.as_str()), "{key}: {value:?}");
        }
    }
}

#[test]
fn what_starts_both_on_one_machine_names_what_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
    let documents = Yaml::load_from_str(TOGETHER).unwrap();
    let services = &documents[0]["services"];
    let ports = ["8123:8123", "4317:4317", "4318:4318"];
    let mut published = Vec::new();
    for service in keys(services) {
        let service = &services[service.as_str()];
        for mount in names(&service["volumes"]) {
            let file = mount.split(':').next().unwrap();
            let there = file.strip_prefix("./").is_none_or(|file| folder.join(file).is_file());
            assert!(there, "{mount}");
        }
        published.extend(names(&service["ports"]));
        // Credentials are the environment's.
        for name in ["CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD"] {
            let value = service["environment"][name].as_str().unwrap();
            assert!(value.starts_with(&format!("${{{name}")), "{value}");
        }
    }
    for port in ports {
        assert!(published.contains(&format!("127.0.0.1:{port}")), "{port}: {published:?}");
    }
    let host = "clickhouse://clickhouse:9000";
    assert!(CONFIGURATION.contains(host) && keys(services).contains("clickhouse"));
}

/// A whole number of seconds.
fn is_time(text: Option<&str>) -> bool {
    let number = text.and_then(|text| text.strip_suffix('s'));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}
