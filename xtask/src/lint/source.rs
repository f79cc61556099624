//! What must not stand in a file, and what may stand in one file alone.
//!
//! In: the files people wrote. Out: every line that breaks a rule.

use std::path::Path;

use super::Findings;
use crate::failure::Failure;
use crate::workspace::{Package, Workspace};

/// A word and what is wrong with it. They are written in two halves, so that
/// this file does not find itself.
const NOWHERE: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "open ends belong into an issue"),
    (concat!("FIX", "ME"), "open ends belong into an issue"),
    (concat!("/ho", "me/"), "a path of somebody's machine"),
    (concat!("/ro", "ot/"), "a path of somebody's machine"),
    (concat!("/wo", "rk/"), "a path of somebody's machine"),
    (concat!("/Us", "ers/"), "a path of somebody's machine"),
];

/// What no library may do.
const NOT_IN_LIBRARIES: &[(&str, &str)] = &[
    (concat!("static ", "mut "), "no static mutable state"),
    (concat!("print", "ln!("), "a library never prints"),
    (concat!("print", "!("), "a library never prints"),
    (concat!("db", "g!("), "a library never prints"),
];

/// What may stand in one file of the libraries alone, and why.
const IN_ONE_FILE: &[(&str, &str, &str)] = &[
    (
        concat!("value_", "set_all"),
        "narration-runtime/src/emit/dispatch.rs",
        "tracing's hidden calls live in one file",
    ),
    (
        concat!("narration_", "runtime"),
        "narration-macros/src/paths.rs",
        "the macros spell runtime paths in one file",
    ),
];

/// Files of these endings are read.
const WRITTEN: &[&str] = &[".rs", ".md", ".toml", "run", ".yml", ".stderr", ".snap"];

/// Checks every file.
pub(super) fn check(workspace: &Workspace, packages: &[Package]) -> Result<Findings, Failure> {
    let mut findings = Findings::new();
    let libraries: Vec<_> = packages
        .iter()
        .filter(|package| is_library(package))
        .map(|package| &package.name)
        .collect();
    for file in workspace.files(WRITTEN)? {
        let text = workspace.read(&file)?;
        let shipped = is_shipped(&file, &libraries);
        let code_ends = if shipped { tests_begin(&text) } else { 0 };
        for (index, line) in text.lines().enumerate() {
            let mut broken = broken(line, NOWHERE);
            if index < code_ends {
                broken.extend(self::broken(code_of(line), NOT_IN_LIBRARIES));
                broken.extend(misplaced(code_of(line), &file));
            }
            let at = |why| format!("{}:{}: {why}", file.display(), index + 1);
            findings.extend(broken.into_iter().map(at));
        }
    }
    Ok(findings)
}

/// Whether a file becomes part of a library; a test's own file does not.
fn is_shipped(file: &Path, libraries: &[&String]) -> bool {
    let is_test = file.file_stem().is_some_and(|name| name == "tests")
        || file.components().any(|folder| folder.as_os_str() == "tests");
    let is_source = file.extension().is_some_and(|ending| ending == "rs");
    is_source
        && !is_test
        && libraries.iter().any(|name| file.starts_with(Path::new(name).join("src")))
}

/// The number of lines before the tests at a file's end.
fn tests_begin(text: &str) -> usize {
    let lines: Vec<_> = text.lines().collect();
    let begin = lines.windows(2).position(|pair| pair == ["#[cfg(test)]", "mod tests {"]);
    begin.unwrap_or(lines.len())
}

/// The command is the one library that prints.
fn is_library(package: &Package) -> bool {
    package.is_library()
        && package.name.starts_with("narration-")
        && package.name != "narration-quickstart"
}

fn broken(line: &str, rules: &[(&str, &'static str)]) -> Vec<&'static str> {
    rules.iter().filter(|(word, _)| line.contains(word)).map(|(_, why)| *why).collect()
}

fn misplaced(line: &str, file: &Path) -> Vec<&'static str> {
    let elsewhere = |place: &str| file != Path::new(place) && in_same_crate(file, place);
    let rules =
        IN_ONE_FILE.iter().filter(|(word, place, _)| line.contains(word) && elsewhere(place));
    rules.map(|(_, _, why)| *why).collect()
}

/// A rule of one crate binds that crate: others have their own reasons for a word.
fn in_same_crate(file: &Path, place: &str) -> bool {
    file.components().next() == Path::new(place).components().next()
}

/// A line without its comment. A `//` inside of a string cuts too much, which finds too little, never too much.
fn code_of(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_hold() {
        let workspace = Workspace::find().unwrap();
        let packages = workspace.packages().unwrap();
        assert_eq!(check(&workspace, &packages).unwrap(), Findings::new());
    }

    #[test]
    fn hidden_calls_are_found_outside_of_their_file_and_not_in_comments() {
        let call = concat!("fields.value_", "set_all(values)");
        let elsewhere = Path::new("narration-runtime/src/layers/output.rs");
        assert_eq!(misplaced(call, elsewhere).len(), 1);
        assert_eq!(misplaced(call, Path::new("narration-runtime/src/emit/dispatch.rs")).len(), 0);
        assert_eq!(misplaced(code_of(&format!("// {call}")), elsewhere).len(), 0);
    }

    #[test]
    fn tests_are_no_part_of_a_library() {
        let name = "narration-redact".to_owned();
        let shipped = |file: &str| is_shipped(Path::new(file), &[&name]);
        assert!(shipped("narration-redact/src/pii/mod.rs"));
        assert!(!shipped("narration-redact/src/pii/tests.rs"));
        assert!(!shipped("narration-redact/tests/src/a.rs"));
        assert!(!shipped("xtask/src/main.rs"));
        assert_eq!(tests_begin("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}"), 2);
        assert_eq!(tests_begin("#[cfg(test)]\nmod testing;\nfn a() {}"), 3);
    }

    #[test]
    fn what_libraries_must_not_do_is_found() {
        for line in [concat!("static ", "mut COUNT: u8 = 0;"), concat!("eprint", "ln!(\"x\");")] {
            assert_eq!(broken(line, NOT_IN_LIBRARIES).len(), 1, "{line}");
        }
        assert_eq!(broken("writeln!(out, \"x\")", NOT_IN_LIBRARIES).len(), 0);
    }
}
