//! N0008: no secret and no user content in a text.
//!
//! In: a field, and the words around its placeholder. Out: why it must not
//! stand there, if it must not.

use narration_redact::announces_secret;
use narration_taxonomy::template::Piece;
use narration_taxonomy::{Class, Field, Type};

use crate::check::scene::Scene;
use crate::errors::Fault;
use crate::vocabulary::Vocabulary;

/// Whether the words around a placeholder say that a secret stands there. A declared
/// class is believed rather than the words.
pub(crate) fn announces(pieces: &[Piece], index: usize, field: &Field) -> bool {
    if field.class_declared || field.expose.is_some() || field.ty != Type::String {
        return false;
    }
    let before = index.checked_sub(1).and_then(|before| words(pieces, before));
    let Some(before) = before else { return false };
    announces_secret(before) || is_password_of_a_url(before, words(pieces, index + 1))
}

fn words(pieces: &[Piece], index: usize) -> Option<&str> {
    match pieces.get(index)? {
        Piece::Literal { text, .. } => Some(text),
        Piece::Placeholder { .. } => None,
    }
}

/// `postgres://app:{…}@db`, and `:{…}@` where the user stands in a placeholder, too.
fn is_password_of_a_url(before: &str, after: Option<&str>) -> bool {
    let user = before.rsplit_once("://").map_or(before, |(_, user)| user);
    let is_user = |user: &str| !user.contains(['/', '@', ' ']);
    after.is_some_and(|after| after.starts_with('@'))
        && user.strip_suffix(':').is_some_and(is_user)
        && (user.len() < before.len() || before == ":")
}

/// Why the field must not stand in the text, given what stands before it.
pub(super) fn reason(
    field: &Field,
    (pieces, index): (&[Piece], usize),
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
        _ if announces(pieces, index, field) => {
            Some(format!("the words before `{{{name}}}` say that a secret follows"))
        }
        _ => None,
    }
}

/// The fault with what to do about it. Beside the text, too, a value that only the words announce
/// would be shown: its field has no class that hides it.
pub(super) fn way_out(fault: Fault, field: &Field, vocabulary: &Vocabulary) -> Fault {
    if matches!(vocabulary.class(field), Class::Secret | Class::Content) {
        return fault;
    }
    fault.help(format!(
        "say in the vocabulary what `{}` is: `class = \"secret\"` if it holds one, else its class, such as `class = \"text\"`",
        field.name
    ))
}
