//! Lines of text that have a settled layout: in goes a line, out come its event and the id that
//! stands in its place.
//!
//! Spring Boot writes the trace in brackets before the logger's name, the runtimes of AWS Lambda
//! the request in a column of its own.

use narration_record::Value;

use super::foreign::{Found, level};
use super::{Origin, logfmt};
use crate::logs::{Entry, Shape, moment};

/// Whether the line has one of these layouts.
pub(super) fn read(origin: Origin<'_>, whole: &str, entries: &mut Vec<Entry>) -> bool {
    let text = [" stdout F ", " stderr F "].iter().find_map(|by| whole.split_once(by));
    let text = text.filter(|(time, _)| moment(time).is_some()).map_or(whole, |(_, text)| text);
    let found = spring(text).or_else(|| lambda(text)).or_else(|| of_the_platform(text));
    let Some(found) = found else { return false };
    entries.push(found.finish(origin, Shape::Foreign));
    true
}

impl Found {
    /// Takes in a text, and the pairs in it.
    fn says(&mut self, text: &str) {
        if !logfmt::fill(self, text) {
            self.human = Some(text.to_owned());
        }
    }
}

/// `TIME LEVEL PID --- [app] [thread] [TRACE-SPAN] logger : text`.
fn spring(text: &str) -> Option<Found> {
    let (head, mut rest) = text.split_once(" --- ")?;
    let mut words = head.split_whitespace();
    let mut found = Found { time: moment(words.next()?), ..Found::default() };
    found.level = words.find_map(level);
    let mut groups = Vec::new();
    while let Some(group) = rest.trim_start().strip_prefix('[') {
        let (group, behind) = group.split_once(']')?;
        groups.push(group.trim());
        rest = behind;
    }
    let (trace, span) = groups.pop()?.split_once('-')?;
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (logger, human) = rest.split_once(": ")?;
    if found.time.is_none() || (trace.len(), span.len()) != (32, 16) || !hex(trace) || !hex(span) {
        return None;
    }
    found.says(human.trim());
    let app = groups.first().filter(|_| groups.len() > 1);
    let fields = [("trace_id", trace), ("span_id", span), ("logger", logger.trim())];
    let fields = fields.into_iter().chain(app.map(|app| ("service", *app)));
    fields.for_each(|(name, value)| found.field(name, Value::Str(value.to_owned())));
    Some(found)
}

/// `TIME\tREQUEST\tLEVEL\ttext` of Node.js, `[LEVEL]\tTIME\tREQUEST\ttext` of Python.
fn lambda(text: &str) -> Option<Found> {
    let mut columns = text.splitn(4, '\t').map(str::trim);
    let [first, second, third, human] = [(); 4].map(|()| columns.next());
    let (time, request, word) = match first?.strip_prefix('[').and_then(|one| one.strip_suffix(']'))
    {
        Some(word) => (second?, third?, word),
        None => (first?, second?, third?),
    };
    let mut found = Found { time: moment(time), level: level(word), ..Found::default() };
    if found.time.is_none() || found.level.is_none() || !is_request(request) {
        return None;
    }
    found.says(human?);
    found.field("correlation_id", Value::Str(request.to_owned()));
    Some(found)
}

/// `START RequestId: ID Version: $LATEST`, `END RequestId: ID`, `REPORT RequestId: ID\tDuration: …`.
fn of_the_platform(text: &str) -> Option<Found> {
    let (word, behind) = text.split_once(" RequestId: ")?;
    let request = behind.split_whitespace().next().filter(|id| is_request(id))?;
    if !matches!(word, "START" | "END" | "REPORT") {
        return None;
    }
    let mut found = Found { human: Some(text.replace('\t', " ")), ..Found::default() };
    found.field("correlation_id", Value::Str(request.to_owned()));
    Some(found)
}

/// Requests have UUIDs.
fn is_request(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
