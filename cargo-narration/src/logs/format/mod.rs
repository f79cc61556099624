//! From a line to its events: in goes a line as it lies in a file, out come the events it holds.
//!
//! Our own records come first; what is none is read as JSON or logfmt of another program, OTLP
//! included; what is neither becomes an event of the shape [`Shape::Raw`].

mod foreign;
mod journal;
mod json;
mod layouts;
mod logfmt;
mod otlp;
mod row;
mod said;
mod spans;
mod wrapped;

use narration_record::{Level, Record};

use super::payload::{payload, without_colours};
use super::{Entry, Nanos, Place, Shape, moment};

/// What is known about a line beside the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    pub(super) place: Place,
    /// Who wrote it, unless the line says so.
    pub(super) service: &'a str,
    /// When, unless the line says so.
    pub(super) time: Option<Nanos>,
}

/// Reads a line and adds its events. `service` names who wrote it, in case the line does not.
pub fn read_line(place: Place, service: &str, line: &[u8], entries: &mut Vec<Entry>) {
    let line = String::from_utf8_lossy(line);
    let line = line.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    if line.is_empty() {
        return;
    }
    let plain = without_colours(line);
    let origin = Origin { place, service, time: None };
    if !plain.starts_with('{') && layouts::read(origin, &plain, entries) {
        return;
    }
    let payload = payload(&plain);
    let service = payload.service.unwrap_or(service);
    let origin = Origin { place, service, time: payload.time };
    if !read(origin, payload.text, entries) {
        entries.push(raw(origin, line));
    }
}

/// Whether the text was a record, an object or pairs.
fn read(origin: Origin<'_>, text: &str, entries: &mut Vec<Entry>) -> bool {
    if let Ok(record) = narration_record::read(text) {
        entries.push(ours(origin, record));
        return true;
    }
    if text.starts_with('{') {
        json::read(origin, text, entries)
    } else {
        logfmt::read(origin, text, entries)
    }
}

fn ours(origin: Origin<'_>, record: Record) -> Entry {
    let Record { timestamp, level, actor, action, target, human, fields } = record;
    let time = Some(moment::nanos(timestamp));
    let shape = Shape::Narration;
    Entry { place: origin.place, time, level, actor, action, target, human, fields, shape }
}

fn raw(origin: Origin<'_>, line: &str) -> Entry {
    Entry {
        place: origin.place,
        time: origin.time,
        level: Level::Info,
        actor: origin.service.to_owned(),
        action: "log".to_owned(),
        target: None,
        human: line.to_owned(),
        fields: Vec::new(),
        shape: Shape::Raw,
    }
}

#[cfg(test)]
mod tests;
