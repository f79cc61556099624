//! A vocabulary, written from drafts.
//!
//! In: drafts. Out: a `narration.toml` that the compiler takes: a text that it
//! refuses is left out, and the call has to give one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use narration_syntax::Vocabulary;
use narration_taxonomy::{Level, Loaded, Type, parse};

use super::draft::{Draft, DraftAction};
use super::fields::{guess, is_built_in};
use crate::toml_text::{list, quoted};

/// How often a refused part is left out before the rest goes too.
const ATTEMPTS: usize = 3;

/// The text of the vocabulary.
pub(crate) fn vocabulary(name: &str, drafts: &[Draft]) -> String {
    let mut drafts = drafts.to_vec();
    for attempt in 0..=ATTEMPTS {
        let text = text(name, &drafts);
        let refused = refused(&text, &drafts);
        if refused.is_empty() {
            return text;
        }
        for (actor, action) in refused {
            let Some(draft) = drafts.get_mut(actor) else { continue };
            match draft.actions.get_mut(action) {
                Some(action) if attempt == 0 => action.text = None,
                Some(action) if attempt == 1 => (action.when, action.fields) = (None, Vec::new()),
                Some(_) => drop(draft.actions.remove(action)),
                None => {}
            }
        }
    }
    text(name, &[])
}

/// The actions with errors, last first.
fn refused(text: &str, drafts: &[Draft]) -> Vec<(usize, usize)> {
    let (taxonomy, problems) = parse(text);
    let mut loaded = Loaded::default();
    (loaded.taxonomy, loaded.problems) = (taxonomy, problems);
    let vocabulary = Vocabulary::new(Arc::new(loaded));
    let lines: BTreeSet<usize> =
        vocabulary.problems().filter(|problem| problem.is_error()).map(|p| p.place.line).collect();
    let mut refused = Vec::new();
    for line in lines {
        let before = |at: usize| at <= line;
        let found = vocabulary
            .taxonomy()
            .actors
            .iter()
            .flat_map(|actor| actor.actions.iter().map(move |action| (actor, action)));
        let found = found.filter(|(_, action)| before(action.place.line));
        if let Some((actor, action)) = found.max_by_key(|(_, action)| action.place.line) {
            let of_actor = drafts.iter().position(|draft| draft.actor == actor.name);
            let at = of_actor.and_then(|index| {
                let actions = &drafts.get(index)?.actions;
                Some((index, actions.iter().position(|known| known.name == action.name)?))
            });
            refused.extend(at);
        }
    }
    refused.sort_unstable();
    refused.dedup();
    refused.reverse();
    refused
}

fn text(name: &str, drafts: &[Draft]) -> String {
    let mut text = String::from(
        "# Who may act, what each may do, and with which fields.\n\
         # Made from what the sources say today: give actions the names you would look for,\n\
         # join those that mean the same, and give every field the class it should have.\n\n",
    );
    let _ = writeln!(text, "[narration]\nversion = 1\nname = {}", quoted(name));
    let fields: BTreeSet<&String> = drafts
        .iter()
        .flat_map(|draft| &draft.actions)
        .flat_map(|action| &action.fields)
        .filter(|field| !is_built_in(field))
        .collect();
    if !fields.is_empty() {
        text.push_str("\n[fields]\n");
        for name in fields {
            let _ = writeln!(text, "{}", field(name));
        }
    }
    for draft in drafts {
        let _ = writeln!(
            text,
            "\n[actors.{}]\ndoc = {}",
            draft.actor,
            quoted(&format!("The package {}", draft.actor))
        );
        if draft.actions.is_empty() {
            let _ = writeln!(
                text,
                "\n[actors.{}.actions.start]\nwhen  = \"The service starts\"\nhuman = \"Starting\"",
                draft.actor
            );
        }
        for action in &draft.actions {
            write_action(&mut text, &draft.actor, action);
        }
    }
    text
}

fn field(name: &str) -> String {
    let (ty, class) = guess(name);
    let ty = if ty == Type::U64 { "u64" } else { "string" };
    match class {
        Some(class) => format!("{name} = {{ type = \"{ty}\", class = \"{class}\" }}"),
        None => format!("{name} = {{ type = \"{ty}\" }}"),
    }
}

fn write_action(text: &mut String, actor: &str, action: &DraftAction) {
    text.push('\n');
    for place in &action.places {
        let _ = writeln!(text, "# {}", place.replace(|c: char| c.is_control(), " "));
    }
    let _ = writeln!(text, "[actors.{actor}.actions.{}]", action.name);
    if let Some(when) = &action.when {
        let _ = writeln!(text, "when   = {}", quoted(when));
    }
    if action.level != Level::Info {
        let _ = writeln!(text, "level  = \"{}\"", action.level);
    }
    let fields: Vec<String> =
        action.fields.iter().filter(|field| !is_built_in(field)).cloned().collect();
    if !fields.is_empty() {
        let _ = writeln!(text, "fields = {}", list(fields));
    }
    if let Some(human) = &action.text {
        let _ = writeln!(text, "human  = {}", quoted(human));
    }
}
