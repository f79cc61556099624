//! What speaks for two steps being the start and the end of one operation: in go both, out comes
//! how close they are, the closest first.

use narration_record::Value;

use crate::logs::Nanos;
use crate::story::{Habits, Step};

/// A count of milliseconds says this much less than the time that passed.
const TRUNCATED: Nanos = 1_000_000;

/// How the names of two actions belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Names {
    /// By the vocabulary.
    Declared,
    /// They are the same.
    Same,
    /// `download` and `downloaded`, `verify` and `verify-failed`.
    Alike,
    /// Not at all.
    Apart,
}

impl Names {
    /// How `end` belongs to `start`, both actions of one actor.
    pub(super) fn of(actor: &str, start: &str, end: &str, habits: &Habits) -> Self {
        if start != end && habits.is_end_of(actor, start, end) {
            Self::Declared
        } else if start == end {
            Self::Same
        } else if habits.outcome_of(actor, end).is_some() || !alike(start, end) {
            // What the vocabulary names as the end of one action is not that of another.
            Self::Apart
        } else {
            Self::Alike
        }
    }
}

fn alike(start: &str, end: &str) -> bool {
    let stem = start.trim_end_matches(['e', 'y']);
    stem.len() > 2 && end.starts_with(stem)
}

/// Whether two steps say different things of the same field. An operation's arguments stay what
/// they are; what is measured or told of its end does not.
pub(super) fn differ(start: &Step, end: &Step) -> bool {
    const OF_THE_END: [&str; 5] = ["outcome", "duration_ms", "error", "error_kind", "caused_by"];
    let told = |name: &str| end.entry.field(name);
    start.entry.fields().any(|(name, value)| {
        let argument = matches!(value, Value::Str(_)) || name == "attempt";
        argument
            && !OF_THE_END.contains(&name)
            && !name.ends_with("span_id")
            && told(name).is_some_and(|other| other != value)
    })
}

/// How far the start is from where the end's duration points.
pub(super) fn off(end: &Step, start: &Step, took: Nanos) -> Nanos {
    let more = end.time.saturating_sub(start.time).saturating_sub(took);
    if more < 0 { more.saturating_neg() } else { more.saturating_sub(TRUNCATED).max(0) }
}

/// How far the arithmetic may be off: writing takes time, more so on a busy machine. Where
/// nothing but time speaks for two steps, they have to fit closely.
pub(super) fn slack(took: Nanos, names: Names) -> Nanos {
    match names {
        Names::Apart => 5_000_000 + took / 100,
        _ => 50_000_000 + took / 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_belong_together_by_declaration_sameness_or_stem() {
        let mut habits = Habits::default();
        let ends = crate::story::Ends { ok: Some("ready".to_owned()), ..Default::default() };
        habits.declare("pool", "spawn", ends);
        let of = |start, end| Names::of("pool", start, end, &habits);
        assert_eq!(of("spawn", "ready"), Names::Declared);
        assert_eq!(of("spawn", "spawn"), Names::Same);
        assert_eq!(of("download", "downloaded"), Names::Alike);
        assert_eq!(of("verify", "verified"), Names::Alike);
        assert_eq!(of("verify", "verify-failed"), Names::Alike);
        assert_eq!(of("ensure", "complete"), Names::Apart);
        assert_eq!(of("read", "ready"), Names::Apart, "`ready` belongs to `spawn`");
    }
}
