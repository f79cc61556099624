//! Where correlation ids go wrong: in go all requests of some logs, out come the places where an
//! id is missing, is lost on the way, comes from nowhere or is used twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Brief, Deed, Survey};
use crate::logs::{Nanos, Place};

/// A service is part of a kind of request when this share of its requests has it.
const USUAL: f64 = 0.9;

/// So many requests of a kind say what is usual.
const ENOUGH: usize = 10;

/// What is wrong with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Events without an id, of an action or a service that has it elsewhere or never.
    Missing,
    /// A request that does not reach a service it should.
    Broken,
    /// A request that begins at a service where none begins.
    FromNowhere,
    /// One id for several requests.
    Reused,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Broken => "broken",
            Self::FromNowhere => "from-nowhere",
            Self::Reused => "reused",
        }
    }
}

/// One place where something is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind.
    pub kind: Kind,
    /// The id, where there is one.
    pub id: Option<String>,
    /// The service where it happens.
    pub actor: String,
    /// Its action, where one alone is meant.
    pub action: Option<String>,
    /// What is wrong, in a sentence.
    pub reason: String,
    /// How many events show it.
    pub count: u64,
    /// Where the first of them is, if that is known.
    pub place: Option<Place>,
}

/// Judges every link, by kind, then by id.
#[must_use]
pub fn links(survey: &Survey<Brief>, reuse_after: Nanos) -> Vec<Finding> {
    let mut findings = missing(survey);
    let actors = Actors::of(survey);
    let mut ids: Vec<_> = survey.by_id.iter().collect();
    ids.sort_by(|one, other| one.0.cmp(other.0));
    let usual = usual(&ids.iter().map(|(_, brief)| *brief).collect::<Vec<_>>());
    for (id, brief) in ids {
        findings.extend(broken(id, brief, &usual));
        findings.extend(actors.nowhere(id, brief));
        findings.extend(reused(id, brief, reuse_after));
    }
    findings.sort_by_key(|finding| finding.kind);
    findings
}

fn missing(survey: &Survey<Brief>) -> Vec<Finding> {
    let linked: BTreeSet<&Deed> = survey.by_id.values().flat_map(|brief| &brief.deeds).collect();
    let actors: BTreeSet<&str> = linked.iter().map(|(actor, _)| actor.as_str()).collect();
    let mut traces: HashMap<&str, &str> = HashMap::new();
    for (id, brief) in &survey.by_id {
        traces.extend(brief.traces.iter().map(|trace| (trace.as_str(), &**id)));
    }
    let mut without: Vec<_> = survey.without.iter().collect();
    without.sort_by_key(|(deed, _)| *deed);
    let mut findings = Vec::new();
    let mut silent: BTreeMap<&str, Finding> = BTreeMap::new();
    for (deed, lines) in without {
        let (actor, action) = deed;
        let trace = lines.of.traces.iter().find_map(|trace| Some((trace, *traces.get(&**trace)?)));
        let (kind, id, reason) = if let Some((trace, id)) = trace {
            let reason = format!("the trace {trace} goes on here without its correlation id");
            (Kind::Broken, Some(id.to_owned()), reason)
        } else if linked.contains(deed) {
            (Kind::Missing, None, "elsewhere this action has a correlation id".to_owned())
        } else if !actors.contains(actor.as_str()) && !survey.by_id.is_empty() {
            let reason = "no event of this service has a correlation id".to_owned();
            let place = lines.first;
            let never = Finding {
                kind: Kind::Missing,
                id: None,
                actor: actor.clone(),
                action: None,
                reason,
                count: 0,
                place,
            };
            silent.entry(actor).or_insert(never).count += lines.count;
            continue;
        } else {
            // A service that starts up serves nobody yet.
            continue;
        };
        let (actor, action) = (actor.clone(), Some(action.clone()));
        findings.push(Finding {
            kind,
            id,
            actor,
            action,
            reason,
            count: lines.count,
            place: lines.first,
        });
    }
    findings.extend(silent.into_values());
    findings
}

