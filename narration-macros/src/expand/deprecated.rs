//! rustc's own deprecation warning, at the caller's token.
//!
//! In: names on their way out. Out: uses of deprecated constants, which rustc
//! warns about as it does about any other.

use narration_syntax::narration::Deprecation;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

/// One deprecated constant, used once, for each name.
pub(super) fn deprecated(names: &[Deprecation]) -> TokenStream {
    names.iter().map(one).collect()
}

fn one(name: &Deprecation) -> TokenStream {
    let note = &name.note;
    let since = name.since.iter();
    let constant: String =
        name.name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let declared = Ident::new(&constant, Span::mixed_site());
    let used = Ident::new(&constant, name.span.resolved_at(Span::mixed_site()));
    let using = quote_spanned!(name.span.resolved_at(Span::mixed_site())=> let _ = #used;);
    quote! {{
        #[allow(non_upper_case_globals)]
        #[deprecated(#(since = #since,)* note = #note)]
        const #declared: () = ();
        #using
    }}
}
