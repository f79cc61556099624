//! `story --follow`: the steps that come, as they come.
//!
//! In: a selection and where it came from. Out: a step a line until the user ends it, and then
//! what the story came to. Steps that come together are put in order first: within a tenth of a
//! second of their arrival, whichever log they come from.

mod coming;

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

use super::{Plan, surroundings};
use crate::commands::logs;
use crate::commands::origin::{Opened, Prints};
use crate::exit::Exit;
use crate::json_text;
use crate::logs::{Entry, Event, Place, Sources};
use crate::render::{self, View};
use crate::story::{Selection, Step, Story};
use coming::{Coming, Known};

/// Tells what is there, then what comes.
pub(super) fn follow(
    plan: &Plan,
    opened: &Opened,
    sources: &Sources,
    selection: Selection,
    out: &mut dyn Write,
    notes: &mut Vec<String>,
) -> io::Result<Exit> {
    let mut coming = Coming::of(opened, sources);
    let mut following = Following {
        ids: selection.ids.iter().cloned().collect(),
        traces: opened.is_database().then(|| traces(&selection.entries)),
        told: Told::of(opened, &selection.entries),
        line: render::text::Line::default(),
        plan,
        sources,
        selection,
    };
    let first = Story::tell(following.selection.entries.clone(), &Default::default());
    following.tell(&first.steps, out)?;
    let mut exit = Exit::Interrupted;
    while !sources.stop.is_set() {
        match following.read(&mut coming)? {
            Err(trouble) => {
                notes.push(format!("warning: {}", logs::told(&trouble)));
                exit = Exit::Unreadable;
                break;
            }
            Ok(new) if new.is_empty() => coming.wait(&sources.stop),
            Ok(mut together) => {
                coming.settle();
                together.extend(following.read(&mut coming)?.unwrap_or_default());
                following.selection.entries.extend(together.iter().cloned());
                let steps = Story::tell(together, &Default::default()).steps;
                following.tell(&steps, out)?;
            }
        }
    }
    following.end(opened, out)?;
    Ok(exit)
}

/// The traces of the requests.
fn traces(entries: &[Event]) -> BTreeSet<String> {
    let of_ids = entries.iter().filter(|entry| entry.correlation_id().is_some());
    of_ids.filter_map(|entry| entry.text("trace_id")).map(str::to_owned).collect()
}

/// What was told, so that nothing is told twice: lines by their places, rows by what they say.
enum Told {
    Lines(HashSet<Place>),
    Rows(Prints),
}

impl Told {
    fn of(opened: &Opened, entries: &[Event]) -> Self {
        if opened.is_database() {
            Self::Rows(Prints::of(entries))
        } else {
            Self::Lines(entries.iter().map(|entry| entry.place()).collect())
        }
    }

    /// Adds an event; answers whether it is new.
    fn add(&mut self, event: &Event) -> bool {
        match self {
            Self::Lines(places) => places.insert(event.place()),
            Self::Rows(prints) => prints.add(event),
        }
    }
}

struct Following<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    selection: Selection,
    /// The correlation ids that are followed.
    ids: BTreeSet<String>,
    /// The traces whose events belong here without an id, where these are looked for.
    traces: Option<BTreeSet<String>>,
    told: Told,
    line: render::text::Line,
}

impl Following<'_> {
    /// What came; or why nothing will come any more.
    fn read(&mut self, coming: &mut Coming<'_>) -> io::Result<Result<Vec<Event>, coming::Trouble>> {
        let latest = self.selection.entries.iter().filter_map(Event::time).max();
        let none = BTreeSet::new();
        let traces = self.traces.as_ref().unwrap_or(&none);
        let known = Known { asked: &self.selection.asked, ids: &self.ids, traces, latest };
        let read = match coming.read(self.sources, &known)? {
            Ok(read) => read,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let mut new = Vec::new();
        for entry in read {
            if self.belongs(&entry) {
                let event = Event::from(entry);
                if self.told.add(&event) {
                    new.push(event);
                }
            }
        }
        Ok(Ok(new))
    }

    fn belongs(&mut self, entry: &Entry) -> bool {
        let asked = entry.has_value(&self.selection.asked);
        let id = entry.correlation_id();
        if let (true, Some(id)) = (asked && self.ids.is_empty(), id) {
            self.ids.insert(id.to_owned());
            self.selection.ids.push(id.to_owned());
        }
        let known = id.is_some_and(|id| self.ids.contains(id));
        let trace = entry.text("trace_id");
        if let (true, Some(traces), Some(trace)) = (known, &mut self.traces, trace) {
            traces.insert(trace.to_owned());
        }
        let shares = || {
            let traces = self.traces.as_ref().zip(trace);
            traces.is_some_and(|(traces, trace)| traces.contains(trace))
        };
        known || (id.is_none() && (asked || shares()))
    }

    fn tell(&mut self, steps: &[Step], out: &mut dyn Write) -> io::Result<()> {
        for step in steps.iter().filter(|step| self.plan.filter.lets(step)) {
            if self.plan.format == "json" {
                json_text::write_line(&mut *out, &render::json::step_alone(step))?;
                writeln!(out)?;
            } else {
                out.write_all(self.line.of(step).as_bytes())?;
            }
        }
        out.flush()
    }

    fn end(&self, opened: &Opened, out: &mut dyn Write) -> io::Result<()> {
        if self.plan.format == "json" || self.selection.entries.is_empty() {
            return Ok(());
        }
        let entries = self.selection.entries.clone();
        // A database that is away by now says no more than it did in the beginning.
        let ends = opened.ends(self.sources);
        let mut surroundings = surroundings::find(&ends, &entries, self.plan.taxonomy());
        surroundings.align = self.plan.align;
        let story = Story::tell(entries, &surroundings);
        let view = View::new(&self.selection, &story, &self.sources.found, &self.plan.filter);
        out.write_all(render::text::totals(&view).as_bytes())?;
        out.flush()
    }
}
