//! How much of which action is told, expanded.
//!
//! In: `sample` and `limit` of levels, actors and actions. Out: a reference to
//! a static table, or nothing where all is told, so that most programs carry none.

use narration_taxonomy::{Level, LevelRate, Rate};
use proc_macro2::TokenStream;
use quote::quote;

use super::Context;

/// An expression of type `Option<&'static [Rate]>`.
pub(super) fn sampling(context: &Context<'_>) -> TokenStream {
    let taxonomy = context.governing.vocabulary.taxonomy();
    let mut rates = Vec::new();
    for actor in &taxonomy.actors {
        for action in &actor.actions {
            let target = format!("{}::{}", actor.name, action.name);
            let own = Rate {
                sample: action.rate.sample.clone().or(actor.rate.sample.clone()),
                limit: action.rate.limit.clone().or(actor.rate.limit.clone()),
            };
            if own != Rate::default() {
                rates.push(rate(context, &target, None, &own));
                continue;
            }
            // A call may have a level of its own, so that each action has every level.
            let levels = taxonomy.levels.iter();
            rates.extend(levels.map(|LevelRate { level, rate: by_level }| {
                rate(context, &target, Some(*level), by_level)
            }));
        }
    }
    if rates.is_empty() {
        quote!(::core::option::Option::None)
    } else {
        quote!(::core::option::Option::Some(&[#(#rates),*]))
    }
}

fn rate(context: &Context<'_>, target: &str, level: Option<Level>, rate: &Rate) -> TokenStream {
    let this = context.paths.private("Rate");
    let level = match level {
        None => quote!(::core::option::Option::None),
        Some(level) => {
            let level = context.paths.variant("TableLevel", &format!("{level:?}"));
            quote!(::core::option::Option::Some(#level))
        }
    };
    let sample = pair(rate.sample.as_ref().map(|sample| (sample.value.kept, sample.value.of)));
    let limit = pair(rate.limit.as_ref().map(|limit| (limit.value.most, limit.value.seconds)));
    quote!(#this { target: #target, level: #level, sample: #sample, limit: #limit })
}

fn pair(numbers: Option<(u32, u32)>) -> TokenStream {
    match numbers {
        None => quote!(::core::option::Option::None),
        Some((first, second)) => quote!(::core::option::Option::Some((#first, #second))),
    }
}
