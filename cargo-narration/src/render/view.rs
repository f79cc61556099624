//! What is shown of a story: in go the story and filters, out come the steps to show.

use narration_record::Level;

use super::span;
use crate::logs::Source;
use crate::story::{Around, Contradiction, Ending, Operation, Outcome, Selection, Step, Story};

/// Which steps are shown. The sums are always those of the whole story.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// One of these actors.
    pub(crate) actors: Vec<String>,
    /// One of these actions.
    pub(crate) actions: Vec<String>,
    /// All of these fields with these values.
    pub(crate) fields: Vec<(String, String)>,
    /// At least this bad.
    pub(crate) level: Option<Level>,
}

impl Filter {
    /// Whether a step passes.
    pub(crate) fn lets(&self, step: &Step) -> bool {
        let entry = &step.entry;
        let among = |names: &[String], name: &String| names.is_empty() || names.contains(name);
        let has = |(name, value): &(String, String)| match name.as_str() {
            "target" => entry.target() == Some(value),
            "actor" => entry.actor == *value,
            "action" => entry.action == *value,
            _ => entry.field(name).is_some_and(|found| found.to_string() == *value),
        };
        among(&self.actors, &entry.actor)
            && among(&self.actions, &entry.action)
            && self.fields.iter().all(has)
            && self.level.is_none_or(|level| entry.level >= level)
    }
}

/// So many of a kind are told before the steps, failures for instance; the rest is counted.
const FIRST: usize = 12;

/// A story as it is shown.
pub(crate) struct View<'a> {
    pub(crate) selection: &'a Selection,
    pub(crate) story: &'a Story,
    pub(crate) sources: &'a [Source],
    /// The steps to show.
    pub(crate) shown: Vec<usize>,
}

impl<'a> View<'a> {
    /// Chooses the steps to show.
    pub(crate) fn new(
        selection: &'a Selection,
        story: &'a Story,
        sources: &'a [Source],
        filter: &Filter,
    ) -> Self {
        let steps = story.steps.iter().enumerate();
        let shown = steps.filter(|(_, step)| filter.lets(step)).map(|(at, _)| at).collect();
        Self { selection, story, sources, shown }
    }

    /// What makes a step stand where it cannot be.
    pub(crate) fn contradiction(&self, step: usize) -> Option<&'a Contradiction> {
        let all = &self.story.contradictions;
        all.binary_search_by_key(&step, |one| one.effect).ok().and_then(|at| all.get(at))
    }

    /// The services in the order of their first steps.
    pub(crate) fn services(&self) -> Vec<&'a str> {
        let mut services = Vec::new();
        for step in &self.story.steps {
            if !services.contains(&step.entry.actor.as_str()) {
                services.push(step.entry.actor.as_str());
            }
        }
        services
    }

    /// The name of the story: its correlation id, or what was asked for where there are several.
    pub(crate) fn name(&self) -> &'a str {
        match self.selection.ids.as_slice() {
            [id] => id,
            _ => &self.selection.asked,
        }
    }

    /// How the story ended. Where nothing tells of an end, what went wrong on the way is told.
    pub(crate) fn ending(&self) -> String {
        let totals = &self.story.totals;
        let word = totals.ending.as_str();
        match totals.failures.len() {
            _ if totals.ending != Ending::Unknown => word.to_owned(),
            0 => format!("{word} ending"),
            1 => format!("{word} ending, 1 error"),
            errors => format!("{word} ending, {errors} errors"),
        }
    }

    /// The first of the ids the story leads to, or of those that name it, and how many more there
    /// are.
    pub(crate) fn first<T>(all: &[T]) -> (&[T], Option<String>) {
        (all.get(..FIRST).unwrap_or(all), more(all.len(), "more"))
    }

    /// The first that is open, which goes on for longest, and the sentence that says so.
    pub(crate) fn open(&self) -> impl Iterator<Item = (&'a Operation, String)> {
        let story = self.story;
        let open = story.totals.open.iter().take(FIRST);
        open.filter_map(|at| story.operations.get(*at)).map(|one| {
            let (action, time) = (&one.action, span(story.waited(one)));
            let over = story.outlived(one).filter(|over| over.outcome == Some(Outcome::Ok));
            let told = match over {
                Some(over) => {
                    format!("{action} goes on for {time}, though {} is done", over.action)
                }
                None => format!("stuck in {action} for {time}"),
            };
            (one, told)
        })
    }

    /// How much more is open than is told.
    pub(crate) fn more_open(&self) -> Option<String> {
        more(self.story.totals.open.len(), "more that are open")
    }

    /// What is open around something open, from the inside out, and for how long.
    pub(crate) fn around(&self, operation: &'a Operation) -> impl Iterator<Item = String> {
        let story = self.story;
        let parent = |one: &&'a Operation| story.operations.get(one.parent()?);
        let around = std::iter::successors(parent(&operation), parent);
        around
            .filter(|one| one.is_open())
            .map(|one| format!("{} {} ({})", one.actor, one.action, span(story.waited(one))))
    }

    /// What was told at a moment: the story's own steps, which are marked, among those of others.
    pub(crate) fn beside(&self, around: &'a Around) -> Vec<(&'a Step, bool)> {
        let near = |step: &&Step| step.time.abs_diff(around.moment) <= around.within.unsigned_abs();
        let own = self.story.steps.iter().filter(near).map(|step| (step, true));
        let mut all: Vec<_> = own.chain(around.steps.iter().map(|step| (step, false))).collect();
        all.sort_by_key(|(step, own)| (step.time, !own));
        all
    }

    /// How many failures are left out where only the first are told.
    pub(crate) fn more_failures(&self) -> Option<String> {
        more(self.story.totals.failures.len(), "more failures")
    }

    /// The first that failed, with the word for how.
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&'a Step, &'static str)> {
        let story = self.story;
        let failed = story.totals.failures.iter().take(FIRST);
        let failed = failed.filter_map(|at| story.steps.get(*at));
        failed.map(|step| match step.outcome {
            Some(outcome) if outcome != Outcome::Ok => (step, outcome.as_str()),
            _ => (step, "error"),
        })
    }
}

/// How many there are beyond those that are told.
fn more(all: usize, what: &str) -> Option<String> {
    let more = all.checked_sub(FIRST).filter(|more| *more > 0)?;
    Some(format!("and {more} {what}"))
}
