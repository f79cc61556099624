//! The runtime is found under whatever name a crate has it.

use crate::project::{MAIN, Project, VOCABULARY, manifest_with, runtime};

/// A program that uses all three macros, by way of `path`.
fn main_by(path: &str) -> String {
    format!(
        "use {path}::{{narrate, narrated, taxonomy}};\n\
         #[narrated(actor = \"worker\", action = \"start\")]\n\
         fn told(jobs: u64) -> Result<u64, String> {{ Ok(jobs) }}\n\
         fn main() {{\n    narrate!(actor = \"worker\", action = \"start\", jobs = 3_u64);\n    \
         let _ = (told(3), taxonomy!());\n}}\n"
    )
}

#[test]
fn a_renamed_dependency() {
    let project = Project::new("renamed");
    let tale = format!("tale = {{ package = \"narration-runtime\", {} }}", runtime());
    project.file("Cargo.toml", manifest_with("renamed", &tale) + "[workspace]\n");
    project.file("src/main.rs", main_by("tale"));
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn a_dependency_renamed_for_the_whole_workspace() {
    let project = Project::empty("inherited");
    let tale = format!("tale = {{ package = \"narration-runtime\", {} }}", runtime());
    project.file(
        "Cargo.toml",
        format!(
            "[workspace]\nmembers = [\"app\"]\nresolver = \"3\"\n[workspace.dependencies]\n{tale}\n"
        ),
    );
    project.file("narration.toml", VOCABULARY);
    project.file("app/Cargo.toml", manifest_with("inherited", "tale.workspace = true"));
    project.file("app/src/main.rs", main_by("tale"));
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn a_crate_that_passes_the_runtime_on() {
    let project = Project::empty("facade");
    let metadata = "[package.metadata.narration]\ncrate = \"facade::narration\"\n";
    project.file("Cargo.toml", "[workspace]\nmembers = [\"app\", \"facade\"]\nresolver = \"3\"\n");
    project.file("narration.toml", VOCABULARY);
    let narration = format!("narration-runtime = {{ {} }}", runtime());
    project.file("facade/Cargo.toml", manifest_with("facade", &narration));
    project.file("facade/src/lib.rs", "pub use narration_runtime as narration;\n");
    project.file(
        "app/Cargo.toml",
        manifest_with("facade-user", "facade.path = \"../facade\"") + metadata,
    );
    project.file("app/src/main.rs", main_by("facade::narration"));
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn a_path_given_by_the_call() {
    let project = Project::new("given");
    let tale = format!("tale = {{ package = \"narration-runtime\", {} }}", runtime());
    project.file("Cargo.toml", manifest_with("given", &tale) + "[workspace]\n");
    project.file(
        "src/main.rs",
        "mod inner { pub use tale as narration; }\nfn main() {\n    \
         tale::narrate!(actor = \"worker\", action = \"start\", crate = crate::inner::narration);\n}\n",
    );
    assert_eq!(project.check(), [""; 0]);
}

#[test]
fn a_test_that_alone_depends_on_the_runtime() {
    let project = Project::new("dev-dependency");
    let dev = format!("[dev-dependencies]\nnarration-runtime = {{ {} }}\n[workspace]\n", runtime());
    project.file("Cargo.toml", manifest_with("dev-dependency", "") + &dev);
    project.file("src/main.rs", "fn main() {}\n");
    project.file("examples/told.rs", MAIN);
    assert_eq!(project.check(), [""; 0]);
}
