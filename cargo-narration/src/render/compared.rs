//! A story beside others of its shape, as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{span, visible};
use crate::report::counted;
use crate::story::{Beside, Comparison, Story, entry};

/// So many actions are shown; the JSON has all.
const MOST: usize = 6;

/// What is usual, and how far this one is from it.
pub(crate) fn text(comparison: &Comparison) -> String {
    let (actor, action) = &comparison.entry;
    let others = counted(comparison.others, "other request");
    let begins = if comparison.others == 1 { "begins" } else { "begin" };
    let (actor, action) = (visible(actor), visible(action));
    let mut out = format!("\nbeside {others} that {begins} with {actor} {action}\n");
    line(&mut out, "the whole", &comparison.elapsed);
    for ((actor, action), beside) in comparison.actions.iter().take(MOST) {
        line(&mut out, &format!("{} {}", visible(actor), visible(action)), beside);
    }
    out
}

fn line(out: &mut String, what: &str, beside: &Beside) {
    let span = |millis: f64| span((millis * 1e6) as i64);
    let how = if beside.quicker == 0.0 {
        "none is quicker".to_owned()
    } else {
        format!("slower than {:.0} %", beside.quicker)
    };
    let (median, p95) = (span(beside.median), span(beside.p95));
    let this = span(beside.this);
    let _ = writeln!(out, "  {what}: {this}, {how} (median {median}, 95 % within {p95})");
}

/// What is said where there is nothing to compare with.
pub(crate) fn alone(story: &Story) -> String {
    let begins =
        entry(story).map(|(actor, action)| format!("{} {}", visible(&actor), visible(&action)));
    format!("\nno other request in these logs begins with {}\n", begins.unwrap_or_default())
}

/// The same for programs.
pub(crate) fn as_json(comparison: &Comparison) -> Value {
    let beside = |one: &Beside| json!({ "this_ms": one.this, "median_ms": one.median, "p95_ms": one.p95, "slower_than_percent": one.quicker });
    let actions: Vec<Value> = comparison
        .actions
        .iter()
        .map(|((actor, action), one)| json!({ "actor": actor, "action": action, "times": beside(one) }))
        .collect();
    json!({
        "entry": { "actor": comparison.entry.0, "action": comparison.entry.1 },
        "others": comparison.others,
        "elapsed": beside(&comparison.elapsed),
        "actions": actions,
    })
}
