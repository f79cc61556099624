//! Faults at their tokens, and the vocabulary they are held against.
//!
//! In: a source text and what was refused in it. Out: an assertion that every
//! fault points into the text.

use std::str::FromStr as _;
use std::sync::{Arc, OnceLock};

use narration_syntax::{Errors, Vocabulary};
use narration_taxonomy::{Loaded, parse};
use proc_macro2::TokenStream;

/// The vocabulary that calls are held against.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let mut loaded = Loaded::default();
        let (taxonomy, problems) = parse(include_str!("../depot.toml"));
        loaded.taxonomy = taxonomy;
        loaded.problems = problems;
        let vocabulary = Vocabulary::new(Arc::new(loaded));
        assert!(vocabulary.fault_free(), "{:?}", vocabulary.problems().collect::<Vec<_>>());
        vocabulary
    })
}

/// The tokens of a text, if it consists of tokens.
pub(crate) fn tokens(text: &str) -> Option<TokenStream> {
    // What rustc itself would refuse to nest is nobody's input.
    let deep = text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count() > 120;
    if deep { None } else { TokenStream::from_str(text).ok() }
}

/// Every fault points into the text, says what is wrong and becomes one compile error.
pub(crate) fn point_inside(text: &str, errors: Errors) {
    let lines = text.split('\n').count();
    for fault in &errors {
        let (start, end) = (fault.extent.start.start(), fault.extent.end.end());
        assert!(end.line <= lines && start.line <= end.line, "{fault:?}");
        assert!(!fault.message.is_empty());
    }
    let refused = !errors.is_empty();
    let shown = errors.into_compile_errors().to_string();
    assert_eq!(refused, shown.contains("compile_error"), "{shown}");
    assert!(TokenStream::from_str(&shown).is_ok(), "{shown}");
}
