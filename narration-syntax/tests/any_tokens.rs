//! Whatever tokens come: no panic, a fault for what is wrong, nothing lost.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::str::FromStr as _;
use std::sync::{Arc, OnceLock};

use narration_syntax::{Vocabulary, hand_down, narrate, narrated, scan};
use narration_taxonomy::load;
use proc_macro2::TokenStream;
use proptest::prelude::*;

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let manifest = "[package]\nname = \"x\"\nversion = \"0.1.0\"\n[workspace]\n[package.metadata.narration]\nactor = \"a\"\n";
        let words = "[narration]\nversion = 1\n[fields]\nx = { type = \"u64\" }\ny = { type = \"string\" }\n\
                     [actors.a.actions.b]\nfields = [\"x?\", \"y?\"]\nhuman = \"Told\"\n";
        std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        std::fs::write(folder.path().join("narration.toml"), words).unwrap();
        Vocabulary::new(Arc::new(load(folder.path(), None)))
    })
}

/// Tokens that calls, attributes and items are made of, in any order.
fn soup() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "narrate",
        "narrated",
        "actor",
        "action",
        "human",
        "target",
        "level",
        "crate",
        "skip",
        "x",
        "y",
        "a",
        "b",
        "\"a\"",
        "\"b\"",
        "\"Told {x}\"",
        "\"{\"",
        "\"\"",
        "\"info\"",
        "3",
        "-3",
        "2.5",
        "true",
        "'c'",
        "b\"z\"",
        "=",
        "==",
        ",",
        ",",
        ",",
        "%",
        "?",
        "@",
        "!",
        "#",
        ":",
        "::",
        ".",
        "->",
        "<",
        ">",
        ";",
        "fn",
        "f",
        "async",
        "const",
        "impl",
        "mod",
        "pub",
        "self",
        "mut",
        "&",
        "|",
    ])
    .prop_map(str::to_owned);
    word.prop_recursive(4, 40, 8, |inner| {
        (
            prop::collection::vec(inner, 0..8),
            prop::sample::select(vec![("(", ")"), ("[", "]"), ("{", "}")]),
        )
            .prop_map(|(words, (open, close))| format!("{open} {} {close}", words.join(" ")))
    })
}

fn soups() -> impl Strategy<Value = String> {
    prop::collection::vec(soup(), 0..14).prop_map(|words| words.join(" "))
}

fn tokens(source: &str) -> TokenStream {
    TokenStream::from_str(source).unwrap()
}

fn actor(name: &str) -> syn::LitStr {
    syn::LitStr::new(name, proc_macro2::Span::call_site())
}

proptest! {
    #[test]
    fn a_call_is_resolved_or_refused_with_a_reason(source in soups()) {
        if let Err(refused) = narrate(tokens(&source), vocabulary()) {
            let handed_down = source.contains('@');
            prop_assert!(!refused.errors.is_empty() || handed_down);
        }
    }

    #[test]
    fn a_refused_item_is_given_out_again(attribute in soups(), item in soups()) {
        if let Err(refused) = narrated(tokens(&attribute), tokens(&item), vocabulary())
            && !attribute.contains("actor")
        {
            prop_assert_eq!(refused.item.to_string(), tokens(&item).to_string());
        }
    }

    #[test]
    fn the_last_scope_to_hand_its_actor_down_wins(source in soups()) {
        let twice = hand_down(hand_down(tokens(&source), &actor("outer")), &actor("inner"));
        prop_assert_eq!(twice.to_string(), hand_down(tokens(&source), &actor("inner")).to_string());
    }

    #[test]
    fn what_holds_no_narration_is_passed_through(source in soups()) {
        let source = source.replace("narrate", "print");
        prop_assert_eq!(hand_down(tokens(&source), &actor("a")).to_string(), tokens(&source).to_string());
    }

    #[test]
    fn any_text_is_scanned_or_refused(source in soups(), noise in "\\PC{0,12}") {
        let _ = scan::calls(&format!("{source}{noise}"));
        prop_assert!(scan::calls(&source).is_ok());
    }
}
