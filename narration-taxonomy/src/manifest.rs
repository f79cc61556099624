//! What a crate's `Cargo.toml` says about narration.
//!
//! In: the manifest's text and the workspace root's. Out: the settings under
//! `[package.metadata.narration]` and the name of the runtime crate here.

use toml::de::{DeTable, DeValue};

use crate::findings::{Findings, quoted};
use crate::model::Placed;
use crate::names::is_keyword;
use crate::reader::{Reader, Table, Value, entries};
use crate::rules;
use crate::source::Source;

mod allow;

pub use allow::Allowed;

/// The package that users depend on.
const RUNTIME: &str = "narration-runtime";

const KEYS: &[&str] = &["taxonomy", "actor", "crate", "allow"];

/// Where dependencies stand; the first place that names the runtime counts.
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// What a manifest says about narration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The actor of every call that names none.
    pub actor: Option<Placed<String>>,
    /// The path of the vocabulary, relative to the manifest.
    pub taxonomy: Option<Placed<String>>,
    /// The Rust path under which the runtime is reached (`crate` in the file).
    pub crate_path: Option<String>,
    /// The runtime's name among the dependencies, as a Rust identifier.
    pub runtime_name: Option<String>,
    /// What the reader of sources leaves alone.
    pub allow: Vec<Allowed>,
    /// The package's own name.
    pub package_name: Option<String>,
}

/// Reads a manifest. A dependency that is inherited is looked up in the
/// workspace root's manifest, if there is one.
pub(crate) fn read(source: &Source, workspace: Option<&str>, findings: &mut Findings) -> Manifest {
    let mut manifest = Manifest::default();
    let mut reader = Reader { source, findings };
    let Some(document) = reader.document() else {
        return manifest;
    };
    if let Some(package) = table(&document, "package") {
        manifest.package_name =
            package.get("name").and_then(|name| name.get_ref().as_str()).map(str::to_owned);
        let settings = table(package, "metadata").and_then(|metadata| metadata.get("narration"));
        if let Some(settings) = settings {
            reader.settings(settings, &mut manifest);
        }
    }
    manifest.runtime_name = runtime_name(&document, workspace);
    manifest
}

impl Reader<'_> {
    fn settings(&mut self, value: &Value<'_>, manifest: &mut Manifest) {
        let Some(table) = self.table(value, "narration") else { return };
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "taxonomy" => manifest.taxonomy = self.string(value, "taxonomy"),
                "actor" => manifest.actor = self.string(value, "actor"),
                "crate" => manifest.crate_path = self.crate_path(value),
                "allow" => manifest.allow = self.allow(value),
                _ => self.unknown_key(key, "`[package.metadata.narration]`", KEYS),
            }
        }
    }

    fn crate_path(&mut self, value: &Value<'_>) -> Option<String> {
        let path = self.string(value, "crate")?;
        if is_rust_path(&path.value) {
            return Some(path.value);
        }
        let message = format!("{} is no Rust path", quoted(&path.value));
        self.findings.add(&rules::BAD_CRATE_PATH, path.place, message);
        None
    }
}

/// `a::b`, `::a::b` or `crate::a`.
fn is_rust_path(path: &str) -> bool {
    let rooted = path.strip_prefix("::").or_else(|| path.strip_prefix("crate::"));
    path == "crate"
        || rooted.unwrap_or(path).split("::").all(|segment| {
            segment.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && segment != "_"
                && !is_keyword(segment)
        })
}

fn table<'t, 'a>(parent: &'t Table<'a>, key: &str) -> Option<&'t Table<'a>> {
    parent.get(key).and_then(|value| value.get_ref().as_table())
}

fn runtime_name(document: &Table<'_>, workspace: Option<&str>) -> Option<String> {
    let targets = table(document, "target").into_iter().flat_map(|targets| targets.values());
    let targets = targets.filter_map(|target| target.get_ref().as_table());
    let places: Vec<_> = std::iter::once(document).chain(targets).collect();
    for kind in DEPENDENCIES {
        for dependencies in places.iter().filter_map(|place| table(place, kind)) {
            let mut named = entries(dependencies).into_iter().filter(|(key, value)| {
                package_of(key.get_ref(), value.get_ref(), workspace) == RUNTIME
            });
            if let Some((key, _)) = named.next() {
                return Some(key.get_ref().replace('-', "_"));
            }
        }
    }
    None
}

/// The package behind a dependency's name.
fn package_of(key: &str, value: &DeValue<'_>, workspace: Option<&str>) -> String {
    let text = |name| value.get(name).and_then(|value| value.get_ref().as_str());
    let is_inherited =
        value.get("workspace").and_then(|value| value.get_ref().as_bool()).unwrap_or(false);
    let package = if is_inherited {
        workspace.and_then(|workspace| inherited_package(key, workspace))
    } else {
        text("package").map(str::to_owned)
    };
    package.unwrap_or_else(|| key.to_owned())
}

fn inherited_package(key: &str, workspace: &str) -> Option<String> {
    let (root, _) = DeTable::parse_recoverable(workspace);
    let dependencies = table(root.get_ref(), "workspace").and_then(|w| table(w, "dependencies"))?;
    let package = dependencies.get(key)?.get_ref().get("package")?.get_ref().as_str()?;
    Some(package.to_owned())
}

#[cfg(test)]
mod tests;
