//! Manifests in, settings and names out.

use super::*;

fn told(text: &str, workspace: Option<&str>) -> (Manifest, Vec<String>) {
    let mut findings = Findings::default();
    let manifest = read(&Source::new(0, text), workspace, &mut findings);
    let problems = findings.into_sorted().into_iter();
    (manifest, problems.map(|p| format!("{} {}", p.message, p.help.unwrap_or_default())).collect())
}

fn runtime(text: &str, workspace: Option<&str>) -> Option<String> {
    told(text, workspace).0.runtime_name
}

#[test]
fn settings_are_read_with_their_places() {
    let (manifest, problems) = told(
        "[package]\nname = \"app\"\n[package.metadata.narration]\nactor = \"pool-managerd\"\n\
         taxonomy = \"../v.toml\"\ncrate = \"::facade::narration\"\n",
        None,
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!(manifest.package_name.as_deref(), Some("app"));
    let actor = manifest.actor.unwrap();
    assert_eq!(
        (actor.value.as_str(), actor.place.line, actor.place.column),
        ("pool-managerd", 4, 9)
    );
    assert_eq!(manifest.taxonomy.unwrap().value, "../v.toml");
    assert_eq!(manifest.crate_path.as_deref(), Some("::facade::narration"));
}

#[test]
fn a_misspelt_setting_is_told() {
    let (_, problems) = told("[package.metadata.narration]\ntaxonmy = \"v.toml\"\n", None);
    assert_eq!(
        problems,
        ["unknown key `taxonmy` in `[package.metadata.narration]` did you mean `taxonomy`?"]
    );
}

#[test]
fn exceptions_are_read_and_misspelt_keys_told() {
    let (manifest, problems) = told(
        "[[package.metadata.narration.allow]]\npath = \"src/cli/**\"\nmacros = [\"println\"]\n\
         reason = \"results for the shell\"\n\
         [[package.metadata.narration.allow]]\naction = [\"a.b\"]\n",
        None,
    );
    assert_eq!(
        problems,
        ["unknown key `action` in `[[package.metadata.narration.allow]]` did you mean `actions`?"]
    );
    let [first, second] = manifest.allow.as_slice() else { panic!("{manifest:?}") };
    assert_eq!(first.path.as_ref().map(|path| path.value.as_str()), Some("src/cli/**"));
    assert_eq!(first.macros[0].value, "println");
    assert_eq!(first.place.line, 1);
    assert_eq!(second.reason, None);
}

#[test]
fn other_sections_are_nobodys_business_here() {
    let (_, problems) = told("[package.metadata.docs]\nx = 1\n[whatever]\ny = 2\n", None);
    assert_eq!(problems, [""; 0]);
}

#[test]
fn the_runtime_is_found_under_any_name() {
    let plain = "[dependencies]\nnarration-runtime = \"1\"\n";
    assert_eq!(runtime(plain, None).as_deref(), Some("narration_runtime"));
    let renamed =
        "[dependencies]\nmy-logs = { version = \"1\", package = \"narration-runtime\" }\n";
    assert_eq!(runtime(renamed, None).as_deref(), Some("my_logs"));
    let table = "[dev-dependencies.logs]\npackage = \"narration-runtime\"\n";
    assert_eq!(runtime(table, None).as_deref(), Some("logs"));
    let target = "[target.'cfg(unix)'.dependencies]\nlogs = { package = \"narration-runtime\" }\n";
    assert_eq!(runtime(target, None).as_deref(), Some("logs"));
    let other = "[dependencies]\nnarration-runtime = { package = \"something-else\" }\n";
    assert_eq!(runtime(other, None), None);
}

#[test]
fn a_rename_is_inherited_from_the_workspace() {
    let member = "[dependencies]\nlogs = { workspace = true, features = [\"x\"] }\n";
    let root =
        "[workspace.dependencies]\nlogs = { version = \"1\", package = \"narration-runtime\" }\n";
    assert_eq!(runtime(member, Some(root)).as_deref(), Some("logs"));
    assert_eq!(runtime(member, None), None);
    let plain = "[dependencies]\nnarration-runtime.workspace = true\n";
    let root = "[workspace.dependencies]\nnarration-runtime = \"1\"\n";
    assert_eq!(runtime(plain, Some(root)).as_deref(), Some("narration_runtime"));
}

#[test]
fn only_rust_paths_lead_to_a_crate() {
    for good in ["a", "::a::b", "crate", "crate::a", "a_b::c1"] {
        assert!(is_rust_path(good), "{good}");
    }
    for bad in ["", "a-b", "a/b", "a::", "::", "1a", "a::fn", "_", "a b"] {
        assert!(!is_rust_path(bad), "{bad}");
    }
}
