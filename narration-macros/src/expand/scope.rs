//! `scope!`, expanded.
//!
//! In: fields. Out: an expression of type `Span`: a span that hands them down
//! to every narration inside it.

use narration_syntax::Deprecation;
use narration_syntax::narration::{FieldValue, Site};
use narration_taxonomy::Level;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::deprecated::deprecated;
use super::event::bound;
use super::site::{self, Kind};
use super::track::track;
use super::words::{self, TargetAt, Words};
use super::{Context, value};

/// Expands one scope.
pub(crate) fn scope(
    context: &Context<'_>,
    fields: &[FieldValue],
    deprecations: &[Deprecation],
) -> TokenStream {
    let paths = context.paths;
    let name = Ident::new("__NARRATION", Span::mixed_site());
    let words = Words::new(context, &words::fields(paths, fields), &[], &TargetAt::None);
    let names = fields.iter().map(|field| field.name.as_str());
    let nobody =
        Site { actor: "narration".to_owned(), action: "scope".to_owned(), level: Level::Error };
    let site = site::site(context, &name, &Kind::Span, &nobody, names, &words);
    let bound: Vec<Ident> = (0..fields.len()).map(bound).collect();
    let borrowed = fields.iter().map(|field| value::borrow(&field.value));
    let typed = fields.iter().zip(&bound).map(|(field, bound)| value::typed(paths, field, bound));
    let (error, conversions) = (paths.level(Level::Error), value::conversions(paths));
    let none = paths.private("Span");
    let (track, deprecated) = (track(context), deprecated(deprecations));
    quote! {{
        #track
        #deprecated
        #site
        if #name.enabled(#error) {
            match (#(#borrowed,)*) {
                (#(#bound,)*) => {
                    #conversions
                    #name.open(&[#(#typed),*])
                }
            }
        } else {
            #none::none()
        }
    }}
}
