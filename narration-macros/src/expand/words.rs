//! What the runtime is told about fields, text and target.
//!
//! In: resolved fields and pieces. Out: the static tables of a site.

use narration_syntax::narration::FieldValue;
use narration_taxonomy::{Class, Type};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Context;
use super::policy::policy;
use crate::paths::Paths;

/// The static tables of one site.
pub(super) struct Words {
    tokens: TokenStream,
}

/// Where a target comes from, by the numbering of a site's values.
pub(super) enum TargetAt {
    /// There is none.
    None,
    /// It stands in the source.
    Literal(String),
    /// It is the value with this index.
    Value(usize),
}

impl Words {
    /// `fields` and `text` are the elements of their slices.
    pub(super) fn new(
        context: &Context<'_>,
        fields: &[TokenStream],
        text: &[TokenStream],
        target: &TargetAt,
    ) -> Self {
        let (paths, policy) = (context.paths, policy(context));
        let (words, kind) = (paths.private("Words"), paths.private("Target"));
        let target = match target {
            TargetAt::None => quote!(#kind::None),
            TargetAt::Literal(text) => quote!(#kind::Literal(#text)),
            TargetAt::Value(index) => quote!(#kind::Value(#index)),
        };
        Self {
            tokens: quote!(#words { fields: &[#(#fields),*], text: &[#(#text),*], target: #target, policy: #policy }),
        }
    }
}

impl ToTokens for Words {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// What a site knows about one of its fields. A constant of the runtime, where
/// one says it all: a path is checked faster than a literal of a struct, and a
/// program has thousands.
pub(super) fn field(paths: &Paths, class: Class, ty: &Type) -> TokenStream {
    let Type::Enum(words) = ty else {
        return paths.variant("Field", &format!("{class:?}").to_uppercase());
    };
    let (field, class) = (paths.private("Field"), paths.class(class));
    quote!(#field { class: #class, words: &[#(#words),*] })
}

/// The same for every field of a narration.
pub(super) fn fields(paths: &Paths, values: &[FieldValue]) -> Vec<TokenStream> {
    values.iter().map(|value| field(paths, value.class, &value.ty)).collect()
}
