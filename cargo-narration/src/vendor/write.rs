//! A vocabulary as a file.
//!
//! In: a vocabulary, joined over all that it extends. Out: the text of one file
//! that reads back as the same.

use std::fmt::Write as _;

use narration_taxonomy::{
    Action, Actor, Deprecated, Field, Level, Placed, Redaction, RedactionPattern, Taxonomy, Type,
};

use crate::toml_text::{list, quoted};

/// The text of the file.
pub(crate) fn write(taxonomy: &Taxonomy) -> String {
    let mut text = format!("[narration]\nversion = 1\nname = {}\n", quoted(&taxonomy.name));
    if !taxonomy.fields.is_empty() {
        text.push_str("\n[fields]\n");
    }
    for declared in &taxonomy.fields {
        let _ = writeln!(text, "{} = {}", declared.name, field(declared));
    }
    taxonomy.actors.iter().for_each(|declared| actor(&mut text, declared));
    redaction(&mut text, &taxonomy.redaction);
    text
}

/// `key = "value"` for what is there.
fn pairs(pairs: &[(&str, Option<String>)]) -> Vec<String> {
    let there = pairs.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    there.map(|(key, value)| format!("{key} = {value}")).collect()
}

fn text_of(text: Option<&String>) -> Option<String> {
    text.map(|text| quoted(text))
}

fn placed(text: &Option<Placed<String>>) -> Option<String> {
    text_of(text.as_ref().map(|text| &text.value))
}

fn deprecated(deprecated: Option<&Deprecated>) -> Option<String> {
    let out = deprecated?;
    let pairs = pairs(&[
        ("since", text_of(out.since.as_ref())),
        ("use", placed(&out.replacement)),
        ("note", text_of(out.note.as_ref())),
    ]);
    Some(format!("{{ {} }}", pairs.join(", ")))
}

fn field(field: &Field) -> String {
    let values = match &field.ty {
        Type::Enum(values) => Some(list(values.iter().cloned())),
        _ => None,
    };
    let pairs = pairs(&[
        ("type", Some(quoted(field.ty.name()))),
        ("values", values),
        ("class", field.class_declared.then(|| quoted(field.class.name()))),
        ("unit", field.unit.map(|unit| quoted(unit.name()))),
        ("doc", text_of(field.doc.as_ref())),
        ("example", placed(&field.example)),
        ("expose", placed(&field.expose)),
        ("deprecated", deprecated(field.deprecated.as_ref())),
    ]);
    format!("{{ {} }}", pairs.join(", "))
}

fn actor(text: &mut String, actor: &Actor) {
    let _ = writeln!(text, "\n[actors.{}]", actor.name);
    let pairs = pairs(&[
        ("doc", text_of(actor.doc.as_ref())),
        ("deprecated", deprecated(actor.deprecated.as_ref())),
    ]);
    pairs.iter().for_each(|pair| lines(text, pair));
    for action in &actor.actions {
        let _ = writeln!(text, "\n[actors.{}.actions.{}]", actor.name, action.name);
        action_pairs(action).iter().for_each(|pair| lines(text, pair));
    }
}

fn lines(text: &mut String, pair: &str) {
    text.push_str(pair);
    text.push('\n');
}

fn action_pairs(action: &Action) -> Vec<String> {
    let fields = action.fields.iter().map(|used| {
        let mark = if used.required { "" } else { "?" };
        format!("{}{mark}", used.name)
    });
    // The action whose failure it is may not be here: then the level is its own.
    let is_default = action.level_at.is_none() && action.level == Level::Info;
    pairs(&[
        ("when", text_of(action.when.as_ref())),
        ("example", placed(&action.example)),
        ("target", placed(&action.target)),
        ("level", (!is_default).then(|| quoted(action.level.name()))),
        ("fields", (!action.fields.is_empty()).then(|| list(fields))),
        ("human", placed(&action.human)),
        ("ok", placed(&action.ok)),
        ("failed", placed(&action.failed)),
        ("cancelled", placed(&action.cancelled)),
        ("expose", placed(&action.expose)),
        ("deprecated", deprecated(action.deprecated.as_ref())),
    ])
}

fn redaction(text: &mut String, redaction: &Redaction) {
    if *redaction == Redaction::default() {
        return;
    }
    let values = |items: &[Placed<String>]| {
        (!items.is_empty()).then(|| list(items.iter().map(|item| item.value.clone())))
    };
    text.push_str("\n[redaction]\n");
    let pairs = pairs(&[
        ("pii", values(&redaction.pii)),
        ("mode", Some(quoted(redaction.mode.name()))),
        ("off", values(&redaction.off)),
        ("allow", values(&redaction.allow)),
    ]);
    pairs.iter().for_each(|pair| lines(text, pair));
    for rule in &redaction.rules {
        let (key, pattern) = match &rule.pattern {
            RedactionPattern::Regex(pattern) => ("regex", pattern),
            RedactionPattern::Prefix(prefix) => ("prefix", prefix),
        };
        let _ = writeln!(text, "\n[[redaction.rules]]\nname = {}", quoted(&rule.name.value));
        let _ = writeln!(text, "{key} = {}", quoted(&pattern.value));
    }
}
