//! What a story comes to, before it is told: how it ended, what it is stuck in, what failed.

use std::fmt::Write as _;

use super::{BAD, BOLD, DIM, WARNING};
use crate::render::{View, clock, span, visible};
use crate::story::Ending;

pub(super) fn write(out: &mut String, view: &View<'_>) {
    let totals = &view.story.totals;
    let style = match totals.ending {
        Ending::Ok | Ending::Unknown => BOLD,
        Ending::Open | Ending::Cancelled => WARNING,
        Ending::Failed => BAD,
    };
    let _ = writeln!(
        out,
        "{BOLD}{}{BOLD:#} · {style}{}{style:#} · {} · {} · {}",
        visible(view.name()),
        view.ending(),
        span(totals.elapsed()),
        count(view.services().len(), "service"),
        count(view.story.steps.len(), "step"),
    );
    ids(out, view);
    open(out, view);
    failures(out, view);
    more(out, view);
    corrections(out, view);
}

pub(super) fn count(count: usize, of: &str) -> String {
    format!("{count} {of}{}", if count == 1 { "" } else { "s" })
}

fn ids(out: &mut String, view: &View<'_>) {
    let selection = view.selection;
    if let Some(key) = selection.key.as_deref().filter(|key| *key != "correlation_id") {
        let (ids, more) = View::first(&selection.ids);
        let ids: Vec<_> = ids.iter().map(|id| visible(id)).collect();
        let ids = if ids.is_empty() { "no correlation id".into() } else { ids.join(", ") };
        let more = more.map(|more| format!(" {more}")).unwrap_or_default();
        let _ = writeln!(
            out,
            "{DIM}{} {} leads to {ids}{more}{DIM:#}",
            visible(key),
            visible(&selection.asked)
        );
    }
    let (related, more) = View::first(&selection.related);
    for (id, key) in related {
        let _ = writeln!(out, "{DIM}{} names it as its {}{DIM:#}", visible(id), visible(key));
    }
    if let Some(more) = more {
        let _ = writeln!(out, "{DIM}{more} name it{DIM:#}");
    }
}

fn open(out: &mut String, view: &View<'_>) {
    let story = view.story;
    for (operation, told) in view.open() {
        let human = operation.start().and_then(|at| story.steps.get(at));
        let human = human.map_or("", |step| step.entry.human());
        let (actor, told) = (visible(&operation.actor), visible(&told));
        let _ = writeln!(out, "{WARNING}{told}{WARNING:#}: [{actor}] {}", visible(human));
        let around: Vec<String> = view.around(operation).collect();
        if !around.is_empty() {
            let (first, more) = View::first(&around);
            let more = more.map(|more| format!(" {more}")).unwrap_or_default();
            let _ = writeln!(out, "{DIM}  inside of {}{more}{DIM:#}", visible(&first.join(", ")));
        }
    }
    if let Some(more) = view.more_open() {
        let _ = writeln!(out, "{WARNING}{more}{WARNING:#}");
    }
    let (silence, last) = (story.totals.silence, story.steps.last());
    let untold = matches!(story.totals.ending, Ending::Open | Ending::Unknown);
    if let (true, Some(last)) = (untold && silence > 0, last) {
        let (actor, action) = (visible(&last.entry.actor), visible(&last.entry.action));
        let silence = span(silence);
        let _ = writeln!(out, "last heard of in {actor} {action}, {silence} before the logs end");
    }
}

fn failures(out: &mut String, view: &View<'_>) {
    for (step, outcome) in view.failures() {
        let entry = &step.entry;
        let error = entry.text("error").filter(|error| !entry.human().contains(error));
        let error = error.map(|error| format!(" ({})", visible(error))).unwrap_or_default();
        let _ = writeln!(
            out,
            "{BAD}{outcome}{BAD:#} {} [{}] {}: {}{error}",
            clock(step.time),
            visible(&entry.actor),
            visible(&entry.action),
            visible(entry.human()),
        );
    }
}

fn more(out: &mut String, view: &View<'_>) {
    if let Some(more) = view.more_failures() {
        let _ = writeln!(out, "{DIM}{more}, below{DIM:#}");
    }
}

fn corrections(out: &mut String, view: &View<'_>) {
    for correction in &view.story.corrections {
        let (actor, by) = (visible(&correction.actor), span(correction.by));
        let _ = writeln!(out, "{WARNING}clock of {actor} corrected by +{by}{WARNING:#}");
    }
}
