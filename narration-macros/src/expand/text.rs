//! A text's pieces, by the numbering of a site's values.
//!
//! In: pieces that name fields. Out: the static pieces, and the extra values
//! that format specifications ask for: those stand behind all fields.

use narration_syntax::narration::{Ending, Piece};
use proc_macro2::TokenStream;
use quote::quote;

use crate::paths::Paths;

/// A text and the extra values it needs.
pub(super) struct Text {
    /// The static pieces.
    pub(super) pieces: Vec<TokenStream>,
    /// Index of the field and its specification, in the order of the extra values.
    pub(super) extras: Vec<(usize, String)>,
}

/// How a site numbers its values.
pub(super) struct Numbering<'n> {
    /// The index of the first field's value.
    pub(super) first_field: usize,
    /// The index of the first extra value.
    pub(super) first_extra: usize,
    /// Where the values are that are known at the end.
    pub(super) endings: &'n [Ending],
}

/// Cuts a text into pieces.
pub(super) fn text(paths: &Paths, pieces: &[Piece], numbering: &Numbering<'_>) -> Text {
    let mut extras = Vec::new();
    let pieces = pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(words) => {
            let literal = paths.variant("Piece", "Literal");
            Some(quote!(#literal(#words)))
        }
        Piece::Field { index, spec } if spec.is_empty() => {
            Some(value(paths, numbering.first_field + index))
        }
        Piece::Field { index, spec } => {
            extras.push((*index, spec.clone()));
            Some(value(paths, numbering.first_extra + extras.len() - 1))
        }
        Piece::Ending(ending) => numbering
            .endings
            .iter()
            .position(|known| known == ending)
            .map(|index| value(paths, index)),
    });
    let pieces = pieces.collect();
    Text { pieces, extras }
}

fn value(paths: &Paths, index: usize) -> TokenStream {
    let value = paths.variant("Piece", "Value");
    quote!(#value(#index))
}
