//! A story as Markdown, for an issue or a report.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{View, clock, span, visible};
use crate::story::Around;

/// Writes the story as Markdown, a step at a time.
pub(crate) fn write(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    let totals = &view.story.totals;
    writeln!(
        out,
        "# {}\n\n**{}** · {} · begins {}\n",
        plain(view.name()),
        view.ending(),
        span(totals.elapsed()),
        crate::logs::stamp(totals.begin)
    )?;
    findings(out, view)?;
    writeln!(out, "| time (UTC) | gap | service | action | text |\n|---|--:|---|---|---|")?;
    for step in view.shown.iter().filter_map(|at| view.story.steps.get(*at)) {
        let failed = if step.is_failure() { "**" } else { "" };
        writeln!(
            out,
            "| {} | {} | {} | {} | {failed}{}{failed} |",
            clock(step.time),
            span(step.gap),
            plain(&step.entry.actor),
            plain(&step.entry.action),
            plain(step.entry.human())
        )?;
    }
    writeln!(out, "\n| service | time | share |\n|---|--:|--:|")?;
    for share in &totals.services {
        let (of, time) = (plain(&share.of), span(share.time));
        writeln!(out, "| {of} | {time} | {:.1} % |", share.percent)?;
    }
    Ok(())
}

/// What else was told at a moment.
pub(crate) fn around(view: &View<'_>, around: &Around) -> String {
    let mut out = format!(
        "\nWhat else was told within {} of {}, {} further lines left out:\n\n| time (UTC) | whose | service | action | text |\n|---|---|---|---|---|\n",
        span(around.within),
        clock(around.moment),
        around.more
    );
    for (step, own) in view.beside(around) {
        let entry = &step.entry;
        let whose = if own { "this request" } else { entry.correlation_id().unwrap_or("–") };
        let cells = [whose, &entry.actor, &entry.action, entry.human()].map(plain);
        let _ = writeln!(out, "| {} | {} |", clock(step.time), cells.join(" | "));
    }
    out
}

fn findings(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    let mut any = false;
    for (operation, told) in view.open() {
        any = true;
        writeln!(out, "- {} ({})", plain(&told), plain(&operation.actor))?;
    }
    if let Some(more) = view.more_open() {
        writeln!(out, "- {more}")?;
    }
    for (step, outcome) in view.failures() {
        any = true;
        let (actor, action) = (plain(&step.entry.actor), plain(&step.entry.action));
        writeln!(out, "- {outcome}: {actor} {action}: {}", plain(step.entry.human()))?;
    }
    if let Some(more) = view.more_failures() {
        writeln!(out, "- {more}, below")?;
    }
    if any { writeln!(out) } else { Ok(()) }
}

/// A text in which nothing is markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' | '!' => {
                plain.push('\\');
                plain.push(c);
            }
            c => plain.push(c),
        }
    }
    plain
}
