//! A story for programs: every number in nanoseconds, every time in RFC 3339.
//!
//! It is written an element at a time: a story may be longer than what should be held twice.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use super::View;
use crate::logs::stamp;
use crate::story::{Around, Hop, Operation, Outcome, Piece, Step, deed};

/// The story as one JSON object.
pub(crate) struct Told<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) comparison: Option<Value>,
    pub(crate) around: Option<Value>,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = self.view;
        let mut map = serializer.serialize_map(None)?;
        heading(&mut map, view)?;
        findings(&mut map, view)?;
        sums(&mut map, view)?;
        losses(&mut map, view)?;
        map.serialize_entry("comparison", &self.comparison)?;
        map.serialize_entry("around", &self.around)?;
        let steps = || view.shown.iter().filter_map(|at| step(view, *at));
        map.serialize_entry("steps", &Each(steps))?;
        let operations = || view.story.operations.iter().map(|one| operation(view, one));
        map.serialize_entry("operations", &Each(operations))?;
        let path = || view.story.path.iter().map(|one| piece(view, one));
        map.serialize_entry("critical_path", &Each(path))?;
        map.end()
    }
}

/// A list whose elements are made when they are written.
pub(super) struct Each<F>(pub(super) F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// What was asked for, and how it ended.
fn heading<M: SerializeMap>(map: &mut M, view: &View<'_>) -> Result<(), M::Error> {
    let (selection, totals) = (view.selection, &view.story.totals);
    map.serialize_entry("asked", &selection.asked)?;
    map.serialize_entry("key", &selection.key)?;
    map.serialize_entry("correlation_ids", &selection.ids)?;
    let related =
        || selection.related.iter().map(|(id, key)| json!({ "correlation_id": id, "key": key }));
    map.serialize_entry("related", &Each(related))?;
    map.serialize_entry("ending", totals.ending.as_str())?;
    map.serialize_entry("begin", &stamp(totals.begin))?;
    map.serialize_entry("end", &stamp(totals.end))?;
    map.serialize_entry("elapsed_ns", &totals.elapsed())
}

/// What went wrong or goes on.
fn findings<M: SerializeMap>(map: &mut M, view: &View<'_>) -> Result<(), M::Error> {
    let (story, totals) = (view.story, &view.story.totals);
    let failures = || totals.failures.iter().filter_map(|at| step(view, *at));
    map.serialize_entry("failures", &Each(failures))?;
    let open = totals.open.iter().filter_map(|at| story.operations.get(*at));
    map.serialize_entry("open", &Each(|| open.clone().map(|one| operation(view, one))))?;
    map.serialize_entry("silence_ns", &totals.silence)?;
    let corrections = story.corrections.iter();
    let corrections =
        || corrections.clone().map(|one| json!({ "actor": one.actor, "by_ns": one.by }));
    map.serialize_entry("corrections", &Each(corrections))
}

/// Where the time went.
fn sums<M: SerializeMap>(map: &mut M, view: &View<'_>) -> Result<(), M::Error> {
    let totals = &view.story.totals;
    let services = || {
        let shares = totals.services.iter();
        shares.map(
            |share| json!({ "actor": share.of, "time_ns": share.time, "percent": share.percent }),
        )
    };
    map.serialize_entry("services", &Each(services))?;
    let actions = || {
        let shares = totals.actions.iter();
        shares.map(|share| json!({ "actor": share.of.0, "action": share.of.1, "time_ns": share.time, "percent": share.percent }))
    };
    map.serialize_entry("actions", &Each(actions))?;
    map.serialize_entry("slowest_step", &totals.slowest_step.as_ref().map(|one| piece(view, one)))?;
    map.serialize_entry("slowest_hop", &totals.slowest_hop.as_ref().map(|one| hop(view, one)))
}

/// What was read and is not told, or could not be read.
fn losses<M: SerializeMap>(map: &mut M, view: &View<'_>) -> Result<(), M::Error> {
    let selection = view.selection;
    map.serialize_entry("left_out_by_sampling", &view.story.totals.left_out)?;
    map.serialize_entry("repeated", &selection.repeated)?;
    map.serialize_entry("mentions", &selection.mentions)?;
    map.serialize_entry("too_long", &selection.too_long)?;
    let unreadable = || {
        let troubles = selection.troubles.iter();
        troubles.map(|one| json!({ "path": one.path.display().to_string(), "reason": one.reason }))
    };
    map.serialize_entry("unreadable", &Each(unreadable))
}

fn piece(view: &View<'_>, piece: &Piece) -> Value {
    let (actor, action) = deed(piece, &view.story.steps, &view.story.operations);
    json!({
        "actor": actor,
        "action": action,
        "from": stamp(piece.from),
        "to": stamp(piece.to),
        "duration_ns": piece.length(),
    })
}

fn hop(view: &View<'_>, hop: &Hop) -> Value {
    let end = |at: usize| {
        let step = view.story.steps.get(at)?;
        Some(
            json!({ "actor": step.entry.actor, "action": step.entry.action, "time": stamp(step.time) }),
        )
    };
    json!({ "from": end(hop.from), "to": end(hop.to), "duration_ns": hop.time })
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

fn step(view: &View<'_>, at: usize) -> Option<Value> {
    let step = view.story.steps.get(at)?;
    let entry = &step.entry;
    let source = view.sources.get(entry.place().source as usize);
    let contradiction = view.contradiction(at).map(|one| {
        let kind = if one.same_clock { "clock-set-back" } else { "before-its-cause" };
        json!({ "kind": kind, "cause": one.cause, "by_ns": one.by })
    });
    let mut value = step_alone(step);
    value["index"] = json!(at);
    value["contradiction"] = json!(contradiction);
    value["log"] = json!(source.map(|source| source.path.display().to_string()));
    value["offset"] = json!(entry.place().offset);
    Some(value)
}

/// One that has not ended took as long as it has been going on.
fn operation(view: &View<'_>, operation: &Operation) -> Value {
    json!({
        "actor": operation.actor,
        "action": operation.action,
        "from": stamp(operation.from),
        "to": operation.to.map(stamp),
        "duration_ns": operation.duration().unwrap_or_else(|| view.story.waited(operation)),
        "outcome": operation.outcome.map_or("open", Outcome::as_str),
        "parent": operation.parent(),
        "start_step": operation.start(),
        "end_step": operation.end(),
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
