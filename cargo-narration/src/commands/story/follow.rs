//! `story --follow`: the steps that come, as they come.
//!
//! In: a selection and the logs it came from. Out: a step a line until the user ends it, and then
//! what the story came to. Steps that come together are put in order first: within a tenth of a
//! second of their arrival, whichever log they come from.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{RecursiveMode, Watcher as _};

use super::{Plan, surroundings};
use crate::exit::Exit;
use crate::json_text;
use crate::logs::{Entry, Event, Followed, Place, Source, Sources, read_line};
use crate::render::{self, View};
use crate::story::{Selection, Step, Story};

/// Steps that arrive within this time of each other are put in order.
const TOGETHER: Duration = Duration::from_millis(100);

/// Looked at so often even if nobody says that something changed: some file systems never do.
const AT_LEAST: Duration = Duration::from_millis(250);

/// Tells what is there, then what comes.
pub(super) fn follow(
    plan: &Plan,
    sources: &Sources,
    selection: Selection,
    out: &mut dyn Write,
) -> io::Result<Exit> {
    let mut following = Following {
        ids: selection.ids.iter().cloned().collect(),
        told: selection.entries.iter().map(|entry| entry.place).collect(),
        line: render::text::Line::default(),
        plan,
        sources,
        selection,
    };
    let (changed, _watcher) = watch(sources);
    let mut logs = Followed::new(sources);
    let first = Story::tell(following.selection.entries.clone(), &Default::default());
    following.tell(&first.steps, out)?;
    while !sources.stop.is_set() {
        let new = following.read(&mut logs)?;
        if new.is_empty() {
            let _ = changed.recv_timeout(AT_LEAST);
            continue;
        }
        let _ = changed.recv_timeout(TOGETHER);
        let mut together = new;
        together.extend(following.read(&mut logs)?);
        following.selection.entries.extend(together.iter().cloned());
        let steps = Story::tell(together, &Default::default()).steps;
        following.tell(&steps, out)?;
    }
    following.end(out)?;
    Ok(Exit::Interrupted)
}

/// Wakes whoever waits when something changes in the folders of the logs.
fn watch(sources: &Sources) -> (Receiver<()>, Option<notify::RecommendedWatcher>) {
    let (tell, changed) = channel();
    let watcher = notify::recommended_watcher(move |_| {
        let _ = tell.send(());
    });
    let Ok(mut watcher) = watcher else { return (changed, None) };
    let folders: BTreeSet<_> = sources.found.iter().filter_map(|one| one.path.parent()).collect();
    for folder in folders {
        // What cannot be watched is looked at all the same, a little later.
        let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
    }
    (changed, Some(watcher))
}

struct Following<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    selection: Selection,
    /// The correlation ids that are followed.
    ids: BTreeSet<String>,
    /// What was told, so that nothing is told twice.
    told: HashSet<Place>,
    line: render::text::Line,
}

impl Following<'_> {
    fn read(&mut self, logs: &mut Followed) -> io::Result<Vec<Event>> {
        let mut new = Vec::new();
        logs.read(|place, line| {
            let source = self.sources.found.get(place.source as usize);
            read_line(place, source.map_or("log", Source::service), line, &mut new);
        })?;
        new.retain(|entry| self.belongs(entry));
        Ok(new.into_iter().map(Event::from).collect())
    }

    fn belongs(&mut self, entry: &Entry) -> bool {
        let asked = entry.has_value(&self.selection.asked);
        let id = entry.correlation_id();
        if let (true, Some(id)) = (asked && self.ids.is_empty(), id) {
            self.ids.insert(id.to_owned());
            self.selection.ids.push(id.to_owned());
        }
        let known = id.is_some_and(|id| self.ids.contains(id));
        (known || (asked && id.is_none())) && self.told.insert(entry.place)
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

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.plan.format == "json" || self.selection.entries.is_empty() {
            return Ok(());
        }
        let entries = self.selection.entries.clone();
        let mut surroundings = surroundings::find(self.sources, &entries, self.plan.taxonomy());
        surroundings.align = self.plan.align;
        let story = Story::tell(entries, &surroundings);
        let view = View::new(&self.selection, &story, &self.sources.found, &self.plan.filter);
        out.write_all(render::text::totals(&view).as_bytes())?;
        out.flush()
    }
}
