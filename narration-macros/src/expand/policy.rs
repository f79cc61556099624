//! The vocabulary's `[redaction]` section, expanded.
//!
//! In: the section. Out: a reference to a static policy, or nothing where the
//! default rules hold, so that most programs carry none.

use narration_taxonomy::{PiiMode, Placed, Redaction, RedactionPattern};
use proc_macro2::TokenStream;
use quote::quote;

use super::Context;

/// An expression of type `Option<&'static Policy>`.
pub(super) fn policy(context: &Context<'_>) -> TokenStream {
    let redaction = &context.governing.vocabulary.taxonomy().redaction;
    if *redaction == Redaction::default() {
        return quote!(::core::option::Option::None);
    }
    let policy = context.paths.private("Policy");
    let [pii, off, allow] =
        [&redaction.pii, &redaction.off, &redaction.allow].map(|words| texts(words));
    let mode = match redaction.mode {
        PiiMode::Mask => "mask",
        PiiMode::Hash => "hash",
        PiiMode::Partial => "partial",
    };
    let (mut patterns, mut prefixes) = (Vec::new(), Vec::new());
    for rule in &redaction.rules {
        let name = &rule.name.value;
        match &rule.pattern {
            RedactionPattern::Regex(Placed { value, .. }) => patterns.push(quote!((#name, #value))),
            RedactionPattern::Prefix(Placed { value, .. }) => {
                prefixes.push(quote!((#name, #value)))
            }
        }
    }
    quote! {
        ::core::option::Option::Some(&#policy {
            pii: #pii, mode: #mode, off: #off, allow: #allow,
            patterns: &[#(#patterns),*], prefixes: &[#(#prefixes),*],
        })
    }
}

fn texts(words: &[Placed<String>]) -> TokenStream {
    let words = words.iter().map(|word| &word.value);
    quote!(&[#(#words),*])
}
