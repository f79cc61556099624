//! What only the detector can see in a vocabulary.
//!
//! In: the vocabulary. Out: problems: secrets written into its texts and
//! examples, and texts that would tell one.

use narration_redact::looks_secret;
use narration_taxonomy::template::{self, Piece};
use narration_taxonomy::{Action, Class, Field, Place, Placed, Problem, Rule, Taxonomy};

use crate::catalog;
use crate::check::announces;
use crate::vocabulary::class;

/// Every problem of that kind.
pub(super) fn problems(taxonomy: &Taxonomy) -> Vec<Problem> {
    let fields = taxonomy.fields.iter().flat_map(|field| {
        let words = [field.example.as_ref()];
        let doc = field.doc.as_deref().and_then(|doc| literal(field.place, doc));
        let by_name = (class(field) != field.class).then(|| secret_by_name(field));
        words.into_iter().flatten().filter_map(placed_literal).chain(doc).chain(by_name)
    });
    let actions = taxonomy.actors.iter().flat_map(|actor| &actor.actions).flat_map(|action| {
        let words = [action.human.as_ref(), action.example.as_ref()];
        let when = action.when.as_deref().and_then(|when| literal(action.place, when));
        let told = sensitive_placeholders(taxonomy, action);
        words.into_iter().flatten().filter_map(placed_literal).chain(when).chain(told)
    });
    fields.chain(actions).collect()
}

fn placed_literal(words: &Placed<String>) -> Option<Problem> {
    literal(words.place, &words.value)
}

/// A secret in words of the vocabulary. The secret itself is not repeated.
fn literal(place: Place, words: &str) -> Option<Problem> {
    let found = looks_secret(words)?;
    let message = format!("these words hold what looks like a secret ({})", found.rule);
    Some(problem(&catalog::SECRET_IN_VOCABULARY, place, message))
}

fn secret_by_name(field: &Field) -> Problem {
    let message = format!("`{}` is treated as secret because of its name", field.name);
    problem(&catalog::SECRET_BY_NAME, field.place, message)
}

/// Placeholders of a default text whose values turn out to be secret only by
/// their name or by the words before them; declared classes are checked by the loader.
fn sensitive_placeholders<'a>(
    taxonomy: &'a Taxonomy,
    action: &'a Action,
) -> impl Iterator<Item = Problem> + 'a {
    let text = action.human.as_ref().filter(|_| action.expose.is_none());
    text.into_iter().flat_map(move |text| {
        let pieces = template::parse(&text.value).0.pieces;
        let secret = (0..pieces.len()).filter_map(|index| {
            let Piece::Placeholder { name, .. } = &pieces[index] else { return None };
            let field = taxonomy.field(name)?;
            let named = class(field) == Class::Secret
                && field.class != Class::Secret
                && field.expose.is_none();
            let announced = announces(&pieces, index, field);
            (named || announced).then(|| told(text.place, name))
        });
        secret.collect::<Vec<_>>()
    })
}

fn told(place: Place, name: &str) -> Problem {
    let message = format!(
        "the text would tell `{name}`, which is secret by its name or by the words before it"
    );
    problem(&catalog::SENSITIVE_IN_TEXT, place, message)
}

fn problem(rule: &'static Rule, place: Place, message: String) -> Problem {
    Problem { rule, place, message, help: Some(rule.help.to_owned()), related: Vec::new() }
}
