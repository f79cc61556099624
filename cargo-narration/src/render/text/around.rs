//! What else was told at a moment, as a table: the story's own steps among those of others.

use std::fmt::Write as _;

use super::{BAD, BOLD, DIM};
use crate::render::visible::{cut, pad};
use crate::render::{View, clock, span, visible};
use crate::story::{Around, Step};

/// Names that are longer than this are cut.
const WIDEST: usize = 24;

/// The table, with whose each line is.
pub(crate) fn table(view: &View<'_>, around: &Around) -> String {
    let mut out = format!(
        "\n{BOLD}what else was told within {} of {}{BOLD:#}\n",
        span(around.within),
        clock(around.moment)
    );
    if around.more > 0 {
        let _ = writeln!(out, "{DIM}{} lines further from it are left out{DIM:#}", around.more);
    }
    if around.steps.is_empty() {
        let _ = writeln!(out, "{DIM}nothing: nobody else told anything at that time{DIM:#}");
        return out;
    }
    for (step, own) in view.beside(around) {
        row(&mut out, around, step, own);
    }
    out
}

fn row(out: &mut String, around: &Around, step: &Step, own: bool) {
    let entry = &step.entry;
    let offset = step.time.saturating_sub(around.moment);
    let sign = if offset > 0 { "+" } else { "" };
    let whose = if own { "▶" } else { entry.correlation_id().unwrap_or("·") };
    let tone = if step.is_failure() { BAD } else { anstyle::Style::new() };
    let dim = if own { anstyle::Style::new() } else { DIM };
    let name = |text: &str, width: usize| pad(&cut(&visible(text), width), width);
    let _ = writeln!(
        out,
        "{DIM}{}{DIM:#}  {:>10}  {dim}{}  {}  {}{dim:#}  {tone}{}{tone:#}",
        clock(step.time),
        format!("{sign}{}", span(offset)),
        name(whose, WIDEST),
        name(&entry.actor, 20),
        name(&entry.action, 20),
        visible(entry.human()),
    );
}
