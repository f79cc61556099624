//! The packages of a workspace, from cargo itself.
//!
//! In: where one stands, or a manifest, and which packages are meant. Out: the
//! packages with their targets. Cargo is asked without its dependencies, so it
//! needs no network.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::exit::Exit;
use crate::fault::Fault;

/// Which packages are meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// `--manifest-path`.
    pub(crate) manifest: Option<PathBuf>,
    /// `--package`, once or more.
    pub(crate) packages: Vec<String>,
    /// `--workspace`.
    pub(crate) whole: bool,
}

/// A workspace, or a package that is one by itself.
#[derive(Debug, Deserialize)]
pub(crate) struct Workspace {
    /// All its packages.
    pub(crate) packages: Vec<Package>,
    /// The folder of its root manifest.
    #[serde(rename = "workspace_root")]
    pub(crate) root: PathBuf,
    /// The folder of what is built.
    #[serde(rename = "target_directory")]
    pub(crate) target: PathBuf,
    #[serde(default, rename = "workspace_default_members")]
    default_members: Vec<String>,
}

/// A package.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    id: String,
    /// Its manifest.
    pub(crate) manifest_path: PathBuf,
    /// What it builds.
    pub(crate) targets: Vec<Target>,
    /// What it depends on directly.
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

/// Something a package builds.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Target {
    /// `lib`, `bin`, `test`, `example`, `bench`, `custom-build`.
    pub(crate) kind: Vec<String>,
    /// The file of its root module.
    pub(crate) src_path: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
struct Dependency {
    name: String,
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn read(manifest: Option<&Path>) -> Result<Self, Fault> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(&cargo);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(manifest) = manifest {
            command.arg("--manifest-path").arg(manifest);
        }
        let answer = command.output().map_err(|error| {
            let message = format!("`{}` cannot be started: {error}", cargo.display());
            Fault::new(Exit::Unreadable, message)
                .help("sources are found through cargo; install it or put it on PATH")
        })?;
        if !answer.status.success() {
            let said = String::from_utf8_lossy(&answer.stderr);
            let said = said.trim().trim_start_matches("error: ");
            let message = format!("cargo does not know this workspace: {said}");
            return Err(Fault::new(Exit::Unreadable, message)
                .help("go to a folder with a Cargo.toml, or name one with --manifest-path"));
        }
        serde_json::from_slice(&answer.stdout).map_err(|error| {
            Fault::new(Exit::Unreadable, format!("cargo's answer cannot be read: {error}"))
        })
    }

    /// The packages that are meant: those named; else, as cargo has it, that of
    /// the manifest, or the default members.
    pub(crate) fn selected(&self, selection: &Selection) -> Result<Vec<&Package>, Fault> {
        if selection.whole {
            return Ok(self.packages.iter().collect());
        }
        if selection.packages.is_empty() {
            let is_meant = |package: &&Package| self.default_members.contains(&package.id);
            let meant: Vec<_> = self.packages.iter().filter(is_meant).collect();
            let own = own_package(self, selection.manifest.as_deref());
            return Ok(own.map_or(meant, |package| vec![package]));
        }
        selection.packages.iter().map(|name| self.package(name)).collect()
    }

    fn package(&self, name: &str) -> Result<&Package, Fault> {
        self.packages.iter().find(|package| package.name == name).ok_or_else(|| {
            let names = self.packages.iter().map(|package| package.name.as_str());
            let near = narration_taxonomy::nearest(name, names.clone());
            let help = near.map_or_else(
                || format!("the packages are {}", names.collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Fault::usage(format!("the workspace has no package `{name}`")).help(help)
        })
    }
}

/// The package whose folder one stands in; a workspace's root stands for its members.
fn own_package<'w>(workspace: &'w Workspace, manifest: Option<&Path>) -> Option<&'w Package> {
    let start = match manifest {
        Some(manifest) => std::path::absolute(manifest).ok()?.parent()?.to_owned(),
        None => std::env::current_dir().ok()?,
    };
    let start = start.canonicalize().unwrap_or(start);
    let folder = |package: &Package| {
        let folder = package.folder();
        folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
    };
    let inside = |package: &&Package| start.starts_with(folder(package));
    let own = workspace.packages.iter().filter(inside);
    let own = own.max_by_key(|package| package.folder().components().count())?;
    let is_root = own.folder() == workspace.root && start == folder(own);
    (!is_root || workspace.packages.len() == 1).then_some(own)
}

impl Package {
    /// The folder of its manifest.
    pub(crate) fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(Path::new(""))
    }

    /// Whether it depends on a crate directly, whichever way.
    pub(crate) fn depends_on(&self, name: &str) -> bool {
        self.dependencies.iter().any(|dependency| dependency.name == name)
    }
}

impl Target {
    /// Whether it is part of what the package delivers: no test, example, bench
    /// or build script.
    pub(crate) fn is_delivered(&self) -> bool {
        let aside = ["test", "example", "bench", "custom-build"];
        !self.kind.iter().any(|kind| aside.contains(&kind.as_str()))
    }
}
