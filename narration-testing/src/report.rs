//! What a failed assertion says.
//!
//! In: a story and a claim about it. Out: the claim, the narration that comes
//! nearest with the difference, what strayed, and the whole story.

use std::fmt::Write as _;

use narration_record::Value;

use crate::directory;
use crate::event::{Event, OtherLine};
use crate::nearest::{difference, nearest};
use crate::query::Query;
use crate::story::Story;

/// The most narrations shown at the beginning and at the end of a long story.
const SHOWN: usize = 100;

/// The most lines shown of what is no record.
const OTHERS_SHOWN: usize = 5;

/// Nothing passes.
pub(crate) fn missing(query: &Query<'_>) -> String {
    let story = query.story();
    let events = story.events();
    let mut report = format!("not narrated: {query}\n");
    if let Some(event) = nearest(query, &events) {
        let _ = writeln!(report, "  nearest: {}", line(event));
        report.push_str(&difference(query, event));
    }
    strays(&mut report, query);
    whole(&mut report, story);
    report
}

/// Something passes that should not.
pub(crate) fn unwanted(query: &Query<'_>) -> String {
    let mut report = format!("narrated, but should not be: {query}\n");
    list(&mut report, &query.events());
    whole(&mut report, query.story());
    report
}

/// More or fewer pass than expected.
pub(crate) fn count(query: &Query<'_>, expected: usize) -> String {
    let events = query.events();
    let times =
        |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let mut report =
        format!("narrated {} instead of {}: {query}\n", times(events.len()), times(expected));
    list(&mut report, &events);
    if events.len() < expected {
        strays(&mut report, query);
    }
    whole(&mut report, query.story());
    report
}

/// Two stand in the wrong order.
pub(crate) fn disordered(first: &Query<'_>, then: &Query<'_>) -> String {
    let mut report = format!("in the wrong order: {first}\n  should be before: {then}\n");
    whole(&mut report, first.story());
    report
}

/// A claim that is not about single narrations.
pub(crate) fn claim(story: &Story, claim: &str, against: &[Event]) -> String {
    let mut report = format!("{claim}\n");
    list(&mut report, against);
    whole(&mut report, story);
    report
}

/// What strayed and would pass: narrated by something that lost its context.
fn strays(report: &mut String, query: &Query<'_>) {
    let story = query.story();
    if !story.is_capture {
        return;
    }
    let (strays, lost) = directory::strays(story.recording.since);
    let like: Vec<_> = strays.iter().filter(|stray| query.matches(stray)).cloned().collect();
    if let Some(first) = like.first() {
        let shared = first.correlation_id().map_or(0, directory::sharers);
        let why = if shared > 1 {
            format!(
                "{shared} captures share their correlation id: give every test an id of its own \
                 (`story.correlation_id()`)"
            )
        } else {
            "whoever narrated them has lost the test's context: spawn with \
             `narration_runtime::spawn`, `.in_current_span()` or `story.scope(future)`, or tell the \
             capture their correlation id with `story.adopt(id)`"
                .to_owned()
        };
        let _ = writeln!(report, "  {} like that belong to no capture; {why}:", like.len());
        list(report, &like);
    } else if !strays.is_empty() {
        let _ = writeln!(
            report,
            "  ({} narrations meanwhile belong to no capture, none of them like that)",
            strays.len() as u64 + lost
        );
    }
}

fn list(report: &mut String, events: &[Event]) {
    for event in events.iter().take(SHOWN) {
        let _ = writeln!(report, "  > {}{}", line(event), place(event));
    }
    if events.len() > SHOWN {
        let _ = writeln!(report, "  > … {} more", events.len() - SHOWN);
    }
}

/// The whole story, and what else there was.
fn whole(report: &mut String, story: &Story) {
    story.recording.read(|events, others| {
        let _ = match events.len() {
            0 => writeln!(report, "the story is empty"),
            1 => writeln!(report, "the story (1 narration):"),
            count => writeln!(report, "the story ({count} narrations):"),
        };
        report.push_str(&told(events));
        other_lines(report, others, events.is_empty());
    });
}

fn other_lines(report: &mut String, others: &[OtherLine], nothing_else: bool) {
    let Some(first) = others.first() else { return };
    let _ = writeln!(report, "and {} lines that are no records:", others.len());
    for other in others.iter().take(OTHERS_SHOWN) {
        let _ = writeln!(report, "  | {}", plain(&other.line));
    }
    if nothing_else {
        let _ = writeln!(
            report,
            "  ({}; a service writes records with NARRATION_FORMAT=json or logfmt)",
            first.reason
        );
    }
}

/// A story, one narration a line; the middle of a long one is left out, and so is what other
/// crates log and production does not hear, such as a client's every connection.
pub(crate) fn told(events: &[Event]) -> String {
    let mut text = String::new();
    let Some(first) = events.first() else { return text };
    let is_shown = |event: &&Event| !(event.is_filtered() && event.action == "log");
    let count = events.iter().filter(is_shown).count();
    let hidden = SHOWN..count.saturating_sub(SHOWN);
    for (index, event) in events.iter().filter(is_shown).enumerate() {
        if hidden.contains(&index) {
            if index == hidden.start {
                let _ = writeln!(text, "       … {} more", hidden.len());
            }
            continue;
        }
        let after = event.timestamp.duration_since(first.timestamp).as_secs_f64() * 1e3;
        let filtered = if event.is_filtered() { "  (filtered in production)" } else { "" };
        let _ = writeln!(
            text,
            "  {:>4}  {after:+10.3} ms  {:<5} {}{filtered}",
            index + 1,
            event.level,
            line(event)
        );
    }
    if count < events.len() {
        let left_out = events.len() - count;
        let _ = writeln!(text, "  ({left_out} logged by other crates, filtered in production)");
    }
    text
}

/// One narration: the memo's `[actor] action: human`, and its fields.
fn line(event: &Event) -> String {
    let mut line = format!("[{}] {}: {}", event.actor, event.action, plain(&event.human));
    let target = event.target.iter().map(|target| ("target", Value::Str(target.clone())));
    let fields = event.record().fields.iter().map(|(key, value)| (key.as_str(), value.clone()));
    for (key, value) in target.chain(fields) {
        let _ = write!(line, "  {key}={}", plain(&value.to_string()));
    }
    line
}

fn place(event: &Event) -> String {
    event.place().map(|(file, line)| format!("  at {file}:{line}")).unwrap_or_default()
}

/// Text that cannot drive the terminal it is shown on.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}
