//! A story as a Mermaid sequence diagram: an arrow wherever the next step is another service's.

use std::fmt::Write as _;

use super::{View, span, visible};

/// The story as a sequence diagram.
pub(crate) fn render(view: &View<'_>) -> String {
    let services = view.services();
    let mut out = "sequenceDiagram\n".to_owned();
    for (at, service) in services.iter().enumerate() {
        let _ = writeln!(out, "    participant s{at} as {}", plain(service));
    }
    let number = |service: &str| services.iter().position(|known| *known == service).unwrap_or(0);
    let mut from = None;
    for step in view.shown.iter().filter_map(|at| view.story.steps.get(*at)) {
        let to = number(&step.entry.actor);
        let arrow = if step.is_failure() { "--x" } else { "->>" };
        let gap = if step.gap > 0 { format!(" (+{})", span(step.gap)) } else { String::new() };
        let from = from.replace(to).unwrap_or(to);
        let (action, human) = (plain(&step.entry.action), plain(step.entry.human()));
        let _ = writeln!(out, "    s{from}{arrow}s{to}: {action}: {human}{gap}");
    }
    for (operation, told) in view.open() {
        let _ = writeln!(out, "    Note over s{}: {}", number(&operation.actor), plain(&told));
    }
    out
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
