//! What is told: N0008, N0009, N0010, N0012, N0016, N0017, N0022, N0026.
//!
//! In: the text of a call. Out: its template, its placeholders as recorded
//! fields, and the faults. Texts of the vocabulary were checked with it.

use narration_redact::looks_secret;
use narration_taxonomy::template::{
    self, MAX_TEXT_LEN, Piece, Template, TemplateFault, TemplateFaultKind,
};
use proc_macro2::Ident;
use syn::LitStr;

use crate::catalog;
use crate::check::fields::{Given, Lookup};
use crate::check::{sensitive, value};
use crate::errors::{Errors, Fault};
use crate::narration::{self, FieldValue};

/// A text written at the call.
pub(super) struct OwnText<'a> {
    pub(super) literal: &'a LitStr,
    pub(super) template: Template,
    well_formed: bool,
}

/// Reads a call's own text and holds it against the rules for words.
pub(super) fn read<'a>(literal: &'a LitStr, errors: &mut Errors) -> OwnText<'a> {
    let text = literal.value();
    let (template, faults) = template::parse(&text);
    for fault in &faults {
        errors.push(malformed(fault, literal, &text));
    }
    printable(literal, &text, errors);
    let well_formed = faults.is_empty();
    words(literal, &text, &template, well_formed, errors);
    length(literal, &template, errors);
    secrets(literal, &template, errors);
    OwnText { literal, template, well_formed }
}

fn malformed(fault: &TemplateFault, literal: &LitStr, text: &str) -> Fault {
    let wrong = text.get(fault.range.clone()).unwrap_or_default();
    if fault.kind == TemplateFaultKind::Positional {
        let message = format!("`{}` names no field", wrong.escape_debug());
        return Fault::new(&catalog::POSITIONAL_PLACEHOLDER, literal, message);
    }
    Fault::new(&catalog::MALFORMED_TEMPLATE, literal, fault.to_string())
}

/// N0026: one line a reader and a terminal can show.
pub(super) fn printable(literal: &LitStr, text: &str, errors: &mut Errors) {
    if text.trim().is_empty() {
        errors.push(Fault::new(&catalog::UNPRINTABLE_TEXT, literal, "the text is empty"));
    } else if let Some(bad) = text.chars().find(|c| is_unprintable(*c)) {
        let message = match bad {
            '\n' | '\r' => "the text holds a line break, which no line may hold".to_owned(),
            bad => format!("the text holds `{}`, which no line may hold", bad.escape_unicode()),
        };
        errors.push(Fault::new(&catalog::UNPRINTABLE_TEXT, literal, message));
    }
}

/// Control characters, and what breaks a line without being one.
fn is_unprintable(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// N0022: it says something.
fn words(
    literal: &LitStr,
    text: &str,
    template: &Template,
    well_formed: bool,
    errors: &mut Errors,
) {
    let wordless = template.is_only_an_id() || !text.chars().any(char::is_alphabetic);
    if well_formed && wordless && !text.trim().is_empty() {
        errors.push(Fault::new(
            &catalog::TEXT_WITHOUT_WORDS,
            literal,
            "the text has no word that says what happens",
        ));
    }
}

/// N0012: it is short.
fn length(literal: &LitStr, template: &Template, errors: &mut Errors) {
    let length = template.literal_len();
    if length > MAX_TEXT_LEN {
        let message = format!(
            "the text has {length} characters beside its placeholders; the limit is {MAX_TEXT_LEN}"
        );
        errors.push(Fault::new(&catalog::TEXT_TOO_LONG, literal, message));
    }
}

/// N0009: no secret is written into it. One fault a text is enough.
fn secrets(literal: &LitStr, template: &Template, errors: &mut Errors) {
    let words = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Literal { text, .. } => looks_secret(text),
        Piece::Placeholder { .. } => None,
    });
    errors.extend(words.take(1).map(|found| value::literal_secret(literal, found.rule)));
}

impl OwnText<'_> {
    /// Records the placeholders: a field that has no value yet captures the
    /// variable of its name, as `format!` does.
    pub(super) fn capture<'f>(
        &self,
        lookup: Lookup<'f>,
        known: impl Fn(&str) -> bool,
        given: &mut Given<'f>,
        errors: &mut Errors,
    ) {
        given.unread |= !self.well_formed;
        for (index, piece) in self.template.pieces.iter().enumerate() {
            let Piece::Placeholder { name, .. } = piece else { continue };
            let seen =
                self.template.pieces[..index].iter().any(|before| is_placeholder(before, name));
            let Some(field) = self.field(name, lookup, seen, errors) else {
                given.misnamed.push(name.clone());
                continue;
            };
            let place = (self.template.pieces.as_slice(), index);
            if let Some(reason) = sensitive::reason(field, place, lookup.scene, lookup.vocabulary) {
                let fault = Fault::new(&catalog::SENSITIVE_IN_TEXT, self.literal, reason);
                errors.push(sensitive::way_out(fault, field, lookup.vocabulary));
            }
            if !given.has(name) && !known(name) {
                errors.push(self.unknown_here(name));
            }
            given.give_variable(field, &Ident::new(name, self.literal.span()));
        }
    }

    /// The field of a placeholder; an unknown one is reported once a text.
    fn field<'f>(
        &self,
        name: &str,
        lookup: Lookup<'f>,
        seen: bool,
        errors: &mut Errors,
    ) -> Option<&'f narration_taxonomy::Field> {
        let mut unreported = Errors::new();
        let errors = if seen { &mut unreported } else { errors };
        lookup.allowed(name, self.literal, errors)
    }

    /// N0025 of a fn's own text: it is told before the body runs.
    fn unknown_here(&self, name: &str) -> Fault {
        let message = format!("`{{{name}}}` is no argument of this fn");
        Fault::new(&catalog::OUTCOME_NEEDS_FIELD, self.literal, message)
            .help(format!("give its value in the attribute: `{name} = …`"))
    }
}

fn is_placeholder(piece: &Piece, wanted: &str) -> bool {
    matches!(piece, Piece::Placeholder { name, .. } if name == wanted)
}

/// The template over the recorded fields; `None` when it names another one.
pub(super) fn pieces(template: &Template, fields: &[FieldValue]) -> Option<Vec<narration::Piece>> {
    let resolved = |piece: &Piece| match piece {
        Piece::Literal { text, .. } => Some(narration::Piece::Literal(text.clone())),
        Piece::Placeholder { name, spec, .. } => {
            let index = fields.iter().position(|field| field.name == *name)?;
            Some(narration::Piece::Field { index, spec: spec.clone() })
        }
    };
    template.pieces.iter().map(resolved).collect()
}
