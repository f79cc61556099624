//! The body of a fn, handed to the runtime.
//!
//! In: the signature and the untouched body. Out: the body as a closure, as a
//! future, or — where a fn only makes a future, as those of `async_trait` do —
//! with that future told.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{GenericArgument, PathArguments, ReturnType, Signature, Type};

use super::Begin;
use crate::paths::Paths;

/// The statements that begin the story, run the body and tell its outcome.
pub(super) fn told(
    paths: &Paths,
    sig: &Signature,
    body: TokenStream,
    begin: &Begin,
    failed: &TokenStream,
) -> TokenStream {
    let Begin { told, tokens: start } = begin;
    if sig.asyncness.is_some() {
        let future = future(paths, output(&sig.output), &body);
        return quote!(#start #told.follow(#future, #failed).await);
    }
    if let Some(made) = Made::find(&body) {
        let future = future(paths, promised(&sig.output), &made.body);
        let (before, around) = (&made.before, &made.around);
        let told = quote!(async move { #start #told.follow(#future, #failed).await });
        return if *around { quote!(#before (#told)) } else { quote!(#before #told) };
    }
    let output = output(&sig.output);
    quote!(#start #told.run(move || -> #output { #body }, #failed))
}

/// The body as a future. The branch that is never taken tells rustc the type,
/// so that `?` and literals in the body find it.
fn future(paths: &Paths, output: Option<TokenStream>, body: &TokenStream) -> TokenStream {
    let hint = output.map(|output| {
        let never = paths.private("never");
        // At the type itself: there rustc shows why it expects it.
        let span = output.span().resolved_at(Span::mixed_site());
        let local = Ident::new("returned", span);
        let returns = quote_spanned!(span=> return #local;);
        quote! {
            #[allow(unreachable_code, clippy::diverging_sub_expression, clippy::let_unit_value)]
            if false {
                let #local: #output = #never();
                #returns
            }
        }
    });
    quote!(async move { #hint #body })
}

/// A future made by the last expression of a fn that is not async itself.
struct Made {
    before: TokenStream,
    around: bool,
    body: TokenStream,
}

impl Made {
    /// Finds `Box::pin(async move { … })` or `async move { … }` at the end.
    fn find(body: &TokenStream) -> Option<Self> {
        let trees: Vec<TokenTree> = body.clone().into_iter().collect();
        let (last, before) = trees.split_last()?;
        let TokenTree::Group(last) = last else { return None };
        match last.delimiter() {
            Delimiter::Parenthesis if ends_with(before, &["Box", ":", ":", "pin"]) => {
                let inner: Vec<TokenTree> = last.stream().into_iter().collect();
                let (block, words) = inner.split_last()?;
                let body = block_of(block)?;
                let whole = words.len() == 2 && ends_with(words, &["async", "move"]);
                whole.then(|| Self { before: before.iter().cloned().collect(), around: true, body })
            }
            Delimiter::Brace if ends_with(before, &["async", "move"]) => {
                let before = before.get(..before.len() - 2)?.iter().cloned().collect();
                Some(Self { before, around: false, body: last.stream() })
            }
            _ => None,
        }
    }
}

fn block_of(tree: &TokenTree) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    }
}

fn ends_with(trees: &[TokenTree], words: &[&str]) -> bool {
    let Some(start) = trees.len().checked_sub(words.len()) else { return false };
    trees.iter().skip(start).zip(words).all(|(tree, word)| tree.to_string() == *word)
}

/// The type a body returns, as a closure may be annotated with it.
fn output(output: &ReturnType) -> Option<TokenStream> {
    Some(match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => nameable(ty),
    })
}

/// The `Output` of the future a fn promises.
fn promised(output: &ReturnType) -> Option<TokenStream> {
    let ReturnType::Type(_, ty) = output else { return None };
    assigned(&ty.to_token_stream(), "Output")
}

/// What stands behind `name =` in nested angle brackets.
fn assigned(tokens: &TokenStream, name: &str) -> Option<TokenStream> {
    let mut trees = tokens.clone().into_iter().skip_while(|tree| tree.to_string() != name).skip(1);
    if trees.next()?.to_string() != "=" {
        return None;
    }
    let mut depth = 0usize;
    let value = trees.take_while(|tree| {
        match tree.to_string().as_str() {
            "<" => depth += 1,
            ">" if depth == 0 => return false,
            "," if depth == 0 => return false,
            ">" => depth -= 1,
            _ => {}
        }
        true
    });
    let value: TokenStream = value.collect();
    let opaque = value.clone().into_iter().any(|tree| tree.to_string() == "impl");
    (!opaque).then_some(value)
}

/// The type with `_` for every `impl Trait`, which only a signature may say.
fn nameable(ty: &Type) -> TokenStream {
    match ty {
        Type::ImplTrait(_) => quote_spanned!(ty.span()=> _),
        Type::Path(path) if path.to_token_stream().to_string().contains("impl ") => generic(path),
        Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(nameable);
            quote!((#(#parts,)*))
        }
        other => other.to_token_stream(),
    }
}

fn generic(path: &syn::TypePath) -> TokenStream {
    let mut path = path.clone();
    let Some(last) = path.path.segments.last_mut() else { return path.to_token_stream() };
    let PathArguments::AngleBracketed(arguments) = &mut last.arguments else {
        return path.to_token_stream();
    };
    for argument in &mut arguments.args {
        if let GenericArgument::Type(ty) = argument {
            *ty = Type::Verbatim(nameable(ty));
        }
    }
    path.to_token_stream()
}
