//! `schema`: what a service really writes fulfils it, and nothing that uses
//! other names or types does; the registry is YAML as its readers want it.

use std::process::Command;
use std::time::Duration;

use jsonschema::Validator;
use narration_runtime::{narrate, narrated, scope};
use saphyr::LoadableYamlNode as _;
use serde_json::{Value, json};

use crate::support::{Crate, VOCABULARY, command};

/// Plays the part of a service when this test binary is started as one.
#[test]
fn scene() {
    if std::env::var_os("NARRATION_SCENE").is_none() {
        return;
    }
    let _narration = narration_runtime::init!();
    let scope = scope!(correlation_id = "req-xyz", belt = "north", session_id = "session-abc123");
    let _inside = scope.enter();
    narrate!(actor = "sorter", action = "scan", parcel_id = "p-1");
    narrate!(
        actor = "sorter",
        action = "scan",
        parcel_id = "no id at all\n{\"forged\":1}",
        weight_g = u64::MAX,
        shift = i64::MIN,
        load = 0.5,
        fragile = true,
        waited = Duration::from_millis(1500),
        remark = format!("password={}", "hunter2-again"),
        label = "/var/labels/1.png",
        tracking = format!("https://ada:{}@track.example/1", "s3cr3tpass"),
        customer = "Ada Lovelace",
        pin = 1234,
        letter = "Dear depot"
    );
    narrate!(actor = "sorter", action = "scan", parcel_id = None::<&str>, load = f64::NAN);
    narrate!(
        actor = "sorter",
        action = "scan",
        level = "error",
        parcel_id = "p-2",
        load = f64::INFINITY
    );
    let _ = route("p-3", true);
    let _ = route("p-4", false);
    tracing::info!(target: "hyper", weight_g = "much", parcels = 3, "a dependency speaks");
    let _span = tracing::info_span!("request", method = "GET").entered();
    narrate!(
        actor = "sorter",
        action = "scan",
        target = "the belt",
        human = "Again {parcel_id}",
        parcel_id = "p-5"
    );
}

#[narrated(actor = "sorter", action = "route")]
fn route(parcel_id: &str, open: bool) -> Result<(), std::io::Error> {
    open.then_some(()).ok_or_else(|| std::io::Error::other("no belt"))
}

/// The lines of the scene, written by a process of its own.
fn lines() -> Vec<Value> {
    let folder = Crate::empty();
    let file = folder.path("lines.log");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "schema::scene", "--test-threads", "1"])
        .env("NARRATION_SCENE", "1")
        .env("NARRATION_FILE", &file)
        .env("NARRATION_FORMAT", "json")
        .env("RUST_LOG", "trace")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    folder.read("lines.log").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn validator() -> Validator {
    let output = command()
        .args([
            "schema",
            "--vocabulary",
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/narration.toml"),
        ])
        .output()
        .unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn every_line_of_a_service_fulfils_the_schema() {
    let validator = validator();
    let lines = lines();
    assert_eq!(lines.len(), 10, "{lines:#?}");
    for line in &lines {
        let faults: Vec<_> = validator.iter_errors(line).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{line:#}\n{faults:#?}");
    }
}

#[test]
fn a_line_with_other_names_or_types_does_not() {
    let validator = validator();
    let sound = json!({
        "timestamp": "2026-11-21T18:34:05.123456Z", "level": "info", "actor": "sorter",
        "action": "scan", "human": "Scanning p-1", "parcel_id": "p-1",
    });
    assert!(validator.is_valid(&sound));
    for (key, value) in [
        ("timestamp", json!("yesterday")),
        ("timestamp", json!(1)),
        ("level", json!("INFO")),
        ("actor", json!("sortr")),
        ("action", json!("scann")),
        ("action", json!("")),
        ("human", json!(null)),
        ("target", json!(3)),
        ("parcel_id", json!(7)),
        ("weight_g", json!(-1)),
        ("weight_g", json!("7")),
        ("fragile", json!("true")),
        ("belt", json!("east")),
        ("load", json!("half")),
        ("pin", json!(1234)),
        ("customer", json!(["Ada"])),
        ("letter", json!("Dear depot")),
        ("duration_ms", json!(1.5)),
        ("outcome", json!("fine")),
    ] {
        let mut line = sound.clone();
        line[key] = value.clone();
        assert!(!validator.is_valid(&line), "{key} = {value} is let through");
    }
    for key in ["timestamp", "level", "actor", "action", "human"] {
        let mut line = sound.clone();
        line.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&line), "a line without {key} is let through");
    }
}

#[test]
fn the_registry_has_every_field_as_an_attribute_and_every_action_as_an_event() {
    let vocabulary = VOCABULARY
        .replace("jobs = { type = \"u64\" }", "jobs = { type = \"u64\", example = 3, deprecated = { use = \"note\" } }\ntoken = { type = \"u64\", class = \"secret\" }")
        .replace("Pool identifier", "Pool: \\\"identifier\\\" # not a comment")
        .replace("\"jobs?\"]", "\"jobs?\", \"note?\", \"token?\"]");
    let here = Crate::new(&vocabulary, "");
    let run = here.run(&["schema", "--format", "otel", "--output", "registry"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let manifest = here.read("registry/registry_manifest.yaml");
    let manifest = saphyr::Yaml::load_from_str(&manifest).unwrap();
    assert_eq!(manifest[0]["name"].as_str(), Some("pools"));
    let text = here.read("registry/registry.yaml");
    let registry = saphyr::Yaml::load_from_str(&text).unwrap();
    let groups = registry[0]["groups"].as_vec().unwrap();
    let attributes = groups[0]["attributes"].as_vec().unwrap();
    let attribute = |id: &str| attributes.iter().find(|a| a["id"].as_str() == Some(id)).unwrap();
    assert_eq!(attribute("pool_id")["type"].as_str(), Some("string"));
    assert_eq!(
        attribute("pool_id")["brief"].as_str(),
        Some("Pool: \"identifier\" # not a comment")
    );
    assert_eq!(attribute("pool_id")["examples"][0].as_str(), Some("default"));
    assert_eq!(attribute("device")["type"]["members"][1]["value"].as_str(), Some("GPU0"));
    assert_eq!(attribute("jobs")["type"].as_str(), Some("int"));
    assert_eq!(attribute("jobs")["examples"][0].as_integer(), Some(3));
    assert_eq!(attribute("jobs")["deprecated"]["renamed_to"].as_str(), Some("note"));
    assert_eq!(attribute("token")["type"].as_str(), Some("string"));
    assert_eq!(attribute("correlation_id")["type"].as_str(), Some("string"));
    let spawn = &groups[1];
    assert_eq!(spawn["name"].as_str(), Some("pool-managerd.spawn"));
    assert_eq!(spawn["type"].as_str(), Some("event"));
    assert_eq!(spawn["brief"].as_str(), Some("Starting an engine"));
    assert_eq!(spawn["attributes"][0]["ref"].as_str(), Some("pool_id"));
    assert_eq!(spawn["attributes"][0]["requirement_level"].as_str(), Some("required"));
    assert_eq!(spawn["attributes"][2]["requirement_level"].as_str(), Some("recommended"));
}
