//! The fn around a place in a source.
//!
//! In: the text of a file. Out: for an offset, the names of the modules, types
//! and fns around it, from the outside in.

use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, ImplItemFn, ItemFn, ItemImpl, ItemMod, TraitItemFn, Type};

/// What has a name in a file, with its stretch in bytes.
#[derive(Default)]
pub(super) struct Enclosing(Vec<(Range<usize>, String)>);

impl Enclosing {
    /// Of a file; one that is no Rust encloses nothing.
    pub(super) fn of(source: &str) -> Self {
        let mut enclosing = Self::default();
        if let Ok(file) = syn::parse_file(source) {
            enclosing.visit_file(&file);
        }
        enclosing
    }

    /// The names around an offset, `::` between them.
    pub(super) fn at(&self, offset: usize) -> String {
        let around = self.0.iter().filter(|(range, _)| range.contains(&offset));
        around.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("::")
    }

    /// An attribute belongs to what it stands on.
    fn add(&mut self, attributes: &[Attribute], item: Span, name: &Ident) {
        let item = item.byte_range();
        let first = attributes.first().map(|attribute| attribute.span().byte_range().start);
        self.0.push((
            first.map_or(item.start, |first| first.min(item.start))..item.end,
            name.to_string(),
        ));
    }
}

impl<'a> Visit<'a> for Enclosing {
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        self.add(&item.attrs, item.span(), &item.ident);
        visit::visit_item_mod(self, item);
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if let Type::Path(path) = &*item.self_ty
            && let Some(last) = path.path.segments.last()
        {
            self.add(&item.attrs, item.span(), &last.ident);
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.add(&item.attrs, item.span(), &item.sig.ident);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        self.add(&item.attrs, item.span(), &item.sig.ident);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a TraitItemFn) {
        self.add(&item.attrs, item.span(), &item.sig.ident);
        visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_what_is_around_it() {
        let source = "mod é { impl Pool<u8> { #[narrated(a)] fn drain(&self) { x!() } } }\nfn free() { y!() }";
        let enclosing = Enclosing::of(source);
        let at = |what: &str| enclosing.at(source.find(what).unwrap());
        assert_eq!(at("x!"), "é::Pool::drain");
        assert_eq!(at("narrated"), "é::Pool::drain");
        assert_eq!(at("y!"), "free");
        assert_eq!(Enclosing::of("fn {").at(0), "");
    }
}
