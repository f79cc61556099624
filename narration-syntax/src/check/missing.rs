//! N0006: what an action requires is given.
//!
//! In: the fields that have a value. Out: one fault that names all that have none.

use narration_taxonomy::{Template, nearest};
use quote::ToTokens;

use crate::catalog;
use crate::check::fields::Given;
use crate::check::scene::Scene;
use crate::choices::quoted;
use crate::errors::{Errors, Fault};
use crate::vocabulary::Vocabulary;

/// Reports required fields without a value, and those the vocabulary's own text
/// names: unlike a text at the call, it captures no variable nobody sees there.
/// A field that a refused name was meant for is not reported again. Answers all
/// that is missing.
pub(super) fn check<'a>(
    scene: Scene<'a>,
    given: &Given<'_>,
    default_text: Option<&'a Template>,
    place: &impl ToTokens,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Vec<&'a str> {
    let required =
        scene.action.fields.iter().filter(|field| field.required).map(|field| field.name.as_str());
    let told = default_text.into_iter().flat_map(Template::placeholders).map(|(name, _)| name);
    let mut missing: Vec<&str> = Vec::new();
    for name in required.chain(told) {
        if !given.has(name) && !missing.contains(&name) {
            missing.push(name);
        }
    }
    let known = || missing.iter().copied();
    let meant: Vec<&str> =
        given.misnamed.iter().filter_map(|name| nearest(name, known())).collect();
    let reported: Vec<&str> =
        known().filter(|name| !meant.contains(name) && !given.unread).collect();
    if !reported.is_empty() {
        errors.push(fault(scene, &reported, default_text, place, vocabulary));
    }
    missing
}

fn fault(
    scene: Scene<'_>,
    missing: &[&str],
    default_text: Option<&Template>,
    place: &impl ToTokens,
    vocabulary: &Vocabulary,
) -> Fault {
    let message = format!("`{}` needs {}", scene.action.name, quoted(missing));
    let by_text = default_text
        .is_some_and(|text| text.placeholders().any(|(name, _)| missing.contains(&name)));
    let text = scene.action.human.as_ref().filter(|_| by_text);
    let text =
        text.map(|text| format!("its text: {:?} ({})", text.value, vocabulary.show(text.place)));
    Fault::new(&catalog::MISSING_FIELD, place, message)
        .note(text)
        .note(format!("declared: {}", vocabulary.show(scene.action.place)))
}
