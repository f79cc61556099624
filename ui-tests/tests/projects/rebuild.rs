//! A change of a vocabulary builds the crate anew that was checked against it.

use crate::project::{Project, VOCABULARY};

/// The codes of all that is told.
fn codes(told: Vec<String>) -> Vec<String> {
    told.into_iter().map(|message| message.chars().take(5).collect()).collect()
}

#[test]
fn an_edit_is_seen_by_the_next_build() {
    let project = Project::new("edit");
    assert_eq!(project.check(), [""; 0]);
    project.file("narration.toml", VOCABULARY.replace("start", "begin"));
    assert_eq!(codes(project.check()), ["N0002"]);
    project.file("narration.toml", VOCABULARY);
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn an_edit_of_an_extended_file_is_seen() {
    let project = Project::new("edit-base");
    project.file("narration.toml", "extends = [\"shared/base.toml\"]\n[narration]\nversion = 1\n");
    project.file("shared/base.toml", VOCABULARY);
    assert_eq!(project.check(), [""; 0]);
    project.file("shared/base.toml", VOCABULARY.replace("start", "begin"));
    assert_eq!(codes(project.check()), ["N0002"]);
    project.file("shared/base.toml", VOCABULARY);
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn another_value_of_the_variable_is_seen() {
    let project = Project::new("edit-variable");
    project.file("other.toml", VOCABULARY.replace("start", "begin"));
    assert_eq!(project.check(), [""; 0]);
    assert_eq!(codes(project.check_with("other.toml")), ["N0002"]);
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn a_vocabulary_that_goes_and_comes_is_seen() {
    let project = Project::new("edit-presence");
    assert_eq!(project.check(), [""; 0]);
    assert_eq!(codes(project.without("narration.toml").check()), ["N0014"]);
    assert_eq!(project.file("narration.toml", VOCABULARY).check(), [""; 0]);
}

#[test]
fn what_uses_no_more_than_an_attribute_or_a_table_is_built_anew_too() {
    let project = Project::new("edit-attribute");
    let attribute =
        "#[narration_runtime::narrated(actor = \"worker\", action = \"start\")]\nfn told() {}\n";
    project.file("src/main.rs", format!("{attribute}fn main() {{ told() }}\n"));
    assert_eq!(project.check(), [""; 0]);
    project.file("narration.toml", VOCABULARY.replace("start", "begin"));
    assert_eq!(codes(project.check()), ["N0002"]);
    project.file("src/main.rs", "fn main() { let _ = narration_runtime::taxonomy!(); }\n");
    assert_eq!(project.check(), [""; 0]);
    project.file("narration.toml", VOCABULARY.replace("version = 1", "version = 99"));
    assert_eq!(codes(project.check()), ["N0014"]);
}

#[test]
fn a_scope_without_any_narration_is_built_anew_too() {
    let project = Project::new("edit-scope");
    project.file(
        "src/main.rs",
        "#[narration_runtime::narrated(actor = \"worker\")]\nmod inner {}\nfn main() {}\n",
    );
    assert_eq!(project.check(), [""; 0]);
    project.file("narration.toml", VOCABULARY.replace("worker", "keeper"));
    assert_eq!(codes(project.check()), ["N0001"]);
    project.file(
        "src/main.rs",
        "struct Inner;\nimpl Inner {\n    #[narration_runtime::narrated(actor = \"keeper\")]\n    \
         fn inner(&self) {}\n}\nfn main() { Inner.inner() }\n",
    );
    assert_eq!(project.check(), [""; 0]);
    project.file("narration.toml", VOCABULARY);
    assert_eq!(codes(project.check()), ["N0001"]);
}
