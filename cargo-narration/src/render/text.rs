//! A story as text: what is wrong first, then the steps, then where the time went.

mod around;
mod head;
mod line;
mod steps;
mod times;

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

/// The story as text of about this many columns.
pub(crate) fn render(view: &View<'_>, width: usize) -> String {
    let mut out = String::new();
    head::write(&mut out, view);
    steps::write(&mut out, view, width);
    times::write(&mut out, view);
    out
}

/// What the story comes to, without its steps.
pub(crate) fn totals(view: &View<'_>) -> String {
    let mut out = "\n".to_owned();
    head::write(&mut out, view);
    times::write(&mut out, view);
    out
}

/// The colour of a service.
fn colour(services: &[&str], service: &str) -> Style {
    let at = services.iter().position(|known| *known == service).unwrap_or(0);
    SERVICES.get(at % SERVICES.len()).copied().unwrap_or_default()
}
