//! Where the runtime crate is: the only place that spells its paths.
//!
//! In: the name under which the caller's manifest has the runtime, or the path
//! the caller gave. Out: absolute paths, so that no name in the caller's scope
//! can come between.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

/// The runtime's paths as the caller's crate can name them.
pub(crate) struct Paths {
    runtime: TokenStream,
}

impl Paths {
    /// The path a call gave itself (`crate = …`), else the manifest's
    /// (`[package.metadata.narration] crate`), else the dependency's name.
    pub(crate) fn new(
        given: Option<TokenStream>,
        configured: Option<&str>,
        dependency: Option<&str>,
    ) -> Self {
        let configured = || configured.and_then(|path| path.parse::<TokenStream>().ok());
        let runtime = given.or_else(configured).unwrap_or_else(|| {
            let name = Ident::new(dependency.unwrap_or("narration_runtime"), Span::call_site());
            quote!(::#name)
        });
        Self { runtime }
    }

    /// Something the runtime keeps for expansions alone.
    pub(crate) fn private(&self, name: &str) -> TokenStream {
        let Self { runtime } = self;
        let name = Ident::new(name, Span::mixed_site());
        quote!(#runtime::__private::#name)
    }

    /// Brings private things into scope: traits for their methods alone, and
    /// what has a short name there.
    pub(crate) fn import(&self, traits: &[&str], named: &[&str]) -> TokenStream {
        let Self { runtime } = self;
        let ident = |name: &&str| Ident::new(name, Span::mixed_site());
        let (traits, named) = (traits.iter().map(ident), named.iter().map(ident));
        quote! {
            #[allow(unused_imports)]
            use #runtime::__private::{#(#traits as _,)* #(#named,)*};
        }
    }

    /// A level as tracing spells it.
    pub(crate) fn level(&self, level: narration_taxonomy::Level) -> TokenStream {
        use narration_taxonomy::Level::{Debug, Error, Info, Trace, Warn};
        let name = match level {
            Trace => "TRACE",
            Debug => "DEBUG",
            Info => "INFO",
            Warn => "WARN",
            Error => "ERROR",
        };
        self.variant("Level", name)
    }

    /// A class of the vocabulary.
    pub(crate) fn class(&self, class: narration_taxonomy::Class) -> TokenStream {
        self.variant("Class", &format!("{class:?}"))
    }

    /// A variant or an associated item of something private.
    pub(crate) fn variant(&self, of: &str, name: &str) -> TokenStream {
        let (of, name) = (self.private(of), Ident::new(name, Span::mixed_site()));
        quote!(#of::#name)
    }
}

impl ToTokens for Paths {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.runtime.to_tokens(tokens);
    }
}
