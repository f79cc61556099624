//! What is told of a vocabulary that cannot be used.

use crate::project::{Project, VOCABULARY};

/// The lines a faulty vocabulary is told by, of one narration.
fn told(project: &Project) -> Vec<String> {
    let told = project.check();
    assert_eq!(told.len(), 1, "one narration, one error: {told:?}");
    let lines: Vec<_> = told[0].lines().collect();
    assert!(lines[0].starts_with("N0014: the vocabulary has faults"), "{told:?}");
    let faults = lines.iter().filter(|line| line.starts_with("  N0"));
    faults.map(|line| line.trim().to_owned()).collect()
}

/// The only fault, which must begin like this.
#[track_caller]
fn tells(project: &Project, fault: &str) {
    let told = told(project);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with(fault), "expected: {fault}\nfound:    {}", told[0]);
}

#[test]
fn an_empty_file_says_what_belongs_into_it() {
    let project = Project::new("empty");
    project.file("narration.toml", "");
    tells(&project, "N0107 narration.toml:1:1: ");
}

#[test]
fn invalid_toml_is_shown_where_it_goes_wrong() {
    let project = Project::new("invalid");
    project.file("narration.toml", VOCABULARY.replace("[\"jobs?\"]", "[\"jobs?\""));
    assert!(told(&project)[0].starts_with("N0103 narration.toml:10:1: missing comma between"));
}

#[test]
fn bytes_that_are_no_text_are_shown() {
    let project = Project::new("bytes");
    let mut bytes = VOCABULARY.as_bytes().to_vec();
    bytes.extend(b"# \xFF\n");
    project.file("narration.toml", bytes);
    tells(&project, "N0102 narration.toml:11:3: narration.toml cannot be read: it is not UTF-8");
}

#[test]
fn a_huge_file_is_not_read() {
    let project = Project::new("huge");
    project.file("narration.toml", vec![b'#'; 10 * 1024 * 1024 + 1]);
    tells(
        &project,
        "N0102 narration.toml:1:1: narration.toml cannot be read: it has 10485761 bytes",
    );
}

#[test]
fn a_file_that_is_named_and_not_there_is_missed() {
    let project = Project::new("missing");
    let told = project.check_with("nowhere.toml");
    let fault = "N0102 nowhere.toml:1:1: nowhere.toml, named by NARRATION_TAXONOMY, cannot be read: there is no such file";
    assert!(told[0].contains(fault), "{told:?}");
}

#[test]
fn files_that_extend_each_other_are_refused() {
    let project = Project::new("cycle");
    project.file("narration.toml", format!("extends = [\"base.toml\"]\n{VOCABULARY}"));
    project.file("base.toml", "extends = [\"narration.toml\"]\n[narration]\nversion = 1\n");
    tells(&project, "N0113 base.toml:1:12: `narration.toml` leads back to a file that extends it");
}

#[test]
fn a_secret_in_the_vocabulary_stops_the_build_and_is_not_repeated() {
    let project = Project::new("secret");
    let secret = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    project.file("narration.toml", VOCABULARY.replace("Starting", &format!("Starting {secret}")));
    tells(&project, "N0027 narration.toml:10:9: these words hold what looks like a secret");
    assert!(!project.check()[0].contains(&secret));
}

#[test]
fn a_redaction_rule_that_cannot_be_one_stops_the_build() {
    let project = Project::new("redaction");
    let rule = "[[redaction.rules]]\nname = \"depot\"\nregex = \"DEPOT-[A-Z\"\n";
    project.file("narration.toml", format!("{VOCABULARY}{rule}"));
    tells(&project, "N0029 narration.toml:13:9: `DEPOT-[A-Z` cannot be a rule: ");
}

#[test]
fn every_fault_of_a_file_is_told_at_once_and_nothing_else_is() {
    let project = Project::new("many");
    let faulty = VOCABULARY.replace("u64", "u46").replace("worker", "Worker");
    project.file("narration.toml", faulty);
    project.file(
        "src/main.rs",
        "use narration_runtime::{narrate, narrated, taxonomy};\n\
         #[narrated(actor = \"nobody\", action = \"start\")]\nfn told() -> u8 { 3 }\n\
         fn main() {\n    let jobs = told();\n    narrate!(\"nothing\", jobs);\n    let _ = taxonomy!();\n}\n",
    );
    let told = project.check();
    assert_eq!(told.len(), 3, "an attribute, a call and a table: {told:?}");
    for message in &told {
        let faults = message.lines().filter(|line| line.starts_with("  N01")).count();
        assert_eq!(faults, 2, "{message}");
    }
}
