//! A vocabulary as a file.
//!
//! In: a vocabulary, joined over all that it extends. Out: the text of one file
//! that reads back as the same.

use std::fmt::Write as _;

use narration_taxonomy::{
    Action, Actor, Deprecated, Field, Level, LevelRate, Placed, Redaction, RedactionPattern,
    Taxonomy, Type,
};

use crate::rate::{limit, sample};
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
    taxonomy.levels.iter().for_each(|declared| level(&mut text, declared));
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

// Everything is taken apart by name, so that no key of the model can be forgotten here.

fn field(field: &Field) -> String {
    let Field {
        name: _,
        place: _,
        ty,
        class,
        class_declared,
        unit,
        doc,
        example,
        expose,
        deprecated: out,
    } = field;
    let values = match ty {
        Type::Enum(values) => Some(list(values.iter().cloned())),
        _ => None,
    };
    let pairs = pairs(&[
        ("type", Some(quoted(ty.name()))),
        ("values", values),
        ("class", class_declared.then(|| quoted(class.name()))),
        ("unit", unit.map(|unit| quoted(unit.name()))),
        ("doc", text_of(doc.as_ref())),
        ("example", placed(example)),
        ("expose", placed(expose)),
        ("deprecated", deprecated(out.as_ref())),
    ]);
    format!("{{ {} }}", pairs.join(", "))
}

fn actor(text: &mut String, actor: &Actor) {
    let Actor { name, place: _, doc, actions, rate, deprecated: out } = actor;
    let _ = writeln!(text, "\n[actors.{name}]");
    let pairs = pairs(&[
        ("doc", text_of(doc.as_ref())),
        ("sample", text_of(sample(rate).as_ref())),
        ("limit", text_of(limit(rate).as_ref())),
        ("deprecated", deprecated(out.as_ref())),
    ]);
    pairs.iter().for_each(|pair| lines(text, pair));
    for action in actions {
        let _ = writeln!(text, "\n[actors.{name}.actions.{}]", action.name);
        action_pairs(action).iter().for_each(|pair| lines(text, pair));
    }
}

fn level(text: &mut String, declared: &LevelRate) {
    let LevelRate { level, rate } = declared;
    let _ = writeln!(text, "\n[levels.{}]", level.name());
    let pairs = pairs(&[
        ("sample", text_of(sample(rate).as_ref())),
        ("limit", text_of(limit(rate).as_ref())),
    ]);
    pairs.iter().for_each(|pair| lines(text, pair));
}

fn lines(text: &mut String, pair: &str) {
    text.push_str(pair);
    text.push('\n');
}

fn action_pairs(action: &Action) -> Vec<String> {
    let Action {
        name: _,
        place: _,
        when,
        example,
        target,
        level,
        level_at,
        fields,
        human,
        ok,
        failed,
        cancelled,
        rate,
        expose,
        deprecated: out,
    } = action;
    let names = fields.iter().map(|used| {
        let mark = if used.required { "" } else { "?" };
        format!("{}{mark}", used.name)
    });
    // The action whose failure it is may not be here: then the level is its own.
    let is_default = level_at.is_none() && *level == Level::Info;
    pairs(&[
        ("when", text_of(when.as_ref())),
        ("example", placed(example)),
        ("target", placed(target)),
        ("level", (!is_default).then(|| quoted(level.name()))),
        ("fields", (!fields.is_empty()).then(|| list(names))),
        ("human", placed(human)),
        ("ok", placed(ok)),
        ("failed", placed(failed)),
        ("cancelled", placed(cancelled)),
        ("sample", text_of(sample(rate).as_ref())),
        ("limit", text_of(limit(rate).as_ref())),
        ("expose", placed(expose)),
        ("deprecated", deprecated(out.as_ref())),
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
