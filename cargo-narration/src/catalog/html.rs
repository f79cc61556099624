//! The catalogue as one page that needs nothing else.
//!
//! In: a catalogue. Out: HTML in light and dark, with a field to search in.

use maud::{DOCTYPE, Markup, PreEscaped, html as page};

use super::entries::{ActionEntry, ActorEntry, Catalog, FieldEntry};
use super::markdown::{files, title};

const STYLE: &str = include_str!("catalog.css");
const SCRIPT: &str = include_str!("catalog.js");

/// The page.
pub(crate) fn html(catalog: &Catalog) -> String {
    let title = title(catalog);
    let markup = page! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · narration" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    label { "Search " input type="search" id="search" autofocus; }
                }
                main {
                    @for actor in &catalog.actors { (section(actor)) }
                    (fields(&catalog.fields))
                    @if !catalog.exposed.is_empty() {
                        section {
                            h2 { "Shown in texts on purpose" }
                            ul { @for exposed in &catalog.exposed {
                                li { (exposed.what) ": " (exposed.reason) }
                            } }
                        }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    markup.into_string() + "\n"
}

fn section(actor: &ActorEntry) -> Markup {
    page! {
        section id=(actor.name) {
            h2 { (actor.name) " Events" }
            @if let Some(doc) = &actor.doc { p { (doc) } }
            @if let Some(out) = &actor.deprecated { p.deprecated { "Deprecated: " (out) } }
            table {
                thead { tr {
                    @for head in ["Action", "When", "Example Target", "Level", "Text", "Fields", "Outcomes", "Narrated in"] {
                        th scope="col" { (head) }
                    }
                } }
                tbody { @for action in &actor.actions { (row(action)) } }
            }
        }
    }
}

fn row(action: &ActionEntry) -> Markup {
    page! {
        tr {
            th scope="row" { code { (action.name) } }
            td {
                @if let Some(when) = &action.when { (when) }
                @if let Some(out) = &action.deprecated { span.deprecated { " Deprecated: " (out) } }
            }
            td { @for (index, example) in action.examples.iter().enumerate() {
                @if index > 0 { " or " }
                code { (example) }
            } }
            td {
                span class={ "level " (action.level) } { (action.level) }
                @if let Some(told) = &action.told { ", " (told) }
            }
            td { @if let Some(text) = &action.text { (text) } }
            td { @for field in &action.fields {
                code { (field.name) @if !field.required { "?" } } " "
                span class={ "class " (field.class) } { (field.class) } " "
            } }
            td { @for (outcome, name) in &action.outcomes { (outcome) ": " code { (name) } " " } }
            td { @for file in files(action) { code { (file) } " " } }
        }
    }
}

fn fields(fields: &[FieldEntry]) -> Markup {
    page! {
        @if !fields.is_empty() {
            section id="fields" {
                h2 { "Fields" }
                table {
                    thead { tr {
                        @for head in ["Field", "Type", "Class", "Unit", "Meaning", "Example"] {
                            th scope="col" { (head) }
                        }
                    } }
                    tbody { @for field in fields {
                        tr {
                            th scope="row" { code { (field.name) } }
                            td { (field.ty) }
                            td { span class={ "class " (field.class) } { (field.class) } }
                            td { @if let Some(unit) = &field.unit { (unit) } }
                            td {
                                @if let Some(doc) = &field.doc { (doc) }
                                @if let Some(out) = &field.deprecated { span.deprecated { " Deprecated: " (out) } }
                            }
                            td { @if let Some(example) = &field.example { code { (example) } } }
                        }
                    } }
                }
            }
        }
    }
}
