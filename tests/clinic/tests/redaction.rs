//! A vocabulary's `[redaction]`, and the key of its fingerprints, as a service meets them.
//!
//! In: a service of its own vocabulary, and an environment with or without a key. Out: what its
//! lines show of a patient, in fields, in texts, and in what a dependency says.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::process::{Command, Stdio};

use narration_record::{Record, read};

const KEY: &str = "NARRATION_REDACTION_KEY";
const FILE: &str = "NARRATION_REDACTION_KEY_FILE";
const MATERIAL: &str = "four seasons in one day";
const EVA: &str = "eva@example.org";

/// What the service said of a patient.
struct Said {
    stdout: String,
    records: Vec<Record>,
}

fn admits(email: &str, note: &str, variables: &[(&str, &str)]) -> Said {
    says(&[email, note], variables)
}

fn says(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinic"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("NARRATION_") || name == "RUST_LOG" {
            command.env_remove(&*name);
        }
    }
    command.args(arguments).stdin(Stdio::null()).env("NARRATION_FORMAT", "json");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let records = stdout.lines().map(|line| read(line).unwrap()).collect();
    Said { stdout, records }
}

impl Said {
    fn record(&self, action: &str) -> &Record {
        self.records.iter().find(|record| record.action == action).unwrap()
    }

    fn field(&self, action: &str, name: &str) -> &str {
        self.record(action).field(name).and_then(|value| value.as_str()).unwrap()
    }

    /// What warns of the redaction itself.
    fn warnings(&self) -> Vec<&str> {
        let foreign = self.records.iter().filter(|record| record.action == "log");
        let warnings = foreign.filter(|record| record.level == narration_record::Level::Warn);
        warnings.map(|record| &*record.human).collect()
    }
}

/// Whether it is a marker of this kind with 24 hexadecimal digits, 96 bits, or more.
fn is_fingerprint(marker: &str, kind: &str) -> bool {
    let digits = marker.strip_prefix(kind).and_then(|rest| rest.strip_suffix(']'));
    digits.is_some_and(|digits| {
        digits.len() >= 24 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[test]
fn a_patient_is_the_same_fingerprint_in_every_run_under_one_key() {
    let note = format!("write to {EVA}");
    let said = admits(EVA, &note, &[(KEY, MATERIAL)]);
    assert!(!said.stdout.contains(EVA), "{}", said.stdout);
    assert!(said.warnings().is_empty(), "{}", said.stdout);
    let declared = said.field("admit", "email");
    assert!(is_fingerprint(declared, "[pii:"), "{declared}");
    let again = admits(EVA, "another day", &[(KEY, MATERIAL)]);
    assert_eq!(again.field("admit", "email"), declared);
    let other = admits("ada@example.org", &note, &[(KEY, MATERIAL)]);
    assert_ne!(other.field("admit", "email"), declared);
    let elsewhere = admits(EVA, &note, &[(KEY, "a key of another clinic")]);
    assert_ne!(elsewhere.field("admit", "email"), declared);
}

#[test]
fn what_is_found_in_a_text_is_the_same_wherever_it_is_found() {
    let said = admits(EVA, &format!("write to {EVA}"), &[(KEY, MATERIAL)]);
    let found = said.field("admit", "note").strip_prefix("write to ").unwrap();
    assert!(is_fingerprint(found, "[email:"), "{found}");
    assert_eq!(said.record("admit").human, format!("Admitted: write to {found}"));
    // The line of a dependency, its text and its field alike.
    assert_eq!(said.field("log", "email"), found);
    assert_eq!(said.record("log").human, format!("written to {found}: write to {found}"));
}

#[test]
fn a_key_may_stand_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    fs::write(&file, format!("{MATERIAL}\n")).unwrap();
    let by_file = admits(EVA, "x", &[(FILE, file.to_str().unwrap())]);
    let by_variable = admits(EVA, "x", &[(KEY, MATERIAL)]);
    assert_eq!(by_file.field("admit", "email"), by_variable.field("admit", "email"));
    assert_eq!(by_file.field("admit", "letter"), by_variable.field("admit", "letter"));
    assert!(by_file.warnings().is_empty(), "{}", by_file.stdout);
}

#[test]
fn without_a_key_personal_data_is_masked_and_that_is_said_once() {
    for empty in [None, Some("")] {
        let variables: Vec<_> = empty.map(|empty| (KEY, empty)).into_iter().collect();
        let said = admits(EVA, &format!("write to {EVA}"), &variables);
        assert!(!said.stdout.contains(EVA), "{}", said.stdout);
        assert_eq!(said.field("admit", "email"), "[redacted:pii]");
        assert_eq!(said.field("admit", "note"), "write to [redacted:email]");
        let [warning] = said.warnings()[..] else { panic!("{}", said.stdout) };
        assert!(warning.contains("masked, not hashed"), "{warning}");
        assert!(warning.contains(KEY) && warning.contains(FILE), "{warning}");
    }
}

#[test]
fn a_service_with_a_subscriber_of_its_own_hears_it_by_its_first_narration() {
    let said = says(&[EVA, &format!("write to {EVA}"), "own subscriber"], &[]);
    assert!(!said.stdout.contains(EVA), "{}", said.stdout);
    let [warning] = said.warnings()[..] else { panic!("{}", said.stdout) };
    assert!(warning.contains("masked, not hashed"), "{warning}");
}

#[test]
fn a_key_that_cannot_be_used_is_named_and_never_shown() {
    let short = admits(EVA, "x", &[(KEY, "too-short")]);
    assert_eq!(short.field("admit", "email"), "[redacted:pii]");
    assert!(short.warnings().iter().any(|warning| warning.starts_with(KEY)), "{}", short.stdout);
    assert!(!short.stdout.contains("too-short"), "{}", short.stdout);
    let away = admits(EVA, "x", &[(FILE, "no/such/key")]);
    assert_eq!(away.field("admit", "email"), "[redacted:pii]");
    let told = away.warnings();
    assert!(
        told.iter().any(|told| told.starts_with(FILE) && told.contains("no/such/key")),
        "{}",
        away.stdout
    );
}

#[test]
fn what_somebody_wrote_is_its_length_and_a_fingerprint_of_its_own() {
    let said = admits(EVA, EVA, &[(KEY, MATERIAL)]);
    let letter = said.field("admit", "letter");
    let fingerprint = letter.strip_prefix("[content:15 bytes:").unwrap();
    assert!(is_fingerprint(fingerprint, ""), "{letter}");
    assert!(!said.field("admit", "email").contains(fingerprint), "one would lead to the other");
}

#[test]
fn a_clinics_own_rules_are_added_and_others_are_off() {
    let note = "chart-204778 in wrd_9f27c1b8e35a60 password=hunter2hunter2 \
                ghp_demoAAAAbbbbCCCCddddEEEEffffGGGGhhhh ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let said = admits(EVA, note, &[(KEY, MATERIAL)]);
    let made_safe = "[redacted:chart] in [redacted:ward] password=hunter2hunter2 \
                     ghp_demoAAAAbbbbCCCCddddEEEEffffGGGGhhhh [redacted:github]";
    assert_eq!(said.field("admit", "note"), made_safe);
    assert_eq!(
        said.record("log").human,
        format!("written to {}: {made_safe}", said.field("log", "email"))
    );
}
