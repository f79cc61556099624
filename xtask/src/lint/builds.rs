//! The checks that cargo does: formatting, lints, features, documentation.
//!
//! In: the packages. Out: one command for each check. A feature is built
//! alone, since all of them together hide what one of them lacks.

use crate::failure::Failure;
use crate::program;
use crate::workspace::{Package, Workspace};

/// A run of cargo.
pub(super) struct Build {
    arguments: Vec<String>,
    variable: Option<(&'static str, &'static str)>,
}

impl Build {
    fn new(arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(|&word| word.to_owned()).collect(), variable: None }
    }

    /// Runs it.
    pub(super) fn run(&self, workspace: &Workspace) -> Result<(), Failure> {
        let mut cargo = program::cargo(workspace);
        program::run(cargo.args(&self.arguments).envs(self.variable))
    }
}

/// Every check, in the order of what is told soonest.
pub(super) fn all(packages: &[Package]) -> Vec<(String, Build)> {
    let mut all = vec![
        ("formatting".to_owned(), Build::new(&["fmt", "--all", "--check"])),
        (
            "lints, in every target with every feature".to_owned(),
            Build::new(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ]),
        ),
        ("documentation".to_owned(), documentation()),
    ];
    all.extend(packages.iter().flat_map(features));
    all
}

fn documentation() -> Build {
    let arguments =
        ["doc", "--workspace", "--no-deps", "--all-features", "--document-private-items"];
    Build { variable: Some(("RUSTDOCFLAGS", "-D warnings")), ..Build::new(&arguments) }
}

/// A package without features, and with each of them alone. One without any needs neither.
fn features(package: &Package) -> impl Iterator<Item = (String, Build)> {
    let alone: Vec<_> = package.features.keys().filter(|name| *name != "default").collect();
    let none = (!alone.is_empty()).then_some(None);
    none.into_iter().chain(alone.into_iter().map(Some)).map(|feature| {
        let base = ["clippy", "--package", &package.name, "--no-default-features"];
        let mut build = Build::new(&base);
        let name = match feature {
            None => format!("{} without features", package.name),
            Some(feature) => {
                build.arguments.extend(["--features".to_owned(), feature.clone()]);
                format!("{} with {feature} alone", package.name)
            }
        };
        build.arguments.extend(["--", "-D", "warnings"].map(str::to_owned));
        (name, build)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_built_alone_and_none_of_them_too() {
        let package = r#"{"name":"a","features":{"default":["x"],"x":[],"y":["x"]},"targets":[],"dependencies":[],"manifest_path":"a/Cargo.toml"}"#;
        let package: Package = serde_json::from_str(package).unwrap();
        let names: Vec<_> = features(&package).map(|(name, _)| name).collect();
        assert_eq!(names, ["a without features", "a with x alone", "a with y alone"]);
    }
}
