//! Every refusal has its page, and the pages are true: their examples are run.
//!
//! The examples of calls and attributes are held against `docs/errors/narration.toml`.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;

use narration_syntax::{Errors, Vocabulary, catalog, narrate, narrated};
use narration_taxonomy::load;
use proc_macro2::{TokenStream, TokenTree};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors")
}

/// The pages of what the compiler refuses, by their codes; those of the reader begin with N02.
fn pages() -> BTreeMap<String, String> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let code = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let compiler = pages.filter(|path| !code(path).starts_with("N02"));
    compiler.map(|path| (code(&path), fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn every_rule_has_its_page_and_every_page_its_rule() {
    let titles = |(code, page): (&String, &String)| {
        (code.clone(), page.lines().next().unwrap_or_default().to_owned())
    };
    let written: BTreeMap<String, String> = pages().iter().map(titles).collect();
    let heading = |rule: &narration_taxonomy::Rule| format!("# {}: {}", rule.code, rule.title);
    let rules: BTreeMap<String, String> =
        catalog::all().map(|rule| (rule.code.to_owned(), heading(rule))).collect();
    assert_eq!(written, rules);
}

#[test]
fn codes_are_used_once() {
    let codes: Vec<&str> = catalog::all().map(|rule| rule.code).collect();
    let mut unique = codes.clone();
    unique.dedup();
    assert_eq!(codes, unique);
}

#[test]
fn what_a_page_says_is_refused_is_refused_in_these_words() {
    for (code, page) in pages() {
        let Some(example) = block(&page, "## Refused", "rust") else { continue };
        let message = block(&page, "## Refused", "text").unwrap();
        assert_eq!(faults(&code, &example), message, "{code}");
    }
}

#[test]
fn what_a_page_says_is_accepted_is_accepted() {
    for (code, page) in pages() {
        let Some(example) = block(&page, "## Accepted", "rust") else { continue };
        assert_eq!(faults(&code, &example), "", "{code}");
    }
}

/// The first block of that language behind a heading.
fn block(page: &str, heading: &str, language: &str) -> Option<String> {
    let section = page.split_once(heading)?.1;
    let section = section.split("\n## ").next()?;
    let block = section.split_once(&format!("```{language}\n"))?.1;
    Some(block.split_once("\n```")?.0.to_owned())
}

/// What is said to an example, a call or an item with its attribute.
fn faults(code: &str, example: &str) -> String {
    let tokens: Vec<TokenTree> = TokenStream::from_str(example).unwrap().into_iter().collect();
    let vocabulary = vocabulary(code);
    let errors = if example.starts_with('#') {
        let attribute = inside(&inside(&tokens[1]).into_iter().last().unwrap());
        let item = tokens[2..].iter().cloned().collect();
        narrated(attribute, item, &vocabulary).err().map(|refused| refused.errors)
    } else {
        narrate(inside(&tokens[2]), &vocabulary).err().map(|refused| refused.errors)
    };
    let faults: Vec<String> =
        errors.unwrap_or_else(Errors::new).iter().map(ToString::to_string).collect();
    faults.join("\n")
}

fn inside(token: &TokenTree) -> TokenStream {
    match token {
        TokenTree::Group(group) => group.stream(),
        token => panic!("`{token}` is no group"),
    }
}

/// The vocabulary of the pages, in a crate of the actor `pool-managerd`; on the
/// page about calls without an actor, in a crate without one.
fn vocabulary(code: &str) -> Vocabulary {
    let crate_folder = tempfile::tempdir().unwrap();
    let metadata = "[package.metadata.narration]\nactor = \"pool-managerd\"\n";
    let actor = if code == catalog::NO_ACTOR.code { "" } else { metadata };
    let manifest =
        format!("[package]\nname = \"pages\"\nversion = \"0.1.0\"\n{actor}[workspace]\n");
    fs::write(crate_folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(folder().join("narration.toml"), crate_folder.path().join("narration.toml")).unwrap();
    Vocabulary::new(Arc::new(load(crate_folder.path(), None)))
}
