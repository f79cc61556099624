//! What the compiler tells of refused narrations.
//!
//! In: one fault a file under `fail`. Out: exactly what stands in the
//! `.stderr` file beside it: code, place, words, and nothing of rustc's own
//! behind it. `TRYBUILD=overwrite` writes those files anew.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use narration_syntax::catalog;

/// Names the vocabulary, before everything else.
const TAXONOMY: &str = "NARRATION_TAXONOMY";

/// Set for the process that really compiles.
const COMPILES: &str = "NARRATION_UI_TESTS_COMPILE";

/// The rules that no single file can break: they are faults of a vocabulary,
/// shown in `projects.rs`, or warnings for those who write one.
const SHOWN_ELSEWHERE: [&str; 4] = ["N0014", "N0027", "N0028", "N0029"];

#[test]
fn refused_narrations() {
    let vocabulary = Path::new(env!("CARGO_MANIFEST_DIR")).join("narration.toml");
    if env::var_os(COMPILES).is_some() {
        trybuild::TestCases::new().compile_fail("fail/*.rs");
        return;
    }
    // The cases are compiled elsewhere with this process's environment, which
    // only the process before it can change safely.
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", "refused_narrations", "--nocapture"])
        .args(env::args_os().filter(|arg| arg.to_string_lossy().starts_with("trybuild=")))
        .env(TAXONOMY, vocabulary)
        .env(COMPILES, "")
        .status()
        .unwrap();
    assert!(status.success(), "the compiler says something else, see above");
}

#[test]
fn every_refusal_is_shown() {
    let told: String = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fail"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "stderr"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let codes = catalog::ALL.iter().map(|rule| rule.code);
    let unseen: Vec<_> = codes.filter(|code| !told.contains(&format!("{code}: "))).collect();
    assert_eq!(unseen, SHOWN_ELSEWHERE);
}
