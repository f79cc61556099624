//! The opening and the closing of spans as `tracing_subscriber` writes them with
//! `with_span_events`: in goes what was found in a line, out comes the beginning or the end of an
//! operation of the span's name.

use narration_record::Value;

use super::foreign::Found;

/// What stands in every line and is no field of the event.
const OF_THE_LINE: [&str; 7] =
    ["target", "filename", "line_number", "threadName", "threadId", "name", "log.level"];

/// Turns a line that says that a span was opened or closed into what the operation of that span
/// would have told. `own` says whether a name is that of a field of the event itself.
pub(super) fn read(found: &mut Found, own: impl Fn(&str) -> bool) {
    let span = found.fields.iter().find(|(name, _)| name == "name");
    let Some(span) = span.and_then(|(_, value)| value.as_str()).map(str::to_owned) else { return };
    let told = |name: &str| found.fields.iter().any(|(known, _)| known == name);
    if told("action") || told("outcome") || own("name") {
        return;
    }
    let besides = |timing: bool| {
        let mut names = found.fields.iter().map(|(name, _)| name.as_str());
        names.any(|name| own(name) && !OF_THE_LINE.contains(&name) && !(timing && is_timing(name)))
    };
    let text = |text: &str| ("outcome".to_owned(), Value::Str(text.to_owned()));
    match found.human.as_deref() {
        Some("new") if !besides(false) => found.fields.push(text("started")),
        Some("close") if !besides(true) => {
            let times = ["time.busy", "time.idle"];
            let times = times.map(|name| found.fields.iter().find(|(known, _)| known == name));
            let nanos = |(_, value): &(String, Value)| nanos(value.as_str()?);
            let took: Option<f64> = times.into_iter().map(|time| time.and_then(nanos)).sum();
            found.fields.push(text("done"));
            if let Some(took) = took {
                found.fields.push(("duration_ms".to_owned(), Value::F64(took / 1e6)));
            }
        }
        _ => return,
    }
    found.fields.push(("action".to_owned(), Value::Str(span)));
}

fn is_timing(name: &str) -> bool {
    matches!(name, "time.busy" | "time.idle")
}

/// Reads a length of time as `tracing_subscriber` writes it: `850ns`, `20.3µs`, `1.05ms`, `3.2s`.
fn nanos(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (number, unit) = text.split_at_checked(end)?;
    let scale = match unit {
        "ns" => 1.0,
        "µs" | "μs" | "us" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * scale)
}
