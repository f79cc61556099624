//! One cache, many crates, files that change.

use std::fs;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;

fn vocabulary(name: &str) -> String {
    format!("[narration]\nversion = 1\nname = \"{name}\"\n[actors.a.actions.b]\n")
}

/// A workspace with a vocabulary and the crates `one` and `two`.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    fs::write(folder.path().join("narration.toml"), vocabulary("shared")).unwrap();
    for name in ["one", "two"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("Cargo.toml"), "[package]\n").unwrap();
    }
    folder
}

#[test]
fn crates_with_different_vocabularies_do_not_mix() {
    let folder = workspace();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    fs::write(two.join("narration.toml"), vocabulary("own")).unwrap();
    let cache = Cache::new();
    for _ in 0..2 {
        assert_eq!(cache.load(&one, None).taxonomy.name, "shared");
        assert_eq!(cache.load(&two, None).taxonomy.name, "own");
        let env = OsStr::new("../two/narration.toml");
        assert_eq!(cache.load(&one, Some(env)).taxonomy.name, "own");
    }
}

#[test]
fn an_answer_is_kept_as_long_as_nothing_changes() {
    let folder = workspace();
    let cache = Cache::new();
    let one = folder.path().join("one");
    let first = cache.load(&one, None);
    assert!(Arc::ptr_eq(&first, &cache.load(&one, None)));
}

#[test]
fn an_edit_a_nearer_file_and_its_removal_are_seen() {
    let folder = workspace();
    let cache = Cache::new();
    let one = folder.path().join("one");
    assert_eq!(cache.load(&one, None).taxonomy.name, "shared");
    fs::write(folder.path().join("narration.toml"), vocabulary("edited")).unwrap();
    assert_eq!(cache.load(&one, None).taxonomy.name, "edited");
    fs::write(one.join("narration.toml"), vocabulary("nearer")).unwrap();
    assert_eq!(cache.load(&one, None).taxonomy.name, "nearer");
    fs::remove_file(one.join("narration.toml")).unwrap();
    assert_eq!(cache.load(&one, None).taxonomy.name, "edited");
}

#[test]
fn an_edit_that_keeps_the_length_is_seen_by_its_time() {
    let folder = workspace();
    let cache = Cache::new();
    let (one, path) = (folder.path().join("one"), folder.path().join("narration.toml"));
    assert_eq!(cache.load(&one, None).taxonomy.name, "shared");
    fs::write(&path, vocabulary("shores")).unwrap();
    let later = SystemTime::now() + Duration::from_secs(5);
    fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
    assert_eq!(cache.load(&one, None).taxonomy.name, "shores");
}

#[test]
fn a_manifest_a_base_and_a_fault_are_seen_too() {
    let folder = workspace();
    let cache = Cache::new();
    let one = folder.path().join("one");
    fs::remove_file(folder.path().join("narration.toml")).unwrap();
    let fault = cache.load(&one, None);
    assert_eq!(fault.problems[0].rule, &crate::rules::NO_VOCABULARY);
    assert!(Arc::ptr_eq(&fault, &cache.load(&one, None)));
    let named = "[package.metadata.narration]\ntaxonomy = \"v.toml\"\n";
    fs::write(one.join("Cargo.toml"), named).unwrap();
    assert_eq!(cache.load(&one, None).problems[0].rule, &crate::rules::UNREADABLE);
    let extending = format!("extends = [\"base.toml\"]\n{}", vocabulary("named"));
    fs::write(one.join("v.toml"), extending).unwrap();
    assert_eq!(cache.load(&one, None).problems[0].rule, &crate::rules::EXTENDS_UNREADABLE);
    fs::write(one.join("base.toml"), vocabulary("base").replace("actions.b", "actions.c")).unwrap();
    let loaded = cache.load(&one, None);
    assert_eq!(loaded.problems, []);
    assert!(loaded.taxonomy.actor("a").unwrap().action("c").is_some());
}

#[test]
fn the_cache_is_bounded_and_keeps_what_is_used() {
    let folder = workspace();
    let cache = Cache::new();
    let one = folder.path().join("one");
    let kept = cache.load(&one, None);
    for n in 0..2 * MAX_ENTRIES {
        let _ = cache.load(&folder.path().join(format!("missing-{n}")), None);
        assert!(Arc::ptr_eq(&kept, &cache.load(&one, None)));
    }
    let entries = cache.entries.lock().unwrap();
    assert_eq!(entries.as_ref().unwrap().by_crate.len(), MAX_ENTRIES);
}

#[test]
fn a_panic_elsewhere_does_not_spoil_the_cache() {
    static CACHE: Cache = Cache::new();
    let folder = workspace();
    let one = folder.path().join("one");
    let _ = CACHE.load(&one, None);
    let poisoning = std::thread::spawn(|| {
        let _held = CACHE.entries.lock();
        panic!("on purpose");
    });
    assert!(poisoning.join().is_err());
    assert_eq!(CACHE.load(&one, None).taxonomy.name, "shared");
}
