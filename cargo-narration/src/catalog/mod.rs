//! Everything a vocabulary declares, for readers.
//!
//! In: a vocabulary, and the places that narrate. Out: the catalogue as data,
//! Markdown or a page.

mod entries;
mod html;
mod markdown;

pub(crate) use entries::{Catalog, catalog};
pub(crate) use html::html;
pub(crate) use markdown::{markdown, tables};
