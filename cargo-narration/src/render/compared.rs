//! A story beside others of its shape, as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{span, visible};
use crate::story::{Beside, Comparison};

/// So many actions are shown; the JSON has all.
const MOST: usize = 6;

/// What is usual, and how far this one is from it.
pub(crate) fn text(comparison: &Comparison) -> String {
    let (actor, action) = &comparison.entry;
    let mut out = format!(
        "\nbeside {} other requests that begin with {} {}\n",
        comparison.others,
        visible(actor),
        visible(action)
    );
    line(&mut out, "the whole", &comparison.elapsed);
    for ((actor, action), beside) in comparison.actions.iter().take(MOST) {
        line(&mut out, &format!("{} {}", visible(actor), visible(action)), beside);
    }
    out
}

fn line(out: &mut String, what: &str, beside: &Beside) {
    let span = |millis: f64| span((millis * 1e6) as i64);
    let _ = writeln!(
        out,
        "  {what}: {}, slower than {:.0} % (median {}, 95 % within {})",
        span(beside.this),
        beside.quicker,
        span(beside.median),
        span(beside.p95)
    );
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
