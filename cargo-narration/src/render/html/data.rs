//! What the page shows, as JSON: short keys, since there may be ten thousand steps, each made when
//! it is written.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};

use crate::logs::stamp;
use crate::render::json::{Each, scalar};
use crate::render::{View, clock, span};
use crate::story::{Step, deed};

/// Everything of a page that a log said.
pub(super) struct Page<'a> {
    pub(super) view: &'a View<'a>,
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = self.view;
        let (steps, totals) = (&view.story.steps, &view.story.totals);
        let (services, bars) = (view.services(), bars(view));
        let shown = view.shown.iter().filter_map(|at| Some((*at, steps.get(*at)?)));
        let told = || shown.clone().map(|(at, one)| step(view, &services, &bars, at, one));
        let (length, begin) = (span(totals.elapsed()), stamp(totals.begin));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ending", totals.ending.as_str())?;
        map.serialize_entry("elapsed", &totals.elapsed())?;
        let summary = format!("{length} · begins {begin} · {} steps", steps.len());
        map.serialize_entry("summary", &summary)?;
        map.serialize_entry("findings", &findings(view))?;
        map.serialize_entry("services", &shares(view, &services))?;
        map.serialize_entry("steps", &Each(told))?;
        map.end()
    }
}

fn shares(view: &View<'_>, services: &[&str]) -> Vec<Value> {
    let of = |service: &&str| {
        let share = view.story.totals.services.iter().find(|share| share.of == **service);
        let (time, percent) = share.map_or((0, 0.0), |share| (share.time, share.percent));
        json!({ "name": service, "time": span(time), "percent": percent })
    };
    services.iter().map(of).collect()
}

/// From when to when the operation goes that a step begins, as offsets; and whether it is open.
fn bars(view: &View<'_>) -> Vec<Option<(i64, i64, bool)>> {
    let story = view.story;
    let mut bars = vec![None; story.steps.len()];
    for operation in &story.operations {
        let told = operation.told();
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
    findings.extend(view.more_open());
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
