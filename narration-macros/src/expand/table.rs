//! `taxonomy!` and the built-in fields, expanded.
//!
//! In: a vocabulary. Out: its static tables. They are written from the parsed
//! file, so that no list of names is kept by hand anywhere.

use narration_taxonomy::{Action, Actor, Class, Field, FieldUse, Placed, Type, builtin_fields};
use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::policy::policy;
use super::track::track;
use crate::paths::Paths;

/// `taxonomy!()`: an expression of type `&'static Table`.
pub(crate) fn table(context: &Context<'_>) -> TokenStream {
    let taxonomy = context.governing.vocabulary.taxonomy();
    let (paths, table) = (context.paths, context.paths.private("Table"));
    let class = |declared: &Field| context.governing.vocabulary.class(declared);
    let fields = taxonomy.fields.iter().map(|declared| field(paths, declared, class(declared)));
    let actors = taxonomy.actors.iter().map(|declared| actor(paths, declared));
    let (name, emitted_by, track) = (&taxonomy.name, &context.governing.emitted_by, track(context));
    let policy = policy(context);
    quote! {{
        #track
        static TABLE: #table = #table {
            name: #name,
            fields: &[#(#fields),*],
            actors: &[#(#actors),*],
            policy: #policy,
            emitted_by: #emitted_by,
        };
        &TABLE
    }}
}

/// The runtime's own table of built-in fields, and their order in a record.
pub(crate) fn builtin(paths: &Paths) -> TokenStream {
    let ty = paths.private("TableField");
    let fields = builtin_fields().iter().map(|declared| field(paths, declared, declared.class));
    let ranks = builtin_fields().iter().enumerate().filter_map(|(rank, field)| {
        let (name, rank) = (&field.name, u8::try_from(rank).ok()?);
        Some(quote!(#name => #rank,))
    });
    quote! {
        /// The built-in fields, in the order of the record.
        pub(crate) static FIELDS: &[#ty] = &[#(#fields),*];

        /// The place of a name among the built-in fields; 255 for all others.
        pub(crate) fn rank(name: &str) -> u8 {
            match name {
                #(#ranks)*
                _ => u8::MAX,
            }
        }
    }
}

fn field(paths: &Paths, field: &Field, class: Class) -> TokenStream {
    let (this, class) = (paths.private("TableField"), paths.class(class));
    let (name, ty) = (&field.name, ty(paths, &field.ty));
    let (unit, doc) = (option(field.unit.map(|unit| unit.to_string())), option(field.doc.as_ref()));
    let exposed = field.expose.is_some();
    quote!(#this { name: #name, ty: #ty, class: #class, unit: #unit, doc: #doc, exposed: #exposed })
}

fn ty(paths: &Paths, ty: &Type) -> TokenStream {
    let name = match ty {
        Type::String => "String",
        Type::U64 => "U64",
        Type::I64 => "I64",
        Type::F64 => "F64",
        Type::Bool => "Bool",
        Type::Enum(words) => {
            let variant = paths.variant("TableType", "Enum");
            return quote!(#variant(&[#(#words),*]));
        }
    };
    paths.variant("TableType", name)
}

fn actor(paths: &Paths, actor: &Actor) -> TokenStream {
    let this = paths.private("TableActor");
    let (name, doc) = (&actor.name, option(actor.doc.as_ref()));
    let actions = actor.actions.iter().map(|declared| action(paths, declared));
    quote!(#this { name: #name, doc: #doc, actions: &[#(#actions),*] })
}

fn action(paths: &Paths, action: &Action) -> TokenStream {
    let (this, name) = (paths.private("TableAction"), &action.name);
    let (when, level) = (option(action.when.as_ref()), format!("{:?}", action.level));
    let level = paths.variant("TableLevel", &level);
    let fields = action.fields.iter().map(|listed| field_use(paths, listed));
    let placed = |text: &Option<Placed<String>>| option(text.as_ref().map(|text| &text.value));
    let [target, human] = [&action.target, &action.human].map(placed);
    let [ok, failed, cancelled] = [&action.ok, &action.failed, &action.cancelled].map(placed);
    quote! {
        #this {
            name: #name, when: #when, level: #level, target: #target, fields: &[#(#fields),*],
            human: #human, ok: #ok, failed: #failed, cancelled: #cancelled,
        }
    }
}

fn field_use(paths: &Paths, listed: &FieldUse) -> TokenStream {
    let this = paths.private("TableFieldUse");
    let FieldUse { name, required, .. } = listed;
    quote!(#this { name: #name, required: #required })
}

fn option(text: Option<impl AsRef<str>>) -> TokenStream {
    text.map_or_else(
        || quote!(::core::option::Option::None),
        |text| {
            let text = text.as_ref();
            quote!(::core::option::Option::Some(#text))
        },
    )
}
