//! What stands between the parentheses, as written: duplicates included.
//!
//! In: nothing. Out: the shape that `narrate!` and `#[narrated]` share. Whether
//! any of it is allowed is not known here.

use narration_taxonomy::nearest;
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::LitStr;

use crate::narration::Sigil;

/// The arguments of a call or an attribute, in the order of writing per kind.
#[derive(Clone, Default)]
pub struct Arguments {
    /// The actor handed down by an enclosing `#[narrated(actor = …)]`.
    pub scope: Option<LitStr>,
    /// `actor = "…"`.
    pub actor: Vec<Setting<LitStr>>,
    /// `action = "…"`, or the first text of the short form.
    pub action: Vec<Setting<LitStr>>,
    /// `target = …`.
    pub target: Vec<Setting<Expression>>,
    /// `human = "…"`, or the second text of the short form.
    pub human: Vec<Setting<LitStr>>,
    /// `level = "…"`.
    pub level: Vec<Setting<LitStr>>,
    /// `crate = path`.
    pub runtime: Vec<Setting<TokenStream>>,
    /// `error_kind = …`, in an attribute.
    pub error_kind: Vec<Setting<Expression>>,
    /// `skip(…)`, in an attribute.
    pub skip: Vec<Ident>,
    /// The fields.
    pub fields: Vec<FieldArgument>,
    /// Tokens that could not be read, for recovery only.
    pub unread: Vec<TokenStream>,
}

/// `key = value`, or a value whose place says what it is.
#[derive(Clone)]
pub struct Setting<T> {
    /// The key; absent in the short form.
    pub key: Option<Ident>,
    /// The value.
    pub value: T,
}

/// A field: `name`, `name = value`, `%name`, `?name`.
#[derive(Clone, Debug)]
pub struct FieldArgument {
    /// Its name.
    pub name: Ident,
    /// Its value; for a shorthand the variable of that name.
    pub value: Expression,
}

/// A value with its sigil, if it has one.
#[derive(Clone, Debug)]
pub struct Expression {
    /// How it is turned to text.
    pub sigil: Sigil,
    /// The expression, without the sigil.
    pub tokens: TokenStream,
}

impl<T: ToTokens> Setting<T> {
    /// The token to point at when it is this setting's presence that is wrong.
    #[must_use]
    pub fn place(&self) -> TokenStream {
        self.key.as_ref().map_or_else(|| self.value.to_token_stream(), ToTokens::to_token_stream)
    }
}

impl ToTokens for Expression {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl Arguments {
    /// Every expression the user wrote, so that a refused call can still use
    /// them: no variable looks unused because of a fault elsewhere.
    pub fn expressions(&self) -> impl Iterator<Item = &TokenStream> {
        let fields = self.fields.iter().map(|field| &field.value.tokens);
        let target = self.target.iter().map(|setting| &setting.value.tokens);
        fields.chain(target).chain(&self.unread)
    }

    /// Whether any `key = value` was read so far, fields apart.
    pub(crate) fn any_key(&self) -> bool {
        let keyed = |texts: &[Setting<LitStr>]| texts.iter().any(|text| text.key.is_some());
        let texts = [&self.actor, &self.action, &self.human, &self.level];
        texts.into_iter().any(|texts| keyed(texts))
            || !self.target.is_empty()
            || !self.runtime.is_empty()
    }

    /// Fields whose names are near to one of `keys`: where the key is missing,
    /// they are meant for it.
    pub(crate) fn misspelt(&self, keys: &[&'static str]) -> impl Iterator<Item = &Ident> {
        let near = move |name: &&Ident| nearest(&name.to_string(), keys.iter().copied()).is_some();
        self.fields.iter().map(|field| &field.name).filter(near)
    }

    /// The places of all arguments but the actor.
    pub(crate) fn beside_actor(&self) -> Vec<TokenStream> {
        fn places<T: ToTokens>(settings: &[Setting<T>]) -> impl Iterator<Item = TokenStream> {
            settings.iter().map(Setting::place)
        }
        let texts = [&self.action, &self.human, &self.level];
        let names = self.skip.iter().chain(self.fields.iter().map(|field| &field.name));
        texts
            .into_iter()
            .flat_map(|texts| places(texts))
            .chain(places(&self.target))
            .chain(places(&self.error_kind))
            .chain(names.map(ToTokens::to_token_stream))
            .collect()
    }

    /// The token that names the action, for what concerns the call as a whole.
    #[must_use]
    pub fn place(&self) -> TokenStream {
        self.action.first().map(|action| action.value.to_token_stream()).unwrap_or_default()
    }

    /// The span of [`Arguments::place`].
    #[must_use]
    pub fn span(&self) -> Span {
        self.action.first().map_or_else(Span::call_site, |action| action.value.span())
    }
}
