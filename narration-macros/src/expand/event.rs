//! `narrate!`, expanded.
//!
//! In: a resolved narration. Out: a static site, the enabled check, and behind
//! it — nowhere before — the caller's expressions and one call of the runtime.

use narration_syntax::narration::{Narration, Target};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::deprecated::deprecated;
use super::site::{self, Kind};
use super::text::{self, Numbering};
use super::track::track;
use super::words::{self, TargetAt, Words};
use super::{Context, value};

/// Expands one narration.
pub(crate) fn event(context: &Context<'_>, narration: &Narration) -> TokenStream {
    let paths = context.paths;
    let fields = &narration.fields;
    let numbering = Numbering { first_field: 0, first_extra: fields.len(), endings: &[] };
    let text = text::text(paths, &narration.text, &numbering);
    let (target, free) = target(narration, fields.len() + text.extras.len());

    let name = Ident::new("__NARRATION", Span::mixed_site());
    let words = Words::new(context, &words::fields(paths, fields), &text.pieces, &target);
    let names = fields.iter().map(|field| field.name.as_str());
    let site = site::site(context, &name, &Kind::Event, &narration.site, names, &words);

    let bound: Vec<Ident> = (0..fields.len()).map(bound).collect();
    let target_bound = Ident::new("target", Span::mixed_site());
    let borrowed = fields.iter().map(|field| value::borrow(&field.value));
    let borrowed = borrowed.chain(free.map(value::borrow));
    let all_bound = bound.iter().chain(free.map(|_| &target_bound));

    let typed = fields.iter().zip(&bound).map(|(field, bound)| value::typed(paths, field, bound));
    let extras = text.extras.iter().filter_map(|(index, spec)| {
        Some(value::formatted(paths, fields.get(*index)?, bound.get(*index)?, spec))
    });
    let free = free.map(|target| value::free(paths, target, &target_bound));
    let values = typed.chain(extras).chain(free);

    let (level, conversions) = (paths.level(narration.site.level), value::conversions(paths));
    let (track, deprecated) = (track(context), deprecated(&narration.deprecations));
    quote! {{
        #track
        #deprecated
        #site
        if #name.enabled(#level) {
            match (#(#borrowed,)*) {
                (#(#all_bound,)*) => {
                    #conversions
                    #name.tell(&[#(#values),*])
                }
            }
        }
    }}
}

/// The name the value of a field is bound to.
pub(super) fn bound(index: usize) -> Ident {
    format_ident!("value_{index}", span = Span::mixed_site())
}

/// Where the target is, and the expression that is evaluated for it alone.
fn target(
    narration: &Narration,
    next: usize,
) -> (TargetAt, Option<&narration_syntax::narration::Value>) {
    match &narration.target {
        None => (TargetAt::None, None),
        Some(Target::Literal(text)) => (TargetAt::Literal(text.clone()), None),
        Some(Target::Field(index)) => (TargetAt::Value(*index), None),
        Some(Target::Value(value)) => (TargetAt::Value(next), Some(value)),
    }
}
