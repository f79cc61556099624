//! The same story in each of the four formats.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod run;

use narration_record::{Format, read};
use run::{ABC, Folder, OTHER, quickstart};
use serde_json::{Value, json};

#[test]
fn json_has_every_field_in_the_order_of_the_record() {
    let folder = Folder::with_model();
    let (lines, _) = quickstart("json", &[&folder.reference(), "--digest", ABC]);
    let last = lines.lines().last().unwrap();
    let path = folder.model();
    let told = format!(
        r#""level":"info","actor":"model-provisioner","action":"complete","target":"local:{path}","human":"Model ready: local:{path} at {path}","model_id":"local:{path}","path":"{path}","size":3}}"#
    );
    assert!(last.starts_with(r#"{"timestamp":""#), "{last}");
    assert!(last.ends_with(&told), "{last}\n{told}");
}

#[test]
fn a_failure_is_loud_and_says_its_kind() {
    let folder = Folder::with_model();
    let (lines, _) = quickstart("json", &[&folder.reference(), "--digest", OTHER]);
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    for (key, value) in [
        ("level", json!("error")),
        ("action", json!("verify-failed")),
        ("outcome", json!("failed")),
        ("error_kind", json!("digest-mismatch")),
        ("error", json!(format!("mismatch: expected {OTHER}, got {ABC}"))),
        ("digest", json!(OTHER)),
    ] {
        assert_eq!(last[key], value, "{key}");
    }
    assert!(last["duration_ms"].is_u64());
}

#[test]
fn logfmt_can_be_found_by_key_and_value() {
    let folder = Folder::with_model();
    let (lines, _) = quickstart("logfmt", &[&folder.reference(), "--digest", ABC]);
    let found = |part: &str| lines.lines().filter(|line| line.contains(part)).count();
    assert_eq!(found("actor=model-provisioner"), 5, "{lines}");
    assert_eq!(found("action=verified"), 1, "{lines}");
    assert_eq!(found(&format!(r#"human="Digest verified: {ABC}""#)), 1, "{lines}");
}

#[test]
fn pretty_has_level_actor_and_action_before_the_text() {
    let folder = Folder::with_model();
    let (lines, _) = quickstart("pretty", &[&folder.reference(), "--digest", OTHER]);
    let last = &lines.lines().last().unwrap()["18:34:05.123 ".len()..];
    let told = format!(
        "ERROR model-provisioner verify-failed  Digest mismatch: expected {OTHER}, got {ABC} target="
    );
    assert!(last.starts_with(&told), "{last}");
    assert!(!lines.contains('\u{1b}'), "colours where there is no terminal");
}

#[test]
fn both_formats_for_machines_read_back_the_same() {
    let folder = Folder::with_mirror();
    let (mirror, models) = (folder.path("mirror"), folder.path("models"));
    let arguments = ["hf:org/repo", "--mirror", &mirror, "--models", &models];
    let actions = |format: Format| -> Vec<String> {
        let (lines, _) = quickstart(format.as_str(), &arguments);
        lines.lines().map(|line| read(line).unwrap().action).collect()
    };
    assert_eq!(actions(Format::Json), actions(Format::Logfmt));
    assert_eq!(actions(Format::Json).len(), 7);
}
