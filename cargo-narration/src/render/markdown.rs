//! A story as Markdown, for an issue or a report.

use std::fmt::Write as _;

use super::{View, clock, span, visible};
use crate::story::Around;

/// The story as Markdown.
pub(crate) fn render(view: &View<'_>) -> String {
    let totals = &view.story.totals;
    let mut out = format!("# {}\n\n", plain(view.name()));
    let _ = writeln!(
        out,
        "**{}** · {} · begins {}\n",
        totals.ending.as_str(),
        span(totals.elapsed()),
        crate::logs::stamp(totals.begin)
    );
    findings(&mut out, view);
    out.push_str("| time (UTC) | gap | service | action | text |\n|---|--:|---|---|---|\n");
    for step in view.shown.iter().filter_map(|at| view.story.steps.get(*at)) {
        let failed = if step.is_failure() { "**" } else { "" };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {failed}{}{failed} |",
            clock(step.time),
            span(step.gap),
            plain(&step.entry.actor),
            plain(&step.entry.action),
            plain(step.entry.human())
        );
    }
    out.push_str("\n| service | time | share |\n|---|--:|--:|\n");
    for share in &totals.services {
        let (of, time) = (plain(&share.of), span(share.time));
        let _ = writeln!(out, "| {of} | {time} | {:.1} % |", share.percent);
    }
    out
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

fn findings(out: &mut String, view: &View<'_>) {
    let before = out.len();
    for (operation, told) in view.open() {
        let _ = writeln!(out, "- {} ({})", plain(&told), plain(&operation.actor));
    }
    for (step, outcome) in view.failures() {
        let (actor, action) = (plain(&step.entry.actor), plain(&step.entry.action));
        let _ = writeln!(out, "- {outcome}: {actor} {action}: {}", plain(step.entry.human()));
    }
    if let Some(more) = view.more_failures() {
        let _ = writeln!(out, "- {more}, below");
    }
    if out.len() > before {
        out.push('\n');
    }
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
