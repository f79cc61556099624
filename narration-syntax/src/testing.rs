//! For tests only: a small vocabulary, and faults as a reader sees them.
//!
//! In: Rust source as text. Out: the codes, messages and underlined words.

use std::str::FromStr as _;
use std::sync::Arc;

use narration_taxonomy::load;
use proc_macro2::TokenStream;

use crate::errors::{Errors, Fault};
use crate::vocabulary::Vocabulary;

/// The vocabulary most tests use.
pub(crate) const VOCABULARY: &str = include_str!("testing/narration.toml");

/// A manifest without an actor.
const MANIFEST: &str = "[package]\nname = \"service\"\nversion = \"0.1.0\"\n";

/// The small vocabulary; the crate has no actor of its own.
pub(crate) fn vocabulary() -> Vocabulary {
    vocabulary_of(VOCABULARY, MANIFEST)
}

/// The small vocabulary in a crate of the actor `pool-managerd`.
pub(crate) fn crate_of_pool_managerd() -> Vocabulary {
    let manifest = format!("{MANIFEST}[package.metadata.narration]\nactor = \"pool-managerd\"\n");
    vocabulary_of(VOCABULARY, &manifest)
}

/// A vocabulary from its text and the manifest of its crate.
pub(crate) fn vocabulary_of(text: &str, manifest: &str) -> Vocabulary {
    let folder = tempfile::tempdir().unwrap();
    // A workspace of its own: discovery ends here.
    let manifest = format!("{manifest}[workspace]\n");
    std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.path().join("narration.toml"), text).unwrap();
    Vocabulary::new(Arc::new(load(folder.path(), None)))
}

/// Source as tokens.
pub(crate) fn tokens(source: &str) -> TokenStream {
    TokenStream::from_str(source).unwrap()
}

/// Each fault as its code and the words it underlines; `the call` for the whole.
pub(crate) fn underlined(errors: &Errors) -> Vec<(&'static str, String)> {
    errors.iter().map(|fault| (fault.rule.code, source(fault))).collect()
}

fn source(fault: &Fault) -> String {
    fault.extent.span().source_text().unwrap_or_else(|| "the call".to_owned())
}

/// The whole text of the only fault.
pub(crate) fn message(errors: &Errors) -> String {
    let faults: Vec<_> = errors.iter().collect();
    assert_eq!(faults.len(), 1, "{:?}", underlined(errors));
    faults[0].to_string()
}

/// Tokens as text, to be compared.
pub(crate) fn printed(tokens: &TokenStream) -> String {
    tokens.to_string()
}
