//! Where the time went: in go steps, operations and the critical path, out come sums that add up
//! to the whole, and what stands out.

use std::collections::{BTreeMap, HashSet};

use super::{Deed, Hop, Operation, Outcome, Piece, Step, hops, operations};
use crate::logs::{Nanos, Site};

/// How a story ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Its last operation ended well.
    Ok,
    /// Nothing tells of an end, good or bad.
    Unknown,
    /// Something has begun and nobody told its end.
    Open,
    /// It was cancelled.
    Cancelled,
    /// It failed.
    Failed,
}

impl Ending {
    /// Every way to end.
    pub const ALL: [Self; 5] = [Self::Ok, Self::Unknown, Self::Open, Self::Cancelled, Self::Failed];

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unknown => "unknown",
            Self::Open => "open",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }
}

/// A part of the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Share<T> {
    /// Whose.
    pub of: T,
    /// How much, in nanoseconds.
    pub time: Nanos,
    /// The same in hundredths of the whole.
    pub percent: f64,
}

/// Where the time went.
#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    /// When the story begins.
    pub begin: Nanos,
    /// When it ends; while it is open, when the logs do.
    pub end: Nanos,
    /// When the logs end.
    pub until: Nanos,
    /// How it ended.
    pub ending: Ending,
    /// By service, the most first.
    pub services: Vec<Share<String>>,
    /// By action, the most first.
    pub actions: Vec<Share<Deed>>,
    /// The longest piece of the critical path.
    pub slowest_step: Option<Piece>,
    /// The longest way from one service to the next.
    pub slowest_hop: Option<Hop>,
    /// What is open, the innermost of each.
    pub open: Vec<usize>,
    /// The steps that tell of something gone wrong.
    pub failures: Vec<usize>,
    /// For how long the logs go on after the last step, in nanoseconds.
    pub silence: Nanos,
    /// How many events the services of the story say they left out at that time.
    pub left_out: u64,
}

impl Totals {
    /// How long the story is, in nanoseconds.
    #[must_use]
    pub fn elapsed(&self) -> Nanos {
        self.end.saturating_sub(self.begin)
    }
}

/// Adds everything up.
pub(super) fn add_up<'a>(
    steps: &'a [Step],
    operations: &'a [Operation],
    path: &[Piece],
    ending: Ending,
    end: Nanos,
    until: Nanos,
) -> Totals {
    let last = steps.last().map_or(end, |step| step.time);
    let begin = path.first().map_or(end, |piece| piece.from);
    let whole = end.saturating_sub(begin);
    let pieces = || {
        let site = |piece: &Piece| piece.site(steps, operations).map(|site| site.as_ref());
        path.iter().filter_map(move |piece| Some((site(piece)?, piece.length())))
    };
    let deed = |(site, time): (&'a Site, Nanos)| ((&site.actor, &site.action), time);
    Totals {
        begin,
        end,
        until,
        ending,
        services: shares(pieces().map(|(site, time)| (&site.actor, time)), whole, Clone::clone),
        actions: shares(pieces().map(deed), whole, |(actor, action)| {
            (actor.clone(), action.clone())
        }),
        slowest_step: path.iter().max_by_key(|piece| piece.length()).cloned(),
        slowest_hop: hops::slowest(steps, operations),
        open: innermost_open(operations),
        failures: (0..steps.len())
            .filter(|at| steps.get(*at).is_some_and(Step::is_failure))
            .collect(),
        silence: until.saturating_sub(last).max(0),
        left_out: 0,
    }
}

/// Who a piece of the path belongs to.
pub(crate) fn deed(piece: &Piece, steps: &[Step], operations: &[Operation]) -> Deed {
    let site = piece.site(steps, operations);
    site.map(|site| (site.actor.clone(), site.action.clone())).unwrap_or_default()
}

fn shares<K: Ord + Copy, T>(
    pieces: impl Iterator<Item = (K, Nanos)>,
    whole: Nanos,
    named: impl Fn(K) -> T,
) -> Vec<Share<T>> {
    let mut sums: BTreeMap<K, Nanos> = BTreeMap::new();
    for (of, time) in pieces {
        let sum = sums.entry(of).or_default();
        // Whoever claims that something took for ever shall not end the report.
        *sum = sum.saturating_add(time);
    }
    let percent = |time: Nanos| if whole > 0 { time as f64 * 100.0 / whole as f64 } else { 0.0 };
    let share = |(of, time)| Share { of: named(of), time, percent: percent(time) };
    let mut shares: Vec<Share<T>> = sums.into_iter().map(share).collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.time));
    shares
}

fn innermost_open(operations: &[Operation]) -> Vec<usize> {
    let open = |at: &usize| operations.get(*at).is_some_and(Operation::is_open);
    let inner = operations.iter().filter(|operation| operation.is_open());
    let around: HashSet<usize> = inner.filter_map(|inner| inner.parent()).collect();
    (0..operations.len()).filter(open).filter(|at| !around.contains(at)).collect()
}

/// How it ended: while something is open that nothing around it has outlived, it did not.
pub(super) fn ending(steps: &[Step], operations: &[Operation]) -> Ending {
    let holds = |one: &Operation| one.is_open() && operations::outlived(operations, one).is_none();
    if operations.iter().any(holds) {
        return Ending::Open;
    }
    let outer = operations.iter().filter(|one| one.parent().is_none() && !one.is_open());
    let last = outer.max_by_key(|operation| (operation.to, operation.end()));
    match last.map(|operation| operation.outcome) {
        Some(Some(Outcome::Failed | Outcome::Panicked)) => Ending::Failed,
        Some(Some(Outcome::Cancelled)) => Ending::Cancelled,
        Some(_) => Ending::Ok,
        None if steps.last().is_some_and(Step::is_failure) => Ending::Failed,
        None => Ending::Unknown,
    }
}
