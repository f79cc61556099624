//! A story as text: what is wrong first, then the steps, then where the time went.

mod around;
mod head;
mod line;
mod steps;
mod times;

use std::io::{self, Write};

use anstyle::{AnsiColor, Effects, Style};

use super::View;

pub(crate) use around::table as around;
pub(crate) use line::Line;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const BAD: Style = AnsiColor::Red.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();

/// Services are told apart by these, in the order of their first steps.
const SERVICES: [Style; 6] = [
    AnsiColor::Cyan.on_default(),
    AnsiColor::Green.on_default(),
    AnsiColor::Magenta.on_default(),
    AnsiColor::Blue.on_default(),
    AnsiColor::BrightCyan.on_default(),
    AnsiColor::BrightGreen.on_default(),
];

/// Writes the story as text of about this many columns, a step at a time: it may be longer than
/// what should be held.
pub(crate) fn write(out: &mut dyn Write, view: &View<'_>, width: usize) -> io::Result<()> {
    let mut text = String::new();
    head::write(&mut text, view);
    out.write_all(text.as_bytes())?;
    steps::write(out, view, width)?;
    text.clear();
    times::write(&mut text, view, width);
    out.write_all(text.as_bytes())
}

/// What the story comes to, without its steps.
pub(crate) fn totals(view: &View<'_>) -> String {
    let mut out = "\n".to_owned();
    head::write(&mut out, view);
    times::write(&mut out, view, usize::MAX);
    out
}

/// The colour of a service.
fn colour(services: &[&str], service: &str) -> Style {
    let at = services.iter().position(|known| *known == service).unwrap_or(0);
    SERVICES.get(at % SERVICES.len()).copied().unwrap_or_default()
}
