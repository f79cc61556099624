//! What changed between two versions of a vocabulary.
//!
//! In: the older and the newer one. Out: changes, breaking ones told from safe
//! ones: breaking is what makes a call fail to compile, a reader of logs misread
//! or miss something, or a value visible that was hidden.

mod actions;
mod fields;

use narration_taxonomy::model::Rate;
use narration_taxonomy::{Deprecated, Level, PiiMode, Placed, Redaction, Taxonomy};
use serde::Serialize;

use crate::rate::{of_level, told};

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// Whether it can hurt.
    pub(crate) breaking: bool,
    /// What changed: `field pool_id`, `action spawn of pool-managerd`.
    pub(crate) what: String,
    /// How, and whom it concerns.
    pub(crate) how: String,
}

/// Changes, as they are found.
#[derive(Default)]
struct Changes {
    found: Vec<Change>,
}

impl Changes {
    fn breaking(&mut self, what: &str, how: impl Into<String>) {
        self.found.push(Change { breaking: true, what: what.to_owned(), how: how.into() });
    }

    fn safe(&mut self, what: &str, how: impl Into<String>) {
        self.found.push(Change { breaking: false, what: what.to_owned(), how: how.into() });
    }
}

/// All changes, in the order of the vocabularies.
pub(crate) fn diff(old: &Taxonomy, new: &Taxonomy) -> Vec<Change> {
    let mut changes = Changes::default();
    fields::compare(old, new, &mut changes);
    actions::compare(old, new, &mut changes);
    levels(old, new, &mut changes);
    redaction(&old.redaction, &new.redaction, &mut changes);
    changes.found
}

/// How much is told of something.
fn rate(what: &str, old: &Rate, new: &Rate, changes: &mut Changes) {
    let share = |rate: &Rate| {
        rate.sample
            .as_ref()
            .map_or(1.0, |share| f64::from(share.value.kept) / f64::from(share.value.of.max(1)))
    };
    let most = |rate: &Rate| {
        rate.limit.as_ref().map_or(f64::INFINITY, |limit| {
            f64::from(limit.value.most) / f64::from(limit.value.seconds.max(1))
        })
    };
    if (share(old), most(old)) == (share(new), most(new)) {
        return;
    }
    let words = |rate| told(rate).unwrap_or_else(|| "all of it".to_owned());
    let how = format!("is told in part: {} instead of {}", words(new), words(old));
    if share(new) < share(old) || most(new) < most(old) {
        changes.breaking(what, how + "; readers miss the rest");
    } else {
        changes.safe(what, format!("more of it is told: {} instead of {}", words(new), words(old)));
    }
}

/// How much is told of what says nothing itself.
fn levels(old: &Taxonomy, new: &Taxonomy, changes: &mut Changes) {
    let all = Rate::default();
    for level in [Level::Info, Level::Debug, Level::Trace] {
        let of = |taxonomy| of_level(taxonomy, level).unwrap_or(&all);
        rate(&format!("level {level}"), of(old), of(new), changes);
    }
}

/// A name that came onto its way out, or left it.
fn deprecation(
    what: &str,
    old: Option<&Deprecated>,
    new: Option<&Deprecated>,
    changes: &mut Changes,
) {
    match (old, new) {
        (None, Some(out)) => {
            let instead = out.replacement.as_ref().map(|new| format!("; use {}", new.value));
            changes.safe(what, format!("is deprecated now{}", instead.unwrap_or_default()));
        }
        (Some(_), None) => changes.safe(what, "is not deprecated any more"),
        _ => {}
    }
}

/// What was said of a name that is gone now.
fn farewell(deprecated: Option<&Deprecated>) -> String {
    let instead = deprecated.and_then(|out| out.replacement.as_ref());
    match instead {
        Some(new) => format!("is gone; it was deprecated in favour of {}", new.value),
        None => "is gone".to_owned(),
    }
}

fn exposure(
    what: &str,
    old: Option<&Placed<String>>,
    new: Option<&Placed<String>>,
    changes: &mut Changes,
) {
    match (old, new) {
        (None, Some(reason)) => {
            changes.breaking(what, format!("may be shown in texts now: {}", reason.value));
        }
        (Some(_), None) => {
            changes.breaking(what, "may not be shown in texts any more; calls that do are refused")
        }
        _ => {}
    }
}

fn redaction(old: &Redaction, new: &Redaction, changes: &mut Changes) {
    let what = "redaction";
    let names = |list: &[Placed<String>]| list.iter().map(|item| item.value.clone()).collect();
    let (old_off, new_off): (Vec<String>, Vec<String>) = (names(&old.off), names(&new.off));
    for rule in new_off.iter().filter(|rule| !old_off.contains(rule)) {
        changes.breaking(what, format!("the rule {rule} is switched off: what it hid is shown"));
    }
    for rule in old_off.iter().filter(|rule| !new_off.contains(rule)) {
        changes.safe(what, format!("the rule {rule} is switched on again"));
    }
    let (old_pii, new_pii): (Vec<String>, Vec<String>) = (names(&old.pii), names(&new.pii));
    for kind in old_pii.iter().filter(|kind| !new_pii.contains(kind)) {
        changes
            .breaking(what, format!("{kind} is not looked for any more: what was hidden is shown"));
    }
    for kind in new_pii.iter().filter(|kind| !old_pii.contains(kind)) {
        changes.safe(what, format!("{kind} is looked for too"));
    }
    let (old_allow, new_allow): (Vec<String>, Vec<String>) = (names(&old.allow), names(&new.allow));
    for shape in new_allow.iter().filter(|shape| !old_allow.contains(shape)) {
        changes.breaking(what, format!("`{shape}` survives now: what was hidden is shown"));
    }
    let rule_names = |redaction: &Redaction| -> Vec<String> {
        redaction.rules.iter().map(|rule| rule.name.value.clone()).collect()
    };
    for rule in rule_names(old).iter().filter(|rule| !rule_names(new).contains(rule)) {
        changes.breaking(what, format!("the own rule {rule} is gone: what it hid is shown"));
    }
    for rule in rule_names(new).iter().filter(|rule| !rule_names(old).contains(rule)) {
        changes.safe(what, format!("the own rule {rule} is new"));
    }
    if old.mode != new.mode {
        let how = format!("personal data becomes {} instead of {}", mode(new.mode), mode(old.mode));
        match new.mode {
            PiiMode::Mask => changes.safe(what, how),
            _ => changes.breaking(what, how),
        }
    }
}

fn mode(mode: PiiMode) -> &'static str {
    match mode {
        PiiMode::Mask => "a marker",
        PiiMode::Hash => "a fingerprint",
        PiiMode::Partial => "a part of itself",
    }
}
