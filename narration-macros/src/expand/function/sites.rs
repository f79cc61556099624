//! The six static sites of a fn, and what fills them when it starts.
//!
//! In: a resolved story. Out: statics, and the expression that begins the
//! story. Values are numbered so: what is known at the end, then the recorded
//! fields, then what only a text or the target needs.

use narration_syntax::narration::{Ending, Story, Target, Telling};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::expand::event::bound;
use crate::expand::site::{self, Kind};
use crate::expand::text::{self, Numbering};
use crate::expand::words::{self, TargetAt, Words};
use crate::expand::{Context, value};

/// What an ending without an error knows, in the order of the record.
const ENDED: [Ending; 2] = [Ending::Outcome, Ending::DurationMs];

/// What a failure or a panic knows, in the order of the record.
const FAILED: [Ending; 4] = [Ending::Outcome, Ending::Error, Ending::ErrorKind, Ending::DurationMs];

/// The static sites, and the one that holds them all.
pub(super) fn sites(context: &Context<'_>, story: &Story) -> TokenStream {
    let paths = context.paths;
    let span_name = static_name("span");
    let span_words =
        Words::new(context, &words::fields(paths, &story.fields), &[], &TargetAt::None);
    let span_fields = story.fields.iter().map(|field| field.name.as_str());
    let span =
        site::site(context, &span_name, &Kind::Span, &story.start.site, span_fields, &span_words);

    let mut extras = 0;
    let tellings: TokenStream = tellings(story)
        .into_iter()
        .map(|telling| told(context, story, &telling, &mut extras))
        .collect();

    let (ty, name) = (paths.private("StorySite"), static_name("story"));
    let members = ["span", "start", "ok", "failed", "cancelled", "panicked"];
    let members = members.map(|member| {
        let (member, site) = (Ident::new(member, Span::mixed_site()), static_name(member));
        quote!(#member: &#site)
    });
    quote!(#span #tellings static #name: #ty = #ty { #(#members),* };)
}

/// `let story = …;`: the values are looked at only when somebody listens.
pub(super) fn begin(context: &Context<'_>, story: &Story) -> TokenStream {
    let paths = context.paths;
    let (site, local) = (static_name("story"), super::name());
    let (silent, conversions) = (paths.variant("Story", "silent"), value::conversions(paths));
    let names: Vec<Ident> = (0..story.fields.len()).map(bound).collect();
    let target = match &story.target {
        Some(Target::Value(value)) => Some((value, Ident::new("target", Span::mixed_site()))),
        _ => None,
    };
    let borrowed = story.fields.iter().map(|field| value::borrow(&field.value));
    let borrowed = borrowed.chain(target.iter().map(|(target, _)| value::borrow(target)));
    let all_names = names.iter().chain(target.iter().map(|(_, name)| name));
    let typed =
        story.fields.iter().zip(&names).map(|(field, name)| value::typed(paths, field, name));
    let extras = extras(story).into_iter().filter_map(|(index, spec)| {
        Some(value::formatted(paths, story.fields.get(index)?, names.get(index)?, &spec))
    });
    let free = target.iter().map(|(target, name)| value::free(paths, target, name));
    let values = typed.chain(extras).chain(free);
    quote! {
        let #local = if #site.enabled() {
            match (#(#borrowed,)*) {
                (#(#all_names,)*) => {
                    #conversions
                    #site.begin(&[#(#values),*])
                }
            }
        } else {
            #silent()
        };
    }
}

/// One of the narrations of a fn: its name among the statics and what is known when it is told.
struct Told<'s> {
    name: &'static str,
    telling: &'s Telling,
    endings: &'static [Ending],
}

fn tellings(story: &Story) -> [Told<'_>; 5] {
    [
        Told { name: "start", telling: &story.start, endings: &[] },
        Told { name: "ok", telling: &story.ok, endings: &ENDED },
        Told { name: "failed", telling: &story.failed, endings: &FAILED },
        Told { name: "cancelled", telling: &story.cancelled, endings: &ENDED },
        Told { name: "panicked", telling: &story.panicked, endings: &FAILED },
    ]
}

/// One static site. `extras` counts the extra values of the texts before it.
fn told(context: &Context<'_>, story: &Story, told: &Told<'_>, extras: &mut usize) -> TokenStream {
    let paths = context.paths;
    let first_field = told.endings.len();
    let first_extra = first_field + story.fields.len() + *extras;
    let numbering = Numbering { first_field, first_extra, endings: told.endings };
    let text = text::text(paths, &told.telling.text, &numbering);
    *extras += text.extras.len();
    let target = match &story.target {
        None => TargetAt::None,
        Some(Target::Literal(text)) => TargetAt::Literal(text.clone()),
        Some(Target::Field(index)) => TargetAt::Value(first_field + index),
        Some(Target::Value(_)) => {
            TargetAt::Value(first_field + story.fields.len() + self::extras(story).len())
        }
    };
    let fields: Vec<TokenStream> =
        told.endings.iter().map(|ending| ending_field(context, *ending)).collect();
    let names = told.endings.iter().map(|ending| ending_name(*ending));
    let words = Words::new(context, &fields, &text.pieces, &target);
    site::site(context, &static_name(told.name), &Kind::Event, &told.telling.site, names, &words)
}

/// The format specifications of all texts, in the order of the extra values.
fn extras(story: &Story) -> Vec<(usize, String)> {
    use narration_syntax::narration::Piece;
    let pieces = tellings(story).into_iter().flat_map(|told| &told.telling.text);
    let specified = pieces.filter_map(|piece| match piece {
        Piece::Field { index, spec } if !spec.is_empty() => Some((*index, spec.clone())),
        _ => None,
    });
    specified.collect()
}

/// What the vocabulary says about a built-in field of an ending.
fn ending_field(context: &Context<'_>, ending: Ending) -> TokenStream {
    let taxonomy = context.governing.vocabulary.taxonomy();
    let field = taxonomy.field(ending_name(ending));
    let (class, ty) = field
        .map_or((narration_taxonomy::Class::Text, &narration_taxonomy::Type::String), |field| {
            (field.class, &field.ty)
        });
    words::field(context.paths, class, ty)
}

fn ending_name(ending: Ending) -> &'static str {
    match ending {
        Ending::DurationMs => "duration_ms",
        Ending::Error => "error",
        Ending::ErrorKind => "error_kind",
        Ending::Outcome => "outcome",
    }
}

fn static_name(of: &str) -> Ident {
    format_ident!("__NARRATION_{}", of.to_uppercase(), span = Span::mixed_site())
}
