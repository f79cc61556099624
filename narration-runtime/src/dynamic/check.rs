//! The rules of a narration put together at run time.
//!
//! In: names and values. Out: where each belongs, or every fault. The same
//! refusals as the compiler's, by the same catalogue.

use std::borrow::Cow;

use narration_taxonomy::catalog;
use narration_taxonomy::{
    Class, Level, MAX_TEXT_LEN, Piece, Template, TemplateFaultKind, template,
};

use super::{Fault, FieldValue, Narration};
use crate::taxonomy::{Action, Actor, Field, Table, Type, builtin_fields};

/// A narration that holds.
pub(super) struct Checked<'n> {
    pub(super) actor: &'static Actor,
    pub(super) action: &'static Action,
    pub(super) level: Level,
    /// The given fields, with values of their declared types.
    pub(super) fields: Vec<(&'static Field, FieldValue<'n>)>,
    pub(super) text: Cow<'n, Template>,
}

/// Checks everything at once.
pub(super) fn checked<'n>(narration: &Narration<'n>) -> Result<Checked<'n>, Vec<Fault>> {
    let mut faults = Vec::new();
    let (actor, action) = names(narration).map_err(|fault| vec![fault])?;
    let fields = fields(narration, action, &mut faults);
    missing(narration, action, &mut faults);
    let level = level(narration, actor, action, &mut faults);
    let text = Cow::Owned(text(narration, action, &mut faults));
    if faults.is_empty() { Ok(Checked { actor, action, level, fields, text }) } else { Err(faults) }
}

fn names(narration: &Narration<'_>) -> Result<(&'static Actor, &'static Action), Fault> {
    let (table, actor, action) = (narration.table, &*narration.actor, &*narration.action);
    let Some(found) = table.actor(actor) else {
        let fault =
            Fault::new(&catalog::UNKNOWN_ACTOR, format!("`{}` has no actor `{actor}`", table.name));
        return Err(fault.instead_of(actor, table.actors.iter().map(|known| known.name)));
    };
    if let Some(does) = found.action(action) {
        return Ok((found, does));
    }
    let others: Vec<&str> = table
        .actors
        .iter()
        .filter(|other| other.action(action).is_some())
        .map(|other| other.name)
        .collect();
    if others.is_empty() {
        let fault =
            Fault::new(&catalog::UNKNOWN_ACTION, format!("{actor} has no action `{action}`"));
        return Err(fault.instead_of(action, found.actions.iter().map(|known| known.name)));
    }
    let message = format!("`{action}` is no action of {actor}, but of {}", others.join(", "));
    Err(Fault::new(&catalog::FOREIGN_ACTION, message))
}

fn fields<'n>(
    narration: &Narration<'n>,
    action: &'static Action,
    faults: &mut Vec<Fault>,
) -> Vec<(&'static Field, FieldValue<'n>)> {
    let mut found: Vec<(&'static Field, FieldValue<'n>)> = Vec::new();
    for (name, value) in &narration.fields {
        match field(narration.table, action, name)
            .and_then(|field| Ok((field, typed(field, value)?)))
        {
            Err(fault) => faults.push(fault),
            Ok((field, _)) if found.iter().any(|(known, _)| known.name == field.name) => {
                faults.push(Fault::new(&catalog::DUPLICATE, format!("`{name}` is given twice")));
            }
            Ok(given) => found.push(given),
        }
    }
    found
}

/// The field of that name, if the action may carry it.
fn field(
    table: &'static Table,
    action: &'static Action,
    name: &str,
) -> Result<&'static Field, Fault> {
    let listed = || action.fields.iter().map(|listed| listed.name);
    let Some(field) = table.field(name) else {
        let fault = Fault::new(&catalog::UNKNOWN_FIELD, format!("there is no field `{name}`"));
        return Err(fault.instead_of(name, listed()));
    };
    if listed().any(|listed| listed == name)
        || builtin_fields().iter().any(|known| known.name == name)
    {
        return Ok(field);
    }
    let message = format!("`{}` does not carry the field `{name}`", action.name);
    Err(Fault::new(&catalog::FIELD_NOT_ALLOWED, message).instead_of(name, listed()))
}

