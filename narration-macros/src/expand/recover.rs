//! What stands in the place of something refused.
//!
//! In: compile errors, and what the caller wrote. Out: the errors, and the
//! caller's own expressions or item, so that one fault stays one message and
//! editors go on knowing every name.

use proc_macro2::TokenStream;
use quote::quote;

/// A refused call: its values are still looked at.
pub(crate) fn call(errors: TokenStream, expressions: &[TokenStream]) -> TokenStream {
    quote! {{
        #errors
        #[allow(unreachable_code)]
        if false {
            #(let _ = &(#expressions);)*
        }
    }}
}

/// A refused attribute: its item lives on.
pub(crate) fn item(errors: TokenStream, item: &TokenStream) -> TokenStream {
    quote!(#errors #item)
}
