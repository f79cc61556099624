//! A line: in go the head and the fields, out comes exactly one line of the chosen format.

mod json;
mod logfmt;
mod pretty;
mod story;

use crate::fields::Fields;
use crate::format::{Format, Style};
use crate::head::Head;
use crate::merge;

/// Appends one line, its line break included.
///
/// The fields follow the head: those with a rank in its order, whoever brought them; then the
/// inherited ones; then the event's own. An event's own field replaces an inherited one of the
/// same name. Lists that were rendered for another format cannot be spelled in this one and are
/// left out.
pub fn write_line(
    out: &mut String,
    style: Style,
    head: &Head<'_>,
    inherited: Option<&Fields>,
    own: &Fields,
) {
    let tail = Tail {
        inherited: inherited.filter(|fields| fields.fits(style.format)),
        own: Some(own).filter(|fields| fields.fits(style.format)),
    };
    match style.format {
        Format::Json => json::write(out, head, tail),
        Format::Logfmt => logfmt::write(out, head, tail),
        Format::Pretty => pretty::write(out, style.colour, head, tail),
        Format::Story => story::write(out, head),
    }
}

/// The fields behind the head, all in the spelling of the line.
#[derive(Clone, Copy)]
struct Tail<'a> {
    inherited: Option<&'a Fields>,
    own: Option<&'a Fields>,
}

impl Tail<'_> {
    fn is_empty(self) -> bool {
        self.inherited.is_none_or(Fields::is_empty) && self.own.is_none_or(Fields::is_empty)
    }

    fn append(self, out: &mut String) {
        merge::append(out, self.inherited, self.own);
    }
}

#[cfg(test)]
mod tests;
