//! `narrate!(…)` and `scope!(…)`: a call is resolved, or refused at its tokens.
//!
//! In: what stands between the parentheses. Out: a narration that keeps to the
//! vocabulary, or faults that point into the call.

use std::collections::HashSet;

use narration_syntax::{FieldValue, Narration, Piece, Target, narrate, pipeline};
use narration_taxonomy::Class;

use crate::spans::{point_inside, tokens, vocabulary};

pub(crate) const WORDS: &[&str] = &[
    "actor = \"scanner\"",
    "action = \"inspect\"",
    "\"sort\"",
    "target = parcel_id",
    "human = \"Told {pieces}\"",
    "level = \"warn\"",
    "crate = ::narration_runtime",
    "parcel_id",
    "gate_code",
    "= %",
    "= ?",
    "weight = 2.5",
    ", ",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "@actor(\"sorter\")",
    "narrate!(",
    "#[narrated(",
    "fn f() {}",
    "impl X {",
    "mod m {",
    "async ",
    "self.x()",
    "|x| x",
    "r#\"{\"#",
];

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some(tokens) = tokens(text) else { return };
    match narrate(tokens.clone(), vocabulary()) {
        Ok(told) => resolved(&told.narration),
        Err(refused) => {
            // A scope that named an unknown actor has told so already.
            assert!(!refused.errors.is_empty() || text.contains('@'), "refused without a word");
            point_inside(text, refused.errors);
        }
    }
    match pipeline::scope(tokens, vocabulary()) {
        Ok(carried) => once_each(&carried.fields),
        Err(refused) => {
            assert!(!refused.errors.is_empty() || text.contains('@'), "refused without a word");
            point_inside(text, refused.errors);
        }
    }
}

/// What an expansion relies on without asking.
fn resolved(narration: &Narration) {
    let actor = vocabulary().actor(&narration.site.actor).expect("a declared actor");
    let action = actor.action(&narration.site.action).expect("an action of this actor");
    once_each(&narration.fields);
    for field in &narration.fields {
        let listed = action.fields.iter().any(|used| used.name == field.name);
        let built_in = narration_taxonomy::builtin_rank(&field.name).is_some();
        assert!(listed || built_in, "{} is not on the list of the action", field.name);
    }
    for piece in &narration.text {
        match piece {
            Piece::Literal(_) => {}
            Piece::Field { index, .. } => {
                let field = narration.fields.get(*index).expect("a field of the narration");
                assert!(!matches!(field.class, Class::Secret | Class::Content), "{}", field.name);
            }
            Piece::Ending(ending) => panic!("{ending:?} is known only when a fn has ended"),
        }
    }
    if let Some(Target::Field(index)) = narration.target {
        assert!(index < narration.fields.len());
    }
}

/// Each field is declared and comes once, with the declared class or a stricter one.
fn once_each(fields: &[FieldValue]) {
    let mut seen = HashSet::new();
    for field in fields {
        assert!(seen.insert(&field.name), "{} comes twice", field.name);
        let declared = vocabulary().field(&field.name).expect("a declared field");
        assert_eq!(field.class, vocabulary().class(declared), "{}", field.name);
        assert!(!field.value.expr.is_empty());
    }
}
