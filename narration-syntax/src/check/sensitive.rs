//! N0008: no secret and no user content in a text.
//!
//! In: a field, and the words before its placeholder. Out: why it must not
//! stand there, if it must not.

use narration_redact::announces_secret;
use narration_taxonomy::template::Piece;
use narration_taxonomy::{Class, Field, Type};

use crate::check::scene::Scene;
use crate::vocabulary::Vocabulary;

/// Whether the words before a placeholder say that a secret follows. A declared
/// class is believed rather than the words.
pub(crate) fn announces(before: &Piece, field: &Field) -> bool {
    let Piece::Literal { text, .. } = before else { return false };
    !field.class_declared
        && field.expose.is_none()
        && field.ty == Type::String
        && announces_secret(text)
}

/// Why the field must not stand in the text, given what stands before it.
pub(super) fn reason(
    field: &Field,
    before: Option<&Piece>,
    scene: Option<Scene<'_>>,
    vocabulary: &Vocabulary,
) -> Option<String> {
    if field.expose.is_some() || scene.is_some_and(|scene| scene.action.expose.is_some()) {
        return None;
    }
    let name = &field.name;
    let by_name = vocabulary.class(field) != field.class;
    match vocabulary.class(field) {
        Class::Secret if by_name => {
            Some(format!("`{name}` is secret by its name and must not be part of a text"))
        }
        class @ (Class::Secret | Class::Content) => {
            Some(format!("`{name}` is declared {class} and must not be part of a text"))
        }
        _ if before.is_some_and(|before| announces(before, field)) => {
            Some(format!("the words before `{{{name}}}` say that a secret follows"))
        }
        _ => None,
    }
}
