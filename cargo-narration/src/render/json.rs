//! A story for programs: every number in nanoseconds, every time in RFC 3339.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};

use super::View;
use crate::logs::stamp;
use crate::story::{Around, Operation, Step, deed};

/// The story as one JSON object, written a step at a time: it may be longer than what should be
/// held.
pub(crate) struct Told<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) comparison: Option<Value>,
    pub(crate) around: Option<Value>,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(mut members) = summary(self.view) else {
            return serializer.serialize_unit();
        };
        members.insert("comparison".to_owned(), self.comparison.clone().into());
        members.insert("around".to_owned(), self.around.clone().into());
        // The place of what follows below.
        members.insert("steps".to_owned(), Value::Null);
        let mut map = serializer.serialize_map(Some(members.len()))?;
        for (name, value) in &members {
            match name.as_str() {
                "steps" => map.serialize_entry(name, &Steps(self.view))?,
                _ => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

struct Steps<'a>(&'a View<'a>);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = &self.0.story.steps;
        let steps = self.0.shown.iter().filter_map(|at| Some((*at, all.get(*at)?)));
        serializer.collect_seq(steps.map(|(at, one)| step(self.0, at, one)))
    }
}

/// Everything but the steps.
fn summary(view: &View<'_>) -> Value {
    let (story, selection) = (view.story, view.selection);
    let totals = &story.totals;
    let name = |at: usize| story.operations.get(at).map(|one| operation(one, story.waited(one)));
    let piece = |piece: &crate::story::Piece| {
        let (actor, action) = deed(piece, &story.steps, &story.operations);
        json!({ "actor": actor, "action": action, "from": stamp(piece.from), "to": stamp(piece.to), "duration_ns": piece.length() })
    };
    let corrections: Vec<Value> = story
        .corrections
        .iter()
        .map(|one| json!({ "actor": one.actor, "by_ns": one.by }))
        .collect();
    json!({
        "asked": selection.asked,
        "key": selection.key,
        "correlation_ids": selection.ids,
        "related": selection.related.iter().map(|(id, key)| json!({ "correlation_id": id, "key": key })).collect::<Vec<_>>(),
        "ending": totals.ending.as_str(),
        "begin": stamp(totals.begin),
        "end": stamp(totals.end),
        "elapsed_ns": totals.elapsed(),
        "operations": (0..story.operations.len()).filter_map(name).collect::<Vec<_>>(),
        "critical_path": story.path.iter().map(piece).collect::<Vec<_>>(),
        "services": totals.services.iter().map(|share| json!({ "actor": share.of, "time_ns": share.time, "percent": share.percent })).collect::<Vec<_>>(),
        "actions": totals.actions.iter().map(|share| json!({ "actor": share.of.0, "action": share.of.1, "time_ns": share.time, "percent": share.percent })).collect::<Vec<_>>(),
        "slowest_step": totals.slowest_step.as_ref().map(piece),
        "slowest_hop": totals.slowest_hop.as_ref().map(|hop| {
            let end = |at: usize| story.steps.get(at).map(|step| json!({ "actor": step.entry.actor, "action": step.entry.action, "time": stamp(step.time) }));
            json!({ "from": end(hop.from), "to": end(hop.to), "duration_ns": hop.time })
        }),
        "open": totals.open.iter().filter_map(|at| name(*at)).collect::<Vec<_>>(),
        "failures": totals.failures.iter().filter_map(|at| Some(step(view, *at, story.steps.get(*at)?))).collect::<Vec<_>>(),
        "corrections": corrections,
        "silence_ns": totals.silence,
        "left_out_by_sampling": totals.left_out,
        "repeated": selection.repeated,
        "mentions": selection.mentions,
        "too_long": selection.too_long,
        "unreadable": selection.troubles.iter().map(|one| json!({ "path": one.path.display().to_string(), "reason": one.reason })).collect::<Vec<_>>(),
    })
}

/// What else was told at a moment.
pub(crate) fn around(view: &View<'_>, around: &Around) -> Value {
    let told = |(step, own): (&Step, bool)| {
        let mut told = step_alone(step);
        told["offset_ns"] = json!(step.time.saturating_sub(around.moment));
        told["correlation_id"] = json!(step.entry.correlation_id());
        told["own"] = json!(own);
        told
    };
    json!({
        "moment": stamp(around.moment),
        "within_ns": around.within,
        "left_out": around.more,
        "steps": view.beside(around).into_iter().map(told).collect::<Vec<_>>(),
    })
}

/// A step that comes before its story is known.
pub(crate) fn step_alone(step: &Step) -> Value {
    let entry = &step.entry;
    let fields: Map<String, Value> =
        entry.fields().map(|(name, value)| (name.to_owned(), scalar(&value))).collect();
    json!({
        "time": stamp(step.time),
        "gap_ns": step.gap,
        "level": entry.level.as_str(),
        "actor": entry.actor,
        "action": entry.action,
        "target": entry.target(),
        "human": entry.human(),
        "fields": fields,
    })
}

fn step(view: &View<'_>, at: usize, step: &Step) -> Value {
    let entry = &step.entry;
    let source = view.sources.get(entry.place.source as usize);
    let contradiction = view.contradiction(at).map(|one| {
        let kind = if one.same_clock { "clock-set-back" } else { "before-its-cause" };
        json!({ "kind": kind, "cause": one.cause, "by_ns": one.by })
    });
    let mut value = step_alone(step);
    value["index"] = json!(at);
    value["contradiction"] = json!(contradiction);
    value["log"] = json!(source.map(|source| source.path.display().to_string()));
    value["offset"] = json!(entry.place.offset);
    value
}

/// `so_far` is how long it has been going on, where it has not ended.
fn operation(operation: &Operation, so_far: i64) -> Value {
    json!({
        "actor": operation.actor,
        "action": operation.action,
        "from": stamp(operation.from),
        "to": operation.to.map(stamp),
        "duration_ns": operation.duration().unwrap_or(so_far),
        "outcome": operation.outcome.as_deref().unwrap_or("open"),
        "parent": operation.parent,
        "start_step": operation.start,
        "end_step": operation.end,
    })
}

/// A field's value as it was.
pub(crate) fn scalar(value: &narration_record::Value) -> Value {
    use narration_record::Value as Field;
    match value {
        Field::Str(text) => json!(text),
        Field::U64(number) => json!(number),
        Field::I64(number) => json!(number),
        Field::F64(number) => json!(number),
        Field::Bool(truth) => json!(truth),
    }
}
