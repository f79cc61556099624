//! What the page shows, as JSON: short keys, since there may be ten thousand steps.

use serde_json::{Value, json};

use crate::logs::stamp;
use crate::render::json::scalar;
use crate::render::{View, clock, span};
use crate::story::{Step, deed};

pub(super) fn of(view: &View<'_>) -> Value {
    let story = view.story;
    let totals = &story.totals;
    let services = view.services();
    let shares: Vec<Value> = services
        .iter()
        .map(|service| {
            let share = totals.services.iter().find(|share| share.of == **service);
            let (time, percent) = share.map_or((0, 0.0), |share| (share.time, share.percent));
            json!({ "name": service, "time": span(time), "percent": percent })
        })
        .collect();
    let bars = bars(view);
    let steps: Vec<Value> = view
        .shown
        .iter()
        .filter_map(|at| Some(step(view, &services, &bars, *at, story.steps.get(*at)?)))
        .collect();
    json!({
        "ending": totals.ending.as_str(),
        "elapsed": totals.elapsed(),
        "summary": format!("{} · begins {} · {} steps", span(totals.elapsed()), stamp(totals.begin), story.steps.len()),
        "findings": findings(view),
        "services": shares,
        "steps": steps,
    })
}

/// From when to when the operation goes that a step begins, as offsets; and whether it is open.
fn bars(view: &View<'_>) -> Vec<Option<(i64, i64, bool)>> {
    let story = view.story;
    let mut bars = vec![None; story.steps.len()];
    for operation in &story.operations {
        let told = operation.start.or(operation.end);
        if let Some(bar) = told.and_then(|at| bars.get_mut(at)) {
            let (begin, end) = (story.totals.begin, story.totals.end);
            let to = operation.to.unwrap_or(end);
            *bar = Some((
                operation.from.saturating_sub(begin),
                to.saturating_sub(begin),
                operation.is_open(),
            ));
        }
    }
    bars
}

fn findings(view: &View<'_>) -> Vec<String> {
    let story = view.story;
    let mut findings = Vec::new();
    for (operation, told) in view.open() {
        findings.push(format!("{told} ({})", operation.actor));
    }
    for (step, outcome) in view.failures() {
        let entry = &step.entry;
        findings.push(format!("{outcome}: {} {}: {}", entry.actor, entry.action, entry.human()));
    }
    findings.extend(view.more_failures());
    if let Some(piece) = &story.totals.slowest_step {
        let (actor, action) = deed(piece, &story.steps, &story.operations);
        findings.push(format!("slowest step: {actor} {action}, {}", span(piece.length())));
    }
    if let Some(hop) = &story.totals.slowest_hop
        && let (Some(from), Some(to)) = (story.steps.get(hop.from), story.steps.get(hop.to))
    {
        let (from, to) = (&from.entry.actor, &to.entry.actor);
        findings.push(format!("slowest hop: {from} → {to}, {}", span(hop.time)));
    }
    for one in &story.corrections {
        findings.push(format!("clock of {} corrected by +{}", one.actor, span(one.by)));
    }
    findings
}

fn step(
    view: &View<'_>,
    services: &[&str],
    bars: &[Option<(i64, i64, bool)>],
    at: usize,
    step: &Step,
) -> Value {
    let entry = &step.entry;
    let service = services.iter().position(|known| *known == entry.actor);
    let fields: Vec<Value> =
        entry.fields().map(|(name, value)| json!([name, scalar(&value)])).collect();
    let clock_mark = view.contradiction(at).map(|one| span(one.by));
    json!({
        "t": step.time.saturating_sub(view.story.totals.begin),
        "c": clock(step.time),
        "g": span(step.gap),
        "s": service,
        "a": entry.action,
        "h": entry.human(),
        "l": entry.level.as_str(),
        "x": step.is_failure(),
        "b": bars.get(at).copied().flatten(),
        "o": entry.target(),
        "f": fields,
        "m": clock_mark,
    })
}
