//! How much of which action is told, expanded.
//!
//! In: `sample` and `limit` of actors and actions. Out: a reference to a static
//! table, or nothing where all is told, so that most programs carry none.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;

/// An expression of type `Option<&'static [Rate]>`.
pub(super) fn sampling(context: &Context<'_>) -> TokenStream {
    let rate = context.paths.private("Rate");
    let mut rates = Vec::new();
    for actor in &context.governing.vocabulary.taxonomy().actors {
        for action in &actor.actions {
            let sample = action.rate.sample.as_ref().or(actor.rate.sample.as_ref());
            let limit = action.rate.limit.as_ref().or(actor.rate.limit.as_ref());
            if sample.is_none() && limit.is_none() {
                continue;
            }
            let target = format!("{}::{}", actor.name, action.name);
            let sample = pair(sample.map(|sample| (sample.value.kept, sample.value.of)));
            let limit = pair(limit.map(|limit| (limit.value.most, limit.value.seconds)));
            rates.push(quote!(#rate { target: #target, sample: #sample, limit: #limit }));
        }
    }
    if rates.is_empty() {
        quote!(::core::option::Option::None)
    } else {
        quote!(::core::option::Option::Some(&[#(#rates),*]))
    }
}

fn pair(numbers: Option<(u32, u32)>) -> TokenStream {
    match numbers {
        None => quote!(::core::option::Option::None),
        Some((first, second)) => quote!(::core::option::Option::Some((#first, #second))),
    }
}
