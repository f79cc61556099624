//! A crate imports only crates of floors below its own.
//!
//! In: the packages. Out: every import that goes up or sideways, every crate
//! that stands on no floor, every one without the workspace's lints.

use std::path::Path;

use super::Findings;
use crate::failure::{Failure, Telling};
use crate::workspace::{Dependency, Package, Workspace};

/// The floors, ground first. What is not on them (examples, tests, this
/// package) may import any of them.
const FLOORS: &[&[&str]] = &[
    &["narration-record", "narration-redact", "narration-taxonomy"],
    &["narration-syntax"],
    &["narration-macros", "cargo-narration"],
    &["narration-runtime"],
    &["narration-testing"],
];

/// Crates of others that the ground must not know.
const ABOVE_GROUND: &[&str] =
    &["syn", "proc-macro2", "quote", "tracing", "tracing-core", "tracing-subscriber"];

/// Checks every package.
pub(super) fn check(packages: &[Package], workspace: &Workspace) -> Result<Findings, Failure> {
    let mut findings = Findings::new();
    for package in packages {
        imports(package, &mut findings);
        lints(package, workspace, &mut findings)?;
    }
    Ok(findings)
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&name))
}

fn imports(package: &Package, findings: &mut Findings) {
    let name = &package.name;
    let Some(own) = floor(name) else {
        if package.is_library() && name.starts_with("narration-") && is_on_top(package) {
            findings.push(format!(
                "{name}: stands on no floor; give it one in xtask/src/lint/floors.rs"
            ));
        }
        return;
    };
    for used in package.dependencies.iter().filter(|used| is_imported(used)).map(|used| &used.name)
    {
        match floor(used) {
            Some(other) if other >= own => {
                findings.push(format!("{name}: imports {used}, which is not on a floor below"));
            }
            None if own == 0 && ABOVE_GROUND.contains(&used.as_str()) => {
                findings.push(format!("{name}: stands on the ground and imports {used}"));
            }
            None if used.starts_with("narration-") => {
                findings.push(format!("{name}: imports {used}, which stands on no floor"));
            }
            _ => {}
        }
    }
}

/// Tests may look down from anywhere.
fn is_imported(dependency: &Dependency) -> bool {
    dependency.kind.as_deref() != Some("dev")
}

/// Whether a package stands beside the floors rather than among examples and tests.
fn is_on_top(package: &Package) -> bool {
    let folder = package.manifest_path.parent().and_then(Path::file_name);
    folder.is_some_and(|folder| folder == package.name.as_str())
}

/// The lints of the workspace forbid `unsafe`. What is on no floor may have
/// lints of its own, if these forbid it too.
fn lints(package: &Package, workspace: &Workspace, findings: &mut Findings) -> Result<(), Failure> {
    let text = std::fs::read_to_string(&package.manifest_path);
    let text = text.told(|| format!("cannot read {}", package.manifest_path.display()))?;
    let is =
        |table: &[&str], key, value: &str| setting(&text, key, table).as_deref() == Some(value);
    let takes = is(&["lints"], "workspace", "true");
    let forbids = floor(&package.name).is_none() && is(&["lints", "rust"], "unsafe_code", "forbid");
    if !takes && !forbids {
        let way_out = "write `[lints]` `workspace = true`";
        findings.push(format!("{}: does not take the workspace's lints; {way_out}", package.name));
    }
    if package.name == "xtask" {
        let root = workspace.read(Path::new("Cargo.toml"))?;
        if setting(&root, "unsafe_code", &["workspace", "lints", "rust"]).as_deref()
            != Some("forbid")
        {
            findings.push("Cargo.toml: `unsafe_code` is not forbidden".to_owned());
        }
    }
    Ok(())
}

/// The value of a key in a table of a manifest, as text.
fn setting(manifest: &str, key: &str, table: &[&str]) -> Option<String> {
    let document = toml::de::DeTable::parse(manifest).ok()?;
    let mut value = document.get_ref().get(*table.first()?)?;
    for name in table.iter().skip(1).chain([&key]) {
        value = value.get_ref().get(*name)?;
    }
    let value = value.get_ref();
    value.as_str().map(str::to_owned).or_else(|| value.as_bool().map(|truth| truth.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings_of(name: &str, dependencies: &str) -> Findings {
        let package = format!(
            r#"{{"name":"{name}","features":{{}},"targets":[{{"name":"a","kind":["lib"]}}],"dependencies":[{dependencies}],"manifest_path":"{name}/Cargo.toml"}}"#
        );
        let mut findings = Findings::new();
        imports(&serde_json::from_str(&package).unwrap(), &mut findings);
        findings
    }

    fn on(name: &str, kind: &str) -> String {
        format!(r#"{{"name":"{name}","kind":{kind}}}"#)
    }

    #[test]
    fn the_floors_hold() {
        let workspace = Workspace::find().unwrap();
        let packages = workspace.packages().unwrap();
        assert_eq!(check(&packages, &workspace).unwrap(), Findings::new());
    }

    #[test]
    fn an_import_may_only_go_down() {
        assert_eq!(
            findings_of("narration-syntax", &on("narration-redact", "null")),
            Findings::new()
        );
        for (name, used) in [
            ("narration-syntax", "narration-macros"),
            ("narration-redact", "narration-record"),
            ("narration-record", "tracing"),
            ("narration-runtime", "narration-unheard-of"),
        ] {
            assert_eq!(findings_of(name, &on(used, "null")).len(), 1, "{name} on {used}");
        }
    }

    #[test]
    fn tests_may_look_anywhere_and_a_new_crate_needs_a_floor() {
        assert_eq!(findings_of("narration-record", &on("tracing", r#""dev""#)), Findings::new());
        assert_eq!(findings_of("narration-unheard-of", "").len(), 1);
    }

    #[test]
    fn a_setting_is_found_in_any_spelling_of_its_table() {
        for text in
            ["[lints]\nworkspace = true", "lints.workspace = true", "lints = { workspace = true }"]
        {
            assert_eq!(setting(text, "workspace", &["lints"]).as_deref(), Some("true"), "{text}");
        }
        assert_eq!(setting("[lints.rust]\n", "workspace", &["lints"]), None);
    }
}
