//! A story as a Mermaid sequence diagram: an arrow wherever the next step is another service's.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{View, span, visible};

/// Writes the story as a sequence diagram, an arrow at a time.
pub(crate) fn write(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    let services = view.services();
    writeln!(out, "sequenceDiagram")?;
    for (at, service) in services.iter().enumerate() {
        writeln!(out, "    participant s{at} as {}", plain(service))?;
    }
    let number = |service: &str| services.iter().position(|known| *known == service).unwrap_or(0);
    let mut from = None;
    for step in view.shown.iter().filter_map(|at| view.story.steps.get(*at)) {
        let to = number(&step.entry.actor);
        let arrow = if step.is_failure() { "--x" } else { "->>" };
        let gap = if step.gap > 0 { format!(" (+{})", span(step.gap)) } else { String::new() };
        let from = from.replace(to).unwrap_or(to);
        let (action, human) = (plain(&step.entry.action), plain(step.entry.human()));
        writeln!(out, "    s{from}{arrow}s{to}: {action}: {human}{gap}")?;
    }
    for (operation, told) in view.open() {
        writeln!(out, "    Note over s{}: {}", number(&operation.actor), plain(&told))?;
    }
    if let Some(more) = view.more_open() {
        writeln!(out, "    Note over s0: {more}")?;
    }
    Ok(())
}

/// A text in which nothing is syntax: what Mermaid or a browser would read is written by number.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '#' | ';' | '<' | '>' | '&' | '"' | '%' | '{' | '}') {
            let _ = write!(plain, "#{};", u32::from(c));
        } else {
            plain.push(c);
        }
    }
    plain
}