pub(super) fn typed<'n>(
    field: &'static Field,
    value: &FieldValue<'n>,
) -> Result<FieldValue<'n>, Fault> {
    let Some(typed) = value.of_type(field.ty, field.unit) else {
        let message = format!("`{}` takes {}, not {}", field.name, field.ty.name(), value.kind());
        return Err(Fault::new(&catalog::WRONG_TYPE, message));
    };
    match (field.ty, &typed) {
        (Type::Enum(words), FieldValue::Str(text)) if !words.contains(&&**text) => {
            let message = format!("{text:?} is no value of `{}`", field.name);
            Err(Fault::new(&catalog::UNKNOWN_VALUE, message)
                .instead_of(text, words.iter().copied()))
        }
        _ => Ok(typed),
    }
}

fn missing(narration: &Narration<'_>, action: &Action, faults: &mut Vec<Fault>) {
    let given = |name: &str| narration.fields.iter().any(|(known, _)| known == name);
    let missing = action.fields.iter().filter(|listed| listed.required && !given(listed.name));
    let missing: Vec<String> = missing.map(|listed| format!("`{}`", listed.name)).collect();
    if !missing.is_empty() {
        let message = format!("`{}` is told without {}", action.name, missing.join(", "));
        faults.push(Fault::new(&catalog::MISSING_FIELD, message));
    }
}

fn level(
    narration: &Narration<'_>,
    actor: &Actor,
    action: &Action,
    faults: &mut Vec<Fault>,
) -> Level {
    let level = narration.level.unwrap_or(action.level);
    let failure = actor.actions.iter().any(|other| other.failed == Some(action.name));
    if failure && level < Level::Warn {
        let message = format!("`{}` tells of a failure and cannot be told at {level}", action.name);
        faults.push(Fault::new(&catalog::FAILURE_TOO_QUIET, message));
    }
    level
}

fn text(narration: &Narration<'_>, action: &'static Action, faults: &mut Vec<Fault>) -> Template {
    let given = narration.human.as_ref().map(|text| Cow::Borrowed(&**text));
    let Some(text) = given.or(action.human.map(Cow::Borrowed)) else {
        faults.push(Fault::new(
            &catalog::NO_TEXT,
            format!("`{}` has no text of its own", action.name),
        ));
        return Template::default();
    };
    let (template, wrong) = template::parse(&text);
    faults.extend(wrong.iter().map(|fault| match fault.kind {
        TemplateFaultKind::Positional => {
            Fault::new(&catalog::POSITIONAL_PLACEHOLDER, fault.to_string())
        }
        _ => Fault::new(&catalog::MALFORMED_TEMPLATE, fault.to_string()),
    }));
    faults.extend(template.pieces.iter().filter_map(|piece| match piece {
        Piece::Placeholder { name, .. } => placeholder(narration.table, action, name).err(),
        Piece::Literal { .. } => None,
    }));
    let length = template.literal_len();
    if length > MAX_TEXT_LEN {
        let message = format!("the text has {length} characters, {MAX_TEXT_LEN} are allowed");
        faults.push(Fault::new(&catalog::TEXT_TOO_LONG, message));
    }
    if template.is_only_an_id() {
        faults.push(Fault::new(&catalog::TEXT_WITHOUT_WORDS, "the text holds no word".to_owned()));
    }
    template
}

fn placeholder(table: &'static Table, action: &'static Action, name: &str) -> Result<(), Fault> {
    let field = field(table, action, name)?;
    if matches!(field.class, Class::Secret | Class::Content) && !field.exposed {
        let message = format!("`{name}` is {} and cannot be part of a text", field.class);
        return Err(Fault::new(&catalog::SENSITIVE_IN_TEXT, message));
    }
    Ok(())
}
