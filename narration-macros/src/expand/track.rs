//! Makes a crate rebuild when its vocabulary changes.
//!
//! In: the files an answer depends on. Out: constants that name them to rustc;
//! their value is never used, and the program holds none of their bytes.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::vocabulary::OVERRIDE;

/// Names the tracked files and the variable that overrides them.
pub(super) fn track(context: &Context<'_>) -> TokenStream {
    let files = context.governing.tracked.iter().filter_map(|path| path.to_str());
    quote! {
        const _: (&[&[::core::primitive::u8]], ::core::option::Option<&::core::primitive::str>) =
            (&[#(::core::include_bytes!(#files)),*], ::core::option_env!(#OVERRIDE));
    }
}
