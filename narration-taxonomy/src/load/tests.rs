//! Folders in, vocabularies and problems out.

use std::fs;

use tempfile::TempDir;

use super::*;

const MANIFEST: &str = "[package]\nname = \"app\"\n";
const HEAD: &str = "[narration]\nversion = 1\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn vocabulary(name: &str) -> String {
    format!("{HEAD}name = \"{name}\"\n[actors.{name}.actions.start]\n")
}

fn told(loaded: &Loaded) -> Vec<String> {
    let problems = loaded.problems.iter();
    problems.map(|p| format!("{} {}: {}", p.rule.code, loaded.show(p.place), p.message)).collect()
}

#[test]
fn the_nearest_file_up_to_the_workspace_root_governs() {
    let root = vocabulary("root");
    let folder = folder(&[
        ("narration.toml", &vocabulary("outside")),
        ("ws/Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("ws/narration.toml", &root),
        ("ws/crates/a/Cargo.toml", MANIFEST),
        ("ws/crates/b/Cargo.toml", MANIFEST),
        ("ws/crates/b/narration.toml", &vocabulary("own")),
    ]);
    let ws = folder.path().join("ws");
    let a = load(&ws.join("crates/a"), None);
    assert_eq!(a.taxonomy.name, "root");
    assert_eq!(told(&a), [""; 0]);
    assert_eq!(a.source.as_deref(), Some(ws.join("narration.toml").as_path()));
    assert_eq!(a.display_path(0), "narration.toml");
    assert_eq!(a.display_path(1), "crates/a/Cargo.toml");
    assert_eq!(load(&ws.join("crates/b"), None).taxonomy.name, "own");
    fs::remove_file(ws.join("narration.toml")).unwrap();
    let none = load(&ws.join("crates/a"), None);
    assert_eq!(
        told(&none),
        ["N0101 crates/a/Cargo.toml:1:1: no vocabulary found; tried \
          crates/a/narration.toml, crates/narration.toml, narration.toml"]
    );
}

#[test]
fn a_crate_alone_is_looked_for_within_its_repository_only() {
    let folder = folder(&[
        ("narration.toml", &vocabulary("stranger")),
        ("repo/.git/HEAD", ""),
        ("repo/apps/app/Cargo.toml", MANIFEST),
        ("alone/Cargo.toml", MANIFEST),
    ]);
    let app = folder.path().join("repo/apps/app");
    assert_eq!(
        told(&load(&app, None)),
        ["N0101 Cargo.toml:1:1: no vocabulary found; tried \
          narration.toml, ../narration.toml, ../../narration.toml"]
    );
    fs::write(folder.path().join("repo/narration.toml"), vocabulary("repository")).unwrap();
    let loaded = load(&app, None);
    assert_eq!(loaded.taxonomy.name, "repository");
    assert_eq!(loaded.display_path(0), "../../narration.toml");
    assert_eq!(load(&folder.path().join("alone"), None).tried.len(), 1);
}

#[test]
fn an_excluded_crate_belongs_to_no_workspace() {
    let folder = folder(&[
        ("Cargo.toml", "[workspace]\nexclude = [\"fuzz\"]\n"),
        ("narration.toml", &vocabulary("root")),
        ("fuzz/Cargo.toml", MANIFEST),
        ("fuzzy/Cargo.toml", MANIFEST),
    ]);
    assert_eq!(load(&folder.path().join("fuzzy"), None).taxonomy.name, "root");
    assert_eq!(load(&folder.path().join("fuzz"), None).source, None);
}

#[test]
fn what_is_named_comes_before_what_is_near() {
    let manifest =
        "[package]\nname = \"app\"\n[package.metadata.narration]\ntaxonomy = \"named.toml\"\n";
    let folder = folder(&[
        ("Cargo.toml", manifest),
        ("narration.toml", &vocabulary("near")),
        ("named.toml", &vocabulary("manifest")),
        ("other/env.toml", &vocabulary("environment")),
    ]);
    let env = OsStr::new("other/env.toml");
    assert_eq!(load(folder.path(), Some(env)).taxonomy.name, "environment");
    assert_eq!(load(folder.path(), Some(OsStr::new(""))).taxonomy.name, "manifest");
    fs::remove_file(folder.path().join("named.toml")).unwrap();
    let missing = load(folder.path(), None);
    assert_eq!(
        told(&missing),
        ["N0102 Cargo.toml:4:12: named.toml, named by the crate's manifest, cannot be read: \
          there is no such file"]
    );
    assert_eq!(missing.source, None);
    let missing = load(folder.path(), Some(OsStr::new("nowhere.toml")));
    assert!(told(&missing)[0].starts_with("N0102 nowhere.toml:1:1: nowhere.toml, named by NARR"));
}

#[test]
fn a_published_package_is_governed_by_its_snapshot_and_no_other_is() {
    let manifest = format!("{MANIFEST}[package.metadata.narration]\ntaxonomy = \"../away.toml\"\n");
    let folder = folder(&[
        ("narration.toml", &vocabulary("around")),
        ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n"),
        ("a/Cargo.toml", &manifest),
        ("a/Cargo.toml.orig", &manifest),
        ("a/narration.snapshot.toml", &vocabulary("carried")),
    ]);
    let a = folder.path().join("a");
    let env = folder.path().join("narration.toml");
    assert_eq!(load(&a, Some(env.as_os_str())).taxonomy.name, "carried");
    fs::remove_file(a.join("Cargo.toml.orig")).unwrap();
    assert_eq!(load(&a, Some(env.as_os_str())).taxonomy.name, "around");
    assert_eq!(load(&a, None).problems.len(), 1, "what the manifest names is not there");
}

#[test]
fn files_without_a_text_say_why() {
    let folder = folder(&[("Cargo.toml", MANIFEST)]);
    let path = folder.path().join("narration.toml");
    fs::write(&path, b"[narration]\nversion = 1 # \xC3\xA9 \xFF\n").unwrap();
    assert_eq!(
        told(&load(folder.path(), None)),
        ["N0102 narration.toml:2:17: narration.toml cannot be read: it is not UTF-8"]
    );
    fs::File::create(&path).unwrap().set_len(crate::files::MAX_FILE_LEN + 1).unwrap();
    let large = load(folder.path(), None);
    assert!(told(&large)[0].contains("it has 10485761 bytes"), "{:?}", told(&large));
    assert_eq!(large.source.as_deref(), Some(path.as_path()));
    assert!(load(folder.path(), Some(OsStr::new("."))).problems[0].message.contains("not a file"));
}

#[test]
fn an_extending_file_adds_and_overrides() {
    let base = format!(
        "{HEAD}name = \"base\"\n[fields]\na = {{ type = \"u64\" }}\nb = {{ type = \"u64\" }}\n\
         [actors.x]\ndoc = \"X\"\n[actors.x.actions.one]\nfields = [\"a\"]\n\
         [actors.x.actions.two]\nfields = [\"b\"]\nfailed = \"broken\"\n"
    );
    let own = format!(
        "extends = [\"../base.toml\"]\n{HEAD}[fields]\nb = {{ type = \"bool\" }}\n\
         [actors.x.actions.one]\nlevel = \"debug\"\n[actors.x.actions.broken]\n\
         [actors.y.actions.go]\nfields = [\"a\"]\n"
    );
    let folder =
        folder(&[("app/Cargo.toml", MANIFEST), ("app/narration.toml", &own), ("base.toml", &base)]);
    let loaded = load(&folder.path().join("app"), None);
    assert_eq!(told(&loaded), [""; 0]);
    let taxonomy = &loaded.taxonomy;
    assert_eq!(taxonomy.name, "base");
    assert_eq!(taxonomy.field("b").unwrap().ty, crate::Type::Bool);
    let x = taxonomy.actor("x").unwrap();
    assert_eq!(x.doc.as_deref(), Some("X"));
    let actions: Vec<_> = x.actions.iter().map(|action| action.name.as_str()).collect();
    assert_eq!(actions, ["one", "two", "broken"]);
    assert_eq!(x.action("one").unwrap().fields, []);
    assert_eq!(x.action("broken").unwrap().level, crate::Level::Warn);
    assert!(taxonomy.actor("y").is_some());
    assert_eq!(
        loaded.show(taxonomy.field("a").unwrap().place).rsplit('/').next(),
        Some("base.toml:5:1")
    );
}

#[test]
fn a_diamond_is_read_once_and_a_cycle_is_refused() {
    let top =
        "extends = [\"l.toml\", \"r.toml\"]\n[narration]\nversion = 1\n[actors.a.actions.b]\n";
    let side = format!("extends = [\"./base.toml\"]\n{HEAD}");
    let base = format!("{HEAD}[fields]\nf = {{ type = \"u64\" }}\n");
    let folder = folder(&[
        ("Cargo.toml", MANIFEST),
        ("narration.toml", top),
        ("l.toml", &side),
        ("r.toml", &side),
        ("base.toml", &base),
    ]);
    let loaded = load(folder.path(), None);
    assert_eq!(told(&loaded), [""; 0]);
    assert_eq!(loaded.taxonomy.files.len(), 5);
    fs::write(folder.path().join("base.toml"), format!("extends = [\"narration.toml\"]\n{base}"))
        .unwrap();
    let loaded = load(folder.path(), None);
    assert_eq!(
        told(&loaded),
        ["N0113 base.toml:1:12: `narration.toml` leads back to a file that extends it"]
    );
}

#[test]
fn unrelated_bases_must_not_disagree_unless_the_last_word_is_spoken() {
    let top =
        "extends = [\"l.toml\", \"r.toml\"]\n[narration]\nversion = 1\n[actors.a.actions.b]\n";
    let side = |ty| format!("{HEAD}[fields]\nf = {{ type = \"{ty}\" }}\n");
    let folder = folder(&[
        ("Cargo.toml", MANIFEST),
        ("narration.toml", top),
        ("l.toml", &side("u64")),
        ("r.toml", &side("bool")),
    ]);
    let loaded = load(folder.path(), None);
    assert_eq!(told(&loaded), ["N0114 r.toml:4:1: `f` is declared in two extended files"]);
    assert_eq!(loaded.show(loaded.problems[0].related[0].0), "l.toml:4:1");
    let spoken = format!("{top}fields = [\"f\"]\n[fields]\nf = {{ type = \"i64\" }}\n");
    fs::write(folder.path().join("narration.toml"), spoken).unwrap();
    assert_eq!(told(&load(folder.path(), None)), [""; 0]);
}

#[test]
fn a_file_overrides_what_its_bases_extend_as_well() {
    let field = |ty: &str| format!("[fields]\nf = {{ type = \"{ty}\" }}\n");
    let folder = folder(&[
        ("Cargo.toml", MANIFEST),
        (
            "narration.toml",
            &format!(
                "extends = [\"middle.toml\"]\n{HEAD}[actors.a.actions.b]\nfields = [\"f\"]\n{}",
                field("bool")
            ),
        ),
        ("middle.toml", &format!("extends = [\"base.toml\"]\n{HEAD}")),
        ("base.toml", &format!("{HEAD}{}", field("u64"))),
    ]);
    let loaded = load(folder.path(), None);
    assert_eq!(told(&loaded), [""; 0]);
    assert_eq!(loaded.taxonomy.field("f").unwrap().ty, crate::Type::Bool);
}

#[test]
fn a_missing_base_is_told_alone() {
    let top = "extends = [\"gone.toml\"]\n[narration]\nversion = 1\n\
               [actors.a.actions.b]\nfields = [\"of_base\"]\n";
    let folder = folder(&[("Cargo.toml", MANIFEST), ("narration.toml", top)]);
    let loaded = load(folder.path(), None);
    assert_eq!(
        told(&loaded),
        ["N0112 narration.toml:1:12: `gone.toml` cannot be read: there is no such file"]
    );
    assert!(loaded.absent.contains(&folder.path().join("gone.toml")));
}

#[test]
fn a_fault_of_the_manifest_is_shown_there() {
    let manifest = "[package]\nname = \"app\"\n[package.metadata.narration]\nactr = \"a\"\n";
    let folder = folder(&[("Cargo.toml", manifest), ("narration.toml", &vocabulary("a"))]);
    let loaded = load(folder.path(), None);
    assert!(told(&loaded)[0].starts_with("N0104 Cargo.toml:4:1"), "{:?}", told(&loaded));
    fs::remove_file(folder.path().join("narration.toml")).unwrap();
    let loaded = load(folder.path(), None);
    assert!(told(&loaded)[1].starts_with("N0104 Cargo.toml:4:1"), "{:?}", told(&loaded));
}

#[test]
fn what_changes_the_answer_is_tracked() {
    let folder = folder(&[
        ("Cargo.toml", "[workspace]\n"),
        ("narration.toml", &vocabulary("a")),
        ("app/Cargo.toml", MANIFEST),
    ]);
    let root = folder.path();
    let loaded = load(&root.join("app"), None);
    for path in ["app/Cargo.toml", "Cargo.toml", "narration.toml"] {
        assert!(loaded.tracked.contains(&root.join(path)), "{path}");
    }
    assert!(loaded.absent.contains(&root.join("app/narration.toml")));
}
