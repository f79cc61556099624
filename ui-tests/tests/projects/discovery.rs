//! Which vocabulary governs a crate, and whose actor its narrations have.

use crate::project::{MAIN, Project, VOCABULARY, manifest};

/// A vocabulary whose only action bears this name.
fn vocabulary_with(action: &str) -> String {
    VOCABULARY.replace("start", action)
}

/// A program with this narration.
fn main_with(call: &str) -> String {
    format!("fn main() {{\n    narration_runtime::narrate!({call});\n}}\n")
}

/// The first line of each message.
fn first_lines(told: &[String]) -> Vec<&str> {
    told.iter().map(|message| message.lines().next().unwrap_or_default()).collect()
}

#[test]
fn without_a_vocabulary_every_path_tried_is_named() {
    let project = Project::empty("no-vocabulary");
    project.file("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n");
    project.file("crates/app/Cargo.toml", manifest("no-vocabulary"));
    project.file("crates/app/src/main.rs", MAIN);
    assert_eq!(
        project.check(),
        ["N0014: the vocabulary has faults, so nothing can be checked against it\n  \
          N0101 crates/app/Cargo.toml:1:1: no vocabulary found; tried \
          crates/app/narration.toml, crates/narration.toml, narration.toml\n  \
          help: put a `narration.toml` beside the crate's `Cargo.toml` or at the workspace root, or name one in \
          `[package.metadata.narration] taxonomy` or in the environment variable NARRATION_TAXONOMY\n  \
          more: docs/errors/N0014.md"]
    );
}

#[test]
fn members_take_the_nearest_file_up_to_the_workspace_root() {
    let project = Project::empty("workspace");
    project.file("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n");
    project.file("narration.toml", VOCABULARY);
    project.file("crates/a/Cargo.toml", manifest("near-a"));
    project.file("crates/a/src/main.rs", MAIN);
    project.file("crates/b/Cargo.toml", manifest("near-b"));
    project.file("crates/b/narration.toml", vocabulary_with("stop"));
    project.file("crates/b/src/main.rs", main_with("actor = \"worker\", action = \"stop\""));
    assert_eq!(project.check(), [""; 0]);
    project.file("crates/b/src/main.rs", MAIN);
    let told = project.check();
    assert_eq!(first_lines(&told), ["N0002: worker has no action `start`"]);
    assert!(told[0].contains("allowed: stop (crates/b/narration.toml:8:"), "{told:?}");
}

#[test]
fn what_is_named_comes_before_what_is_near() {
    let project = Project::new("named");
    let named = "[package.metadata.narration]\ntaxonomy = \"words/named.toml\"\n[workspace]\n";
    project.file("Cargo.toml", manifest("named") + named);
    project.file("words/named.toml", vocabulary_with("stop"));
    let told = project.check();
    assert_eq!(first_lines(&told), ["N0002: worker has no action `start`"]);
    assert!(told[0].contains("(words/named.toml:8:"), "{told:?}");
    project.file("words/other.toml", VOCABULARY);
    assert_eq!(project.check_with("words/other.toml"), [""; 0]);
}

#[test]
fn the_manifest_names_an_actor_for_the_whole_crate() {
    let project = Project::new("actor");
    project.file("src/main.rs", main_with("\"start\""));
    assert_eq!(first_lines(&project.check()), ["N0015: no actor is named for this narration"]);
    let named =
        |actor: &str| format!("[package.metadata.narration]\nactor = \"{actor}\"\n[workspace]\n");
    project.file("Cargo.toml", manifest("actor") + &named("worker"));
    assert_eq!(project.check(), [""; 0]);
    project.file("Cargo.toml", manifest("actor") + &named("wroker"));
    let told = project.check();
    assert_eq!(first_lines(&told), ["N0001: the vocabulary has no actor `wroker`"]);
    assert!(told[0].contains("did you mean `worker`?"), "{told:?}");
}