/// The services that requests of a kind usually have: by what they begin with.
fn usual(briefs: &[&Brief]) -> HashMap<Deed, BTreeSet<String>> {
    let mut kinds: HashMap<&Deed, (usize, BTreeMap<&str, usize>)> = HashMap::new();
    for brief in briefs {
        let Some((_, entry)) = &brief.first else { continue };
        let (all, actors) = kinds.entry(entry).or_default();
        *all += 1;
        for actor in brief.actors.keys() {
            *actors.entry(actor).or_default() += 1;
        }
    }
    let often = |all: usize, count: usize| all >= ENOUGH && count as f64 >= USUAL * all as f64;
    kinds
        .into_iter()
        .map(|(entry, (all, actors))| {
            let usual = actors.into_iter().filter(|(_, count)| often(all, *count));
            (entry.clone(), usual.map(|(actor, _)| actor.to_owned()).collect())
        })
        .collect()
}

fn broken(id: &str, brief: &Brief, usual: &HashMap<Deed, BTreeSet<String>>) -> Option<Finding> {
    let (_, entry) = brief.first.as_ref()?;
    // A request that failed or still runs has a reason not to get there.
    let ended_well =
        matches!(&brief.last, Some((.., outcome)) if outcome.as_deref() != Some("cancelled"));
    let lacking = usual.get(entry)?.iter().find(|actor| !brief.actors.contains_key(*actor))?;
    if brief.failed || !ended_well {
        return None;
    }
    let last =
        brief.actors.iter().max_by_key(|(_, time)| **time).map(|(actor, _)| actor.clone())?;
    let reason =
        format!("does not reach {lacking}, as requests that begin with {} {} do", entry.0, entry.1);
    Some(Finding {
        kind: Kind::Broken,
        id: Some(id.to_owned()),
        actor: last,
        action: None,
        reason,
        count: brief.steps,
        place: None,
    })
}

/// How often requests begin at a service, and how often they come by.
struct Actors<'a>(HashMap<&'a str, (usize, usize)>);

impl<'a> Actors<'a> {
    fn of(survey: &'a Survey<Brief>) -> Self {
        let mut actors: HashMap<&str, (usize, usize)> = HashMap::new();
        for brief in survey.by_id.values() {
            for actor in brief.actors.keys() {
                actors.entry(actor).or_default().1 += 1;
            }
            if let Some((_, (actor, _))) = &brief.first {
                actors.entry(actor).or_default().0 += 1;
            }
        }
        Self(actors)
    }

    fn nowhere(&self, id: &str, brief: &Brief) -> Option<Finding> {
        let (_, (actor, action)) = brief.first.as_ref()?;
        let (begins, comes_by) = self.0.get(actor.as_str()).copied()?;
        if begins == comes_by || begins * 2 > comes_by {
            return None;
        }
        let reason = format!(
            "begins here, where {} of {comes_by} requests come from another service",
            comes_by - begins
        );
        let (actor, action) = (actor.clone(), Some(action.clone()));
        Some(Finding {
            kind: Kind::FromNowhere,
            id: Some(id.to_owned()),
            actor,
            action,
            reason,
            count: brief.steps,
            place: None,
        })
    }
}

fn reused(id: &str, brief: &Brief, after: Nanos) -> Option<Finding> {
    let (_, (actor, _)) = brief.first.as_ref()?;
    let silence = brief.longest_silence().filter(|(silence, _)| *silence > after);
    let reason = if brief.sessions.len() > 1 {
        let sessions: Vec<&str> = brief.sessions.iter().map(String::as_str).collect();
        format!("belongs to several sessions: {}", sessions.join(", "))
    } else {
        let (silence, _) = silence?;
        format!("goes on after {} of silence", crate::render::span(silence))
    };
    Some(Finding {
        kind: Kind::Reused,
        id: Some(id.to_owned()),
        actor: actor.clone(),
        action: None,
        reason,
        count: brief.steps,
        place: None,
    })
}
