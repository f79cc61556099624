//! A tree of actions, and what its services say of it: in goes a plan without times, out come
//! events in the order of time and what is true of them.

use std::collections::BTreeSet;

use proptest::prelude::*;

pub(super) const ACTORS: [&str; 3] = ["orchestratord", "pool-managerd", "provisioner"];

/// How an action tells that it began and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// By `#[narrated]`: in a span of its own, with `outcome` and `duration_ms`.
    Narrated,
    /// The same, its end under its own name.
    NarratedAlike,
    /// By hand, the end by the name of its action alone.
    ByName,
    /// By hand under one name, the end with `outcome`.
    ByOutcome,
    /// By hand, once; and once more where it fails.
    FailureAlone,
    /// Once. It has no end.
    Once,
}

/// An action without its times.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    actor: usize,
    replica: usize,
    told: Told,
    failed: bool,
    hangs: bool,
    gap: u64,
    at_once: bool,
    inner: Vec<Plan>,
}

/// Something that is true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deed {
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) from: u64,
    pub(super) to: Option<u64>,
    pub(super) failed: bool,
}

/// A line of a log.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// In microseconds.
    pub(super) time: u64,
    pub(super) actor: &'static str,
    pub(super) replica: usize,
    pub(super) action: String,
    pub(super) texts: Vec<(&'static str, String)>,
    pub(super) took: Option<u64>,
}

/// What was written and what is true.
#[derive(Debug)]
pub(super) struct Truth {
    pub(super) events: Vec<Event>,
    pub(super) deeds: Vec<Deed>,
    /// How each of the deeds is told.
    pub(super) told: Vec<Told>,
}

/// Trees of up to sixty actions, some of which hang.
pub(super) fn plan() -> impl Strategy<Value = Plan> {
    let told = prop_oneof![
        3 => Just(Told::Narrated),
        2 => Just(Told::NarratedAlike),
        2 => Just(Told::ByName),
        2 => Just(Told::ByOutcome),
        1 => Just(Told::FailureAlone),
        3 => Just(Told::Once),
    ];
    let node =
        (0..3_usize, 0..2_usize, told, prop::bool::weighted(0.2), prop::bool::weighted(0.06));
    let node = (node, 1..400_u64, any::<bool>());
    let make = |((actor, replica, told, failed, hangs), gap, at_once), inner| Plan {
        actor,
        replica,
        told,
        failed,
        hangs,
        gap,
        at_once,
        inner,
    };
    let leaf = node.clone().prop_map(move |node| make(node, Vec::new()));
    leaf.prop_recursive(5, 60, 5, move |inner| {
        (node.clone(), prop::collection::vec(inner, 0..5))
            .prop_map(move |(node, inner)| make(node, inner))
    })
}

/// What is written and true of a plan, with the spans of a trace or without.
pub(super) fn truth(plan: &Plan, spans: bool) -> Truth {
    let mut telling = Telling { spans, ..Telling::default() };
    telling.act(plan, 897_643_022_500, None);
    let Telling { mut events, mut deeds, .. } = telling;
    events.sort_by_key(|event| event.time);
    deeds.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (deeds, told) = deeds.into_iter().unzip();
    Truth { events, deeds, told }
}

#[derive(Default)]
struct Telling {
    spans: bool,
    events: Vec<Event>,
    deeds: Vec<(Deed, Told)>,
    /// Ticks that are taken: no two events share one.
    taken: BTreeSet<u64>,
    count: usize,
}

impl Telling {
    /// Tells an action; answers when it ended, in ticks.
    fn act(
        &mut self,
        plan: &Plan,
        begin: u64,
        around: Option<&(String, Option<String>)>,
    ) -> Option<u64> {
        let from = self.moment(begin);
        self.count += 1;
        let own = format!("span-{}", self.count);
        let narrated = matches!(plan.told, Told::Narrated | Told::NarratedAlike) && self.spans;
        let above = around.map(|(span, _)| span.clone());
        let place = if narrated { Some((own, above)) } else { around.cloned() };
        // What runs side by side can be told apart by what it works on.
        let mut texts = vec![("job_id", format!("job-{}", self.count))];
        if let Some((span, parent)) = &place {
            texts.push(("span_id", span.clone()));
            texts.extend(parent.clone().map(|parent| ("parent_span_id", parent)));
        }
        let (start, ok, failed) = words(plan.told);
        self.say(plan, from, start, texts.clone(), None);
        if plan.told == Told::Once || (plan.told == Told::FailureAlone && !plan.failed) {
            return Some(from);
        }
        let ended = self
            .inside(plan, from + plan.gap, place.as_ref())
            .filter(|_| !plan.hangs || plan.told == Told::FailureAlone);
        let to = ended.map(|ended| self.moment(ended + plan.gap));
        if let Some(to) = to {
            let took = (micros(to) - micros(from)) / 1_000;
            if !matches!(plan.told, Told::ByName) {
                texts.push(("outcome", if plan.failed { "failed" } else { "ok" }.to_owned()));
            }
            let narrated = matches!(plan.told, Told::Narrated | Told::NarratedAlike);
            let action = if plan.failed { failed } else { ok };
            self.say(plan, to, action, texts, narrated.then_some(took));
        } else if plan.told == Told::FailureAlone {
            // It waits for what hangs, and so far has said only that it is there.
            return None;
        }
        let deed = Deed {
            actor: ACTORS[plan.actor].to_owned(),
            action: start.to_owned(),
            from: micros(from),
            to: to.map(micros),
            failed: to.is_some() && plan.failed,
        };
        self.deeds.push((deed, plan.told));
        to
    }

    /// Tells what is inside an action, one after the other or side by side; answers when all of
    /// it ended.
    fn inside(
        &mut self,
        plan: &Plan,
        begin: u64,
        place: Option<&(String, Option<String>)>,
    ) -> Option<u64> {
        let (mut next, mut last) = (begin, Some(begin));
        for inner in &plan.inner {
            let ended = self.act(inner, next, place);
            last = ended.zip(last).map(|(ended, last)| ended.max(last));
            if plan.at_once {
                next += inner.gap;
            } else {
                next = ended? + inner.gap;
            }
        }
        last
    }

    fn say(
        &mut self,
        plan: &Plan,
        time: u64,
        action: &str,
        texts: Vec<(&'static str, String)>,
        took: Option<u64>,
    ) {
        let (actor, replica, action) = (ACTORS[plan.actor], plan.replica, action.to_owned());
        self.events.push(Event { time: micros(time), actor, replica, action, texts, took });
    }

    fn moment(&mut self, wanted: u64) -> u64 {
        let mut time = wanted;
        while !self.taken.insert(time) {
            time += 1;
        }
        time
    }
}

/// Two milliseconds a tick, and a part of the next: no duration is a whole number of them.
fn micros(tick: u64) -> u64 {
    tick * 2_000 + tick * 7919 % 900
}

/// The actions that tell a start, success and failure.
fn words(told: Told) -> (&'static str, &'static str, &'static str) {
    match told {
        Told::Narrated => ("build", "built", "build-failed"),
        Told::NarratedAlike => ("fetch", "fetch", "fetch"),
        Told::ByName => ("spawn", "ready", "spawn-failed"),
        Told::ByOutcome => ("verify", "verify", "verify"),
        Told::FailureAlone => ("resolve", "resolve", "resolve"),
        Told::Once => ("note", "note", "note"),
    }
}
