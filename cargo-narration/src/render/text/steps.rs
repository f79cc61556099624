//! The steps as a table: when, how long after the one before, who, what, in which words.

use std::fmt::Write as _;

use narration_record::Level;

use super::{BAD, BOLD, DIM, WARNING, colour};
use crate::render::visible::cut;
use crate::render::{View, clock, span, visible};
use crate::story::Step;

/// Names that are longer than this are cut.
const WIDEST: usize = 28;

/// A text is given at least this much room.
const LEAST_TEXT: usize = 40;

pub(super) fn write(out: &mut String, view: &View<'_>, width: usize) {
    let table = Table::of(view, width);
    let (service, action) = (table.service, table.action);
    let _ = writeln!(
        out,
        "\n{BOLD}{:<15}  {:>8}  {:<service$}  {:<action$}  text{BOLD:#}",
        date(view),
        "gap",
        "service",
        "action"
    );
    let mut before = None;
    for at in &view.shown {
        if let Some(step) = view.story.steps.get(*at) {
            table.row(out, *at, step, before);
            before = Some(step.time);
        }
    }
    if view.shown.is_empty() {
        let _ = writeln!(out, "{DIM}no step passes the filters{DIM:#}");
    }
}

/// The day the story begins, which the times of its steps leave out.
fn date(view: &View<'_>) -> String {
    let stamp = crate::logs::stamp(view.story.totals.begin);
    format!("{} UTC", stamp.split('T').next().unwrap_or_default())
}

struct Table<'a> {
    view: &'a View<'a>,
    services: Vec<&'a str>,
    service: usize,
    action: usize,
    text: usize,
}

impl<'a> Table<'a> {
    fn of(view: &'a View<'a>, width: usize) -> Self {
        let widest = |name: fn(&Step) -> &str, title: usize| {
            let steps = view.shown.iter().filter_map(|at| view.story.steps.get(*at));
            steps.map(|step| name(step).chars().count()).max().unwrap_or(0).clamp(title, WIDEST)
        };
        let service = widest(|step| &step.entry.actor, 7);
        let action = widest(|step| &step.entry.action, 6);
        let text = width.saturating_sub(15 + 2 + 8 + 2 + service + 2 + action + 2).max(LEAST_TEXT);
        Self { view, services: view.services(), service, action, text }
    }

    fn row(&self, out: &mut String, at: usize, step: &Step, before: Option<i64>) {
        let entry = &step.entry;
        let gap = before.map_or("·".to_owned(), |before| span(step.time.saturating_sub(before)));
        let style = colour(&self.services, &entry.actor);
        let (service, action) = (self.service, self.action);
        let tone = match entry.level {
            _ if step.is_failure() => BAD,
            Level::Error => BAD,
            Level::Warn => WARNING,
            Level::Trace | Level::Debug => DIM,
            Level::Info => anstyle::Style::new(),
        };
        let actor = visible(&entry.actor);
        let deed = visible(&entry.action);
        let _ = write!(
            out,
            "{DIM}{}{DIM:#}  {gap:>8}  {style}{:<service$}{style:#}  {:<action$}  ",
            clock(step.time),
            cut(&actor, service),
            cut(&deed, action),
        );
        let human = visible(&entry.human);
        let mut lines = wrap(&human, self.text).into_iter();
        let _ = write!(out, "{tone}{}{tone:#}", lines.next().unwrap_or_default());
        let indent = 15 + 2 + 8 + 2 + service + 2 + action + 2;
        for line in lines {
            let _ = write!(out, "\n{:indent$}{tone}{line}{tone:#}", "");
        }
        self.mark(out, at);
        out.push('\n');
    }

    fn mark(&self, out: &mut String, at: usize) {
        let Some(one) = self.view.contradiction(at) else { return };
        let by = span(one.by);
        let Some(cause) = self.view.story.steps.get(one.cause) else { return };
        let (actor, action) = (visible(&cause.entry.actor), visible(&cause.entry.action));
        let _ = if one.same_clock {
            write!(out, "  {WARNING}⚠ clock: {by} back, behind {action} in the log{WARNING:#}")
        } else {
            write!(out, "  {WARNING}⚠ clock: {by} before its cause, {actor} {action}{WARNING:#}")
        };
    }
}

/// Breaks a text between words, so that the table stays a table.
fn wrap(text: &str, width: usize) -> Vec<&str> {
    let (mut lines, mut start, mut end, mut used) = (Vec::new(), 0, 0, 0);
    for word in text.split_inclusive(' ') {
        let length = word.trim_end().chars().count();
        if used > 0 && used + length > width {
            lines.push(text[start..end].trim_end());
            (start, used) = (end, 0);
        }
        end += word.len();
        used += word.chars().count();
    }
    lines.push(text[start..].trim_end());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_breaks_between_words_and_loses_nothing() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a-very-long-word b", 4), ["a-very-long-word", "b"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
