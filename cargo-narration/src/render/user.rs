//! A story for the one whose request it was: plain sentences, with the vocabulary's public values
//! alone. What the vocabulary does not know is left out.

use std::collections::HashSet;
use std::io::{self, Write};

use narration_syntax::Vocabulary;
use narration_taxonomy::{Class, Piece, template};

use super::{View, span, visible};
use crate::logs::Event;
use crate::story::{Ending, Operation, Outcome};

/// Stands for a value that is not public.
const HIDDEN: &str = "…";

/// Writes what happened, in plain sentences.
pub(crate) fn write(
    out: &mut dyn Write,
    view: &View<'_>,
    vocabulary: &Vocabulary,
) -> io::Result<()> {
    let totals = &view.story.totals;
    let ended = match totals.ending {
        Ending::Ok => "was done",
        Ending::Unknown => "was last heard of",
        Ending::Open => "is not done yet,",
        Ending::Cancelled => "was cancelled",
        Ending::Failed => "failed",
    };
    writeln!(out, "Your request {ended} after {}.", span(totals.elapsed()))?;
    let mut before = String::new();
    // That something ended well under the name it began with is no news: what comes next says so.
    let done: HashSet<usize> =
        view.story.operations.iter().filter_map(|one| done(view, one)).collect();
    let shown = view.shown.iter().filter(|at| !done.contains(at));
    for step in shown.filter_map(|at| view.story.steps.get(*at)) {
        let Some(sentence) = sentence(vocabulary, &step.entry) else { continue };
        // Several services may tell the same thing.
        if sentence != before {
            let after = span(step.time.saturating_sub(totals.begin));
            writeln!(out, "{after:>10}  {}", visible(&sentence))?;
            before = sentence;
        }
    }
    Ok(())
}

/// The end of an operation that was told under the name of its start, if it went well.
fn done(view: &View<'_>, operation: &Operation) -> Option<usize> {
    let end = operation.end().filter(|_| operation.start().is_some())?;
    let step = view.story.steps.get(end)?;
    let alike = step.entry.action == operation.action && step.outcome == Some(Outcome::Ok);
    alike.then_some(end)
}

/// The vocabulary's own words for what happened.
fn sentence(vocabulary: &Vocabulary, entry: &Event) -> Option<String> {
    let actor = vocabulary.actor(&entry.actor)?;
    let action = actor.actions.iter().find(|action| action.name == entry.action)?;
    let sentence = match &action.human {
        Some(human) => filled(vocabulary, &human.value, entry),
        None => action.when.clone()?,
    };
    let outcome = match entry.outcome() {
        Some("failed" | "panicked") if !action.name.ends_with("failed") => " (failed)",
        Some("cancelled") => " (cancelled)",
        _ => "",
    };
    Some(sentence + outcome)
}

fn filled(vocabulary: &Vocabulary, text: &str, entry: &Event) -> String {
    let (template, _) = template::parse(text);
    let mut sentence = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal { text, .. } => sentence.push_str(text),
            Piece::Placeholder { name, .. } => {
                let field = vocabulary.field(name);
                let public = field.is_some_and(|field| vocabulary.class(field) == Class::Public);
                match entry.field(name).filter(|_| public) {
                    Some(value) => sentence.push_str(&value.to_string()),
                    None => sentence.push_str(HIDDEN),
                }
            }
        }
    }
    sentence
}
