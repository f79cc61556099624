//! The steps as a table: when, how long after the one before, who, what, in which words.

use std::fmt::Write as _;
use std::io;

use narration_record::Level;

use super::{BAD, BOLD, DIM, WARNING, colour};
use crate::render::visible::cut;
use crate::render::{View, clock, columns, pad, span, visible};
use crate::story::Step;

/// Names that are longer than this are cut.
const WIDEST: usize = 28;

/// A text is given at least this much room.
const LEAST_TEXT: usize = 30;

/// What the time and the gap take, with what is between them and behind.
const TIMES: usize = 15 + 2 + 8 + 2;

/// How far a text is indented on lines of its own.
const INDENT: usize = 4;

pub(super) fn write(out: &mut dyn io::Write, view: &View<'_>, width: usize) -> io::Result<()> {
    let table = Table::of(view, width);
    let names = match table.narrow {
        true => String::new(),
        false => {
            format!("  {}  {}  text", pad("service", table.service), pad("action", table.action))
        }
    };
    writeln!(out, "\n{BOLD}{:<15}  {:>8}{names}{BOLD:#}", date(view), "gap")?;
    let (mut before, mut row) = (None, String::new());
    for at in &view.shown {
        if let Some(step) = view.story.steps.get(*at) {
            row.clear();
            table.row(&mut row, *at, step, before);
            out.write_all(row.as_bytes())?;
            before = Some(step.time);
        }
    }
    if view.shown.is_empty() {
        writeln!(out, "{DIM}no step passes the filters; there is {}{DIM:#}", told(view))?;
    }
    Ok(())
}

/// Who did what in the story, in the order of first appearance, the first few.
fn told(view: &View<'_>) -> String {
    const FEW: usize = 20;
    let mut deeds: Vec<String> = Vec::new();
    for step in &view.story.steps {
        let entry = &step.entry;
        let deed = format!("{} {}", visible(&entry.actor), visible(&entry.action));
        if !deeds.contains(&deed) {
            deeds.push(deed);
        }
        if deeds.len() > FEW {
            deeds.truncate(FEW);
            return deeds.join(", ") + " …";
        }
    }
    deeds.join(", ")
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
    /// Whether there is no room beside the names, so that each step takes lines of its own.
    narrow: bool,
}

impl<'a> Table<'a> {
    fn of(view: &'a View<'a>, width: usize) -> Self {
        let widest = |name: fn(&Step) -> &str, title: usize| {
            let steps = view.shown.iter().filter_map(|at| view.story.steps.get(*at));
            steps.map(|step| columns(name(step))).max().unwrap_or(0).clamp(title, WIDEST)
        };
        let service = widest(|step| &step.entry.actor, 7);
        let action = widest(|step| &step.entry.action, 6);
        let beside = width.saturating_sub(TIMES + service + 2 + action + 2);
        let narrow = beside < LEAST_TEXT;
        let text = if narrow { width.saturating_sub(INDENT).max(INDENT) } else { beside };
        Self { view, services: view.services(), service, action, text, narrow }
    }

    fn row(&self, out: &mut String, at: usize, step: &Step, before: Option<i64>) {
        let entry = &step.entry;
        let gap = before.map_or("·".to_owned(), |before| span(step.time.saturating_sub(before)));
        let style = colour(&self.services, &entry.actor);
        let tone = match entry.level {
            _ if step.is_failure() => BAD,
            Level::Error => BAD,
            Level::Warn => WARNING,
            Level::Trace | Level::Debug => DIM,
            Level::Info => anstyle::Style::new(),
        };
        let _ = write!(out, "{DIM}{}{DIM:#}  {gap:>8}  ", clock(step.time));
        let (actor, deed) = (visible(&entry.actor), visible(&entry.action));
        let (service, action) = (cut(&actor, self.service), cut(&deed, self.action));
        let indent = if self.narrow {
            let _ = write!(out, "{style}{service}{style:#} {action}\n{:INDENT$}", "");
            INDENT
        } else {
            let (service, action) = (pad(&service, self.service), pad(&action, self.action));
            let _ = write!(out, "{style}{service}{style:#}  {action}  ");
            TIMES + self.service + 2 + self.action + 2
        };
        let human = visible(entry.human());
        for (at, line) in wrap(&human, self.text).into_iter().enumerate() {
            if at > 0 {
                let _ = write!(out, "\n{:indent$}", "");
            }
            let _ = write!(out, "{tone}{line}{tone:#}");
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
pub(super) fn wrap(text: &str, width: usize) -> Vec<&str> {
    let (mut lines, mut start, mut end, mut used) = (Vec::new(), 0, 0, 0);
    for word in text.split_inclusive(' ') {
        let length = columns(word.trim_end());
        if used > 0 && used + length > width {
            lines.push(text[start..end].trim_end());
            (start, used) = (end, 0);
        }
        end += word.len();
        used += columns(word);
    }
    lines.push(text[start..].trim_end());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::{Event, Place, read_line};
    use crate::render::Filter;
    use crate::story::{Selection, Story, Surroundings};

    #[test]
    fn a_long_text_breaks_between_words_and_loses_nothing() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a-very-long-word b", 4), ["a-very-long-word", "b"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn on_a_narrow_terminal_a_step_takes_lines_of_its_own_and_none_is_too_long() {
        let line = "timestamp=2026-11-21T18:34:05Z level=info actor=引擎-provisioner action=cmake-build human=\"Building llama-server with 8 parallel jobs\" correlation_id=r";
        let mut entries = Vec::new();
        read_line(Place::default(), "x", line.as_bytes(), &mut entries);
        let entries = entries.into_iter().map(Event::from).collect();
        let story = Story::tell(entries, &Surroundings::default());
        let selection = Selection::default();
        let view = View::new(&selection, &story, &[], &Filter::default());
        for width in [40, 60, 80, 100] {
            let mut out = Vec::new();
            write(&mut out, &view, width).unwrap();
            let plain = anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string();
            assert!(plain.contains("引擎-provisioner"), "{plain}");
            let text: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains("Building llama-server with 8 parallel jobs"), "{text}");
            let longest = plain.lines().map(columns).max().unwrap_or(0);
            assert!(longest <= width.max(58), "{longest} of {width}:\n{plain}");
        }
    }
}
