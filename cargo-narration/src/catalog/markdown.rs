//! The catalogue as Markdown.
//!
//! In: a catalogue. Out: a table of events for each actor, `Action | When |
//! Example Target`, and behind it everything else. What changes with every edit
//! of a source, a line's number, is left out, so that a committed catalogue is
//! stale only when it says something wrong.

use std::fmt::Write as _;

use super::entries::{ActionEntry, ActorEntry, Catalog, FieldEntry};

/// The whole catalogue.
pub(crate) fn markdown(catalog: &Catalog) -> String {
    let mut page = format!("# {}\n\n", prose(title(catalog)));
    page.push_str("Written by `cargo narration catalog` from the vocabulary; `cargo narration catalog --check` tells when it is stale.\n\n");
    page.push_str("## Narration Event Catalog\n");
    page.push_str(&tables(catalog));
    page.push_str("\n## Events in Detail\n");
    for actor in &catalog.actors {
        details(&mut page, actor);
    }
    fields(&mut page, &catalog.fields);
    if !catalog.exposed.is_empty() {
        page.push_str("\n## Shown in Texts on Purpose\n\n");
        for exposed in &catalog.exposed {
            let _ = writeln!(page, "- {}: {}", prose(&exposed.what), prose(&exposed.reason));
        }
    }
    page
}

pub(super) fn title(catalog: &Catalog) -> &str {
    if catalog.name.is_empty() { "Vocabulary" } else { &catalog.name }
}

/// The event tables alone.
pub(crate) fn tables(catalog: &Catalog) -> String {
    let mut page = String::new();
    for actor in &catalog.actors {
        let _ = writeln!(page, "\n### {} Events\n", prose(&actor.name));
        page.push_str("| Action | When | Example Target |\n|--------|------|----------------|\n");
        for action in &actor.actions {
            let _ = writeln!(
                page,
                "| {} | {} | {} |",
                code(&action.name),
                when(action),
                example(action)
            );
        }
    }
    page
}

fn when(action: &ActionEntry) -> String {
    let when = action.when.as_deref().map_or_else(|| NONE.to_owned(), prose);
    match &action.deprecated {
        Some(out) => format!("{when} (deprecated: {})", prose(out)),
        None => when,
    }
}

/// Stands where there is nothing to say.
const NONE: &str = "–";

fn example(action: &ActionEntry) -> String {
    if action.examples.is_empty() {
        let field = action.target.as_ref().map(|target| format!("{{{target}}}"));
        return field.map_or_else(|| NONE.to_owned(), |field| code(&field));
    }
    let examples: Vec<_> = action.examples.iter().map(|example| code(example)).collect();
    examples.join(" or ")
}

fn details(page: &mut String, actor: &ActorEntry) {
    let _ = writeln!(page, "\n### {} in Detail\n", prose(&actor.name));
    if let Some(doc) = &actor.doc {
        let _ = writeln!(page, "{}\n", prose(doc));
    }
    if let Some(out) = &actor.deprecated {
        let _ = writeln!(page, "Deprecated: {}\n", prose(out));
    }
    page.push_str("| Action | Level | Text | Fields | Outcomes | Narrated in |\n");
    page.push_str("|--------|-------|------|--------|----------|-------------|\n");
    for action in &actor.actions {
        let text = action.text.as_deref().map_or_else(|| NONE.to_owned(), code);
        let cells = [
            code(&action.name),
            action.told.as_ref().map_or_else(
                || action.level.to_owned(),
                |told| format!("{}, {told}", action.level),
            ),
            text,
            list(action.fields.iter().map(|field| {
                let optional = if field.required { "" } else { "?" };
                format!("{} {}", code(&format!("{}{optional}", field.name)), field.class)
            })),
            list(
                action.outcomes.iter().map(|(outcome, name)| format!("{outcome}: {}", code(name))),
            ),
            list(files(action).into_iter().map(|file| code(&file))),
        ];
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
}

/// The files an action is narrated in.
pub(super) fn files(action: &ActionEntry) -> Vec<String> {
    let mut files: Vec<_> = action.sites.iter().map(|site| site.file.clone()).collect();
    files.dedup();
    files
}

fn fields(page: &mut String, fields: &[FieldEntry]) {
    if fields.is_empty() {
        return;
    }
    page.push_str("\n## Fields\n\n| Field | Type | Class | Unit | Meaning | Example |\n");
    page.push_str("|-------|------|-------|------|---------|---------|\n");
    for field in fields {
        let optional = |text: &Option<String>, shape: fn(&str) -> String| {
            text.as_deref().map_or_else(|| NONE.to_owned(), shape)
        };
        let mut doc = optional(&field.doc, prose);
        if let Some(out) = &field.deprecated {
            doc = format!("{doc} (deprecated: {})", prose(out));
        }
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {doc} | {} |",
            code(&field.name),
            prose(&field.ty),
            field.class,
            optional(&field.unit, prose),
            optional(&field.example, code),
        );
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    if items.is_empty() { NONE.to_owned() } else { items.join(", ") }
}

/// Words in a cell: nothing in them may end it or become a tag.
fn prose(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('|', "\\|").replace('<', "&lt;")
}

/// Code in a cell. Pairs of backticks in it are taken as written; a single one
/// needs a longer fence.
fn code(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    if line.matches('`').count() % 2 == 0 { format!("`{line}`") } else { format!("`` {line} ``") }
}
