//! A registry of OpenTelemetry's semantic conventions.
//!
//! In: a vocabulary. Out: YAML with every field as an attribute and every
//! action as an event, as tools for such registries read it. Strings are
//! written as JSON writes them, which YAML reads as well.

use std::fmt::Write as _;

use narration_syntax::Vocabulary;
use narration_taxonomy::{Action, Actor, Deprecated, Field, Type, builtin_fields};

/// The groups: attributes first, then events.
pub(crate) fn registry(vocabulary: &Vocabulary) -> String {
    let taxonomy = vocabulary.taxonomy();
    let name = name(vocabulary);
    let mut yaml =
        "# Written by `cargo narration schema --format otel` from the vocabulary.\ngroups:\n"
            .to_owned();
    let _ = writeln!(yaml, "  - id: {}", quoted(&format!("registry.{name}")));
    let _ = writeln!(yaml, "    type: attribute_group");
    let _ = writeln!(yaml, "    brief: {}", quoted(&format!("The fields of {name}")));
    yaml.push_str("    attributes:\n");
    let declared = &taxonomy.fields;
    let built_in = builtin_fields()
        .iter()
        .filter(|field| declared.iter().all(|declared| declared.name != field.name));
    for field in declared.iter().chain(built_in) {
        attribute(&mut yaml, vocabulary, field);
    }
    for actor in &taxonomy.actors {
        for action in &actor.actions {
            event(&mut yaml, actor, action);
        }
    }
    yaml
}

/// What goes beside the groups, as `registry_manifest.yaml`.
pub(crate) fn manifest(vocabulary: &Vocabulary) -> String {
    let name = name(vocabulary);
    format!(
        "name: {}\ndescription: {}\nsemconv_version: 0.1.0\nschema_base_url: {}\n",
        quoted(&name),
        quoted(&format!("What {name} narrates")),
        quoted(&format!("https://example.com/schemas/{name}"))
    )
}

fn name(vocabulary: &Vocabulary) -> String {
    let name = &vocabulary.taxonomy().name;
    if name.is_empty() { "vocabulary".to_owned() } else { name.clone() }
}

fn attribute(yaml: &mut String, vocabulary: &Vocabulary, field: &Field) {
    let _ = writeln!(yaml, "      - id: {}", quoted(&field.name));
    match &field.ty {
        Type::Enum(values) if !vocabulary.class(field).is_hidden() => {
            yaml.push_str("        type:\n          members:\n");
            for value in values {
                let id: String = value
                    .chars()
                    .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
                    .collect();
                let _ = writeln!(yaml, "            - id: {}", quoted(&id));
                let _ = writeln!(yaml, "              value: {}", quoted(value));
                let _ = writeln!(yaml, "              brief: {}", quoted(value));
                let _ = writeln!(yaml, "              stability: development");
            }
        }
        ty => {
            let hidden = vocabulary.class(field).is_hidden();
            let _ = writeln!(yaml, "        type: {}", if hidden { "string" } else { kind(ty) });
        }
    }
    let brief = field.doc.clone().unwrap_or_else(|| field.name.replace('_', " "));
    let _ = writeln!(yaml, "        brief: {}", quoted(&brief));
    let unit = field.unit.map(|unit| format!("in {}", unit.name()));
    let class = format!("class {}", vocabulary.class(field));
    let note = [Some(class), unit].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let _ = writeln!(yaml, "        note: {}", quoted(&note));
    let _ = writeln!(yaml, "        stability: development");
    examples(yaml, field);
    deprecated(yaml, "        ", field.deprecated.as_ref());
}

/// Strings need an example; numbers may have one.
fn examples(yaml: &mut String, field: &Field) {
    let example = field.example.as_ref().map(|example| example.value.as_str());
    let example = match (&field.ty, example) {
        (Type::String, example) => quoted(example.unwrap_or("…")),
        (Type::U64 | Type::I64 | Type::F64, Some(number)) => number.to_owned(),
        _ => return,
    };
    let _ = writeln!(yaml, "        examples: [{example}]");
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Enum(_) => "string",
        Type::U64 | Type::I64 => "int",
        Type::F64 => "double",
        Type::Bool => "boolean",
    }
}

fn event(yaml: &mut String, actor: &Actor, action: &Action) {
    let name = format!("{}.{}", actor.name, action.name);
    let _ = writeln!(yaml, "  - id: {}", quoted(&format!("event.{name}")));
    let _ = writeln!(yaml, "    type: event");
    let _ = writeln!(yaml, "    name: {}", quoted(&name));
    let brief = action.when.clone().or_else(|| Some(action.human.as_ref()?.value.clone()));
    let _ = writeln!(yaml, "    brief: {}", quoted(&brief.unwrap_or_else(|| name.clone())));
    let _ = writeln!(yaml, "    stability: development");
    deprecated(yaml, "    ", action.deprecated.as_ref().or(actor.deprecated.as_ref()));
    if action.fields.is_empty() {
        return;
    }
    yaml.push_str("    attributes:\n");
    for used in &action.fields {
        let need = if used.required { "required" } else { "recommended" };
        let _ = writeln!(yaml, "      - ref: {}", quoted(&used.name));
        let _ = writeln!(yaml, "        requirement_level: {need}");
    }
}

fn deprecated(yaml: &mut String, indent: &str, deprecated: Option<&Deprecated>) {
    let Some(out) = deprecated else { return };
    let _ = writeln!(yaml, "{indent}deprecated:");
    match &out.replacement {
        Some(new) => {
            let _ = writeln!(yaml, "{indent}  reason: renamed");
            let _ = writeln!(yaml, "{indent}  renamed_to: {}", quoted(&new.value));
        }
        None => {
            let _ = writeln!(yaml, "{indent}  reason: obsoleted");
        }
    }
    if let Some(note) = &out.note {
        let _ = writeln!(yaml, "{indent}  note: {}", quoted(note));
    }
}

/// A string in quotes.
fn quoted(text: &str) -> String {
    // A string is always JSON.
    serde_json::to_string(text).unwrap_or_default()
}
