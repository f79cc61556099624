//! From what a call means to Rust.
//!
//! In: resolved narrations, which cannot be wrong. Out: tokens. Nothing in
//! here can fail.

pub(crate) mod actor;
pub(crate) mod event;
pub(crate) mod function;
pub(crate) mod recover;
pub(crate) mod scope;
pub(crate) mod table;

mod deprecated;
mod policy;
mod sampling;
mod site;
mod text;
mod track;
mod value;
mod words;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::paths::Paths;
use crate::vocabulary::Governing;

/// What every expansion needs besides the narration itself.
pub(crate) struct Context<'c> {
    /// Where the runtime is.
    pub(crate) paths: &'c Paths,
    /// What the crate was built from.
    pub(crate) governing: &'c Governing,
}

/// The vocabulary's `[redaction]`, with what makes the crate rebuild when it changes.
pub(crate) fn tracked_policy(context: &Context<'_>) -> TokenStream {
    let (track, policy) = (track::track(context), policy::policy(context));
    quote!({ #track #policy })
}

/// How much of which action is told, with what makes the crate rebuild when it changes.
pub(crate) fn tracked_sampling(context: &Context<'_>) -> TokenStream {
    let (track, sampling) = (track::track(context), sampling::sampling(context));
    quote!({ #track #sampling })
}
