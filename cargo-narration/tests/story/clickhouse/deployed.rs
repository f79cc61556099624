//! The Collector's configuration names what it declares, and nothing its parts do not know.

use std::collections::BTreeSet;

use saphyr::{LoadableYamlNode as _, Yaml};

const CONFIGURATION: &str = include_str!("../../../../deploy/collector.yaml");

/// The keys that the exporter's documentation lists, those of its queue and retries included.
const KNOWN: &[&str] = &[
    "endpoint",
    "username",
    "password",
    "ttl",
    "database",
    "connection_params",
    "create_schema",
    "compress",
    "async_insert",
    "tls",
    "logs_table_name",
    "traces_table_name",
    "metrics_tables",
    "cluster_name",
    "table_engine",
    "timeout",
    "sending_queue",
    "retry_on_failure",
    "json",
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
    for part in ["receivers", "processors", "exporters"] {
        assert_eq!(names(&logs[part]), keys(&configuration[part]), "{part}");
    }
    // What finds no room must be refused before anything is done with it.
    assert_eq!(logs["processors"][0].as_str(), Some("memory_limiter"));
    let exporter = &configuration["exporters"]["clickhouse"];
    let known: BTreeSet<String> = KNOWN.iter().map(|key| (*key).to_owned()).collect();
    assert_eq!(keys(exporter).difference(&known).next(), None);
    for secret in ["username", "password"] {
        assert!(exporter[secret].as_str().unwrap().starts_with("${env:"), "{secret}");
    }
}
