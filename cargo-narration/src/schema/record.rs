//! The JSON Schema (2020-12) of a line.
//!
//! In: a vocabulary. Out: a schema that every line of a service with this
//! vocabulary fulfils, those of its dependencies included, and no line that
//! uses other names or other types. A required field may be absent all the
//! same: a value that is `None` is left out. Fields the vocabulary does not
//! know may be there: spans of other crates hand theirs down.

use narration_syntax::Vocabulary;
use narration_taxonomy::{Action, Actor, Class, Field, Type, builtin_fields};
use serde_json::{Map, Value, json};

/// The schema of the records of a vocabulary.
pub(crate) fn record(vocabulary: &Vocabulary) -> Value {
    let taxonomy = vocabulary.taxonomy();
    let mut definitions = Map::new();
    let mut kinds = Vec::new();
    for actor in &taxonomy.actors {
        for action in &actor.actions {
            let name = format!("{}.{}", actor.name, action.name);
            kinds.push(json!({ "$ref": format!("#/$defs/{name}") }));
            definitions.insert(name, narration(vocabulary, actor, action));
        }
    }
    kinds.push(json!({ "$ref": "#/$defs/log" }));
    definitions.insert("log".to_owned(), log());
    definitions.insert("fields".to_owned(), fields(vocabulary));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Records of {}", if taxonomy.name.is_empty() { "a service" } else { &taxonomy.name }),
        "description": "One line of the format json. Written by `cargo narration schema`.",
        "type": "object",
        "required": ["timestamp", "level", "actor", "action", "human"],
        "properties": head(),
        "anyOf": kinds,
        "$defs": definitions,
    })
}

fn head() -> Value {
    json!({
        "timestamp": {
            "type": "string",
            "format": "date-time",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$",
        },
        "level": { "enum": ["trace", "debug", "info", "warn", "error"] },
        "actor": { "type": "string", "minLength": 1 },
        "action": { "type": "string", "minLength": 1 },
        "target": { "type": "string" },
        "human": { "type": "string" },
    })
}

/// One action of one actor.
fn narration(vocabulary: &Vocabulary, actor: &Actor, action: &Action) -> Value {
    let listed: Vec<_> = action.fields.iter().map(|used| used.name.as_str()).collect();
    let required: Vec<_> =
        action.fields.iter().filter(|used| used.required).map(|used| used.name.as_str()).collect();
    let mut schema = json!({
        "properties": { "actor": { "const": actor.name }, "action": { "const": action.name } },
        "required": ["actor", "action"],
        "$ref": "#/$defs/fields",
        "x-fields": listed,
        "x-required-fields": required,
        "x-level": action.level.name(),
    });
    describe(&mut schema, action.when.as_deref());
    if let Some(target) = action.target.as_ref().and_then(|target| vocabulary.field(&target.value))
    {
        schema["x-target"] = json!(target.name);
    }
    if let Some(text) = &action.human {
        schema["x-text"] = json!(text.value);
    }
    if action.deprecated.is_some() || actor.deprecated.is_some() {
        schema["deprecated"] = json!(true);
    }
    schema
}

fn describe(schema: &mut Value, text: Option<&str>) {
    if let Some(text) = text {
        schema["description"] = json!(text);
    }
}

/// What other crates say through tracing: their fields are theirs.
fn log() -> Value {
    json!({
        "description": "An event of another crate; its actor is the service",
        "properties": { "action": { "const": "log" } },
        "required": ["action"],
    })
}

/// Every field there is: any may be handed down by a scope around.
fn fields(vocabulary: &Vocabulary) -> Value {
    let declared = &vocabulary.taxonomy().fields;
    let built_in = builtin_fields()
        .iter()
        .filter(|field| declared.iter().all(|declared| declared.name != field.name));
    let properties: Map<String, Value> = built_in
        .chain(declared)
        .map(|declared| (declared.name.clone(), field(vocabulary, declared)))
        .collect();
    json!({ "properties": properties })
}

fn field(vocabulary: &Vocabulary, field: &Field) -> Value {
    let class = vocabulary.class(field);
    let mut schema = match class {
        Class::Secret => json!({ "const": "[redacted:secret]" }),
        Class::Pii => json!({ "type": "string" }),
        Class::Content => json!({ "type": "string", "pattern": "^\\[content:[0-9]+ bytes:" }),
        _ => value(&field.ty),
    };
    schema["x-class"] = json!(class.name());
    if let Some(unit) = field.unit {
        schema["x-unit"] = json!(unit.name());
    }
    if let Some(example) = &field.example
        && !class.is_hidden()
        && matches!(field.ty, Type::String | Type::Enum(_))
    {
        schema["examples"] = json!([example.value]);
    }
    if field.deprecated.is_some() {
        schema["deprecated"] = json!(true);
    }
    describe(&mut schema, field.doc.as_deref());
    schema
}

fn value(ty: &Type) -> Value {
    match ty {
        Type::String => json!({ "type": "string" }),
        Type::U64 => json!({ "type": "integer", "minimum": 0 }),
        Type::I64 => json!({ "type": "integer" }),
        // JSON has no word for what is no number.
        Type::F64 => {
            json!({ "anyOf": [{ "type": "number" }, { "enum": ["NaN", "Infinity", "-Infinity"] }] })
        }
        Type::Bool => json!({ "type": "boolean" }),
        Type::Enum(values) => json!({ "enum": values }),
    }
}
