//! A story beside others of its shape: in go all requests of some logs, out come what is usual
//! and how far this one is from it.

use std::hash::RandomState;
use std::sync::Arc;

use super::{Brief, Deed, Gather as _, Story, Survey};
use crate::logs::Glimpse;

/// One story beside the others that begin as it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What they begin with.
    pub entry: Deed,
    /// How many others there are.
    pub others: usize,
    /// How long the whole takes.
    pub elapsed: Beside,
    /// How long actions take by their outcomes, those that are furthest from the usual first.
    pub actions: Vec<(Deed, Beside)>,
}

/// A length of time beside those of others, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// This one.
    pub this: f64,
    /// The middle of the others.
    pub median: f64,
    /// What nineteen of twenty others do not exceed.
    pub p95: f64,
    /// How many of a hundred others are quicker.
    pub quicker: f64,
}

/// What a story begins with by the times in the logs, as those it is compared with do.
#[must_use]
pub fn entry(story: &Story) -> Option<Deed> {
    own(story).first.map(|(_, deed)| deed)
}

/// Compares a story with all others that begin with the same action. The clocks of the others are
/// as they are in the logs, and so are this one's here, wherever else they were corrected.
#[must_use]
pub fn compare(story: &Story, ids: &[String], survey: &Survey<Brief>) -> Option<Comparison> {
    let own = own(story);
    let (_, entry) = own.first.clone()?;
    let elapsed = if story.corrections.is_empty() { story.totals.elapsed() } else { own.length() };
    let alike = |(id, brief): &(&Arc<str>, &Brief)| {
        let begins = brief.first.as_ref().is_some_and(|(_, deed)| *deed == entry);
        begins && !ids.iter().any(|asked| asked.as_str() == &***id)
    };
    let others: Vec<&Brief> = survey.by_id.iter().filter(alike).map(|(_, brief)| brief).collect();
    let lengths = others.iter().map(|brief| brief.length() as f64 / 1e6).collect();
    let elapsed = beside(elapsed as f64 / 1e6, lengths)?;
    let mut actions: Vec<(Deed, Beside)> = own
        .durations
        .into_iter()
        .filter_map(|(deed, this)| {
            let lengths = others.iter().filter_map(|brief| brief.durations.get(&deed).copied());
            let beside = beside(this, lengths.collect())?;
            Some((deed, beside))
        })
        .collect();
    let far = |beside: &Beside| beside.this - beside.median;
    actions.sort_by(|one, other| far(&other.1).total_cmp(&far(&one.1)));
    Some(Comparison { entry, others: others.len(), elapsed, actions })
}

fn own(story: &Story) -> Brief {
    let mut brief = Brief::default();
    let prints = RandomState::new();
    story.steps.iter().for_each(|step| brief.add(&Glimpse::of(&step.entry, &prints)));
    brief.settle();
    brief
}

fn beside(this: f64, mut others: Vec<f64>) -> Option<Beside> {
    others.sort_by(f64::total_cmp);
    let at = |part: f64| others.get(((others.len() as f64 - 1.0) * part).round() as usize).copied();
    let quicker = others.partition_point(|other| *other < this);
    Some(Beside {
        this,
        median: at(0.5)?,
        p95: at(0.95)?,
        quicker: quicker as f64 * 100.0 / others.len() as f64,
    })
}
