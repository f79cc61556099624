//! Actors and actions of two versions, one beside the other.
//!
//! In: two vocabularies. Out: what came, went, or is told in another way.

use narration_taxonomy::{Action, Actor, FieldUse, Placed, Taxonomy};

use super::{Changes, deprecation, exposure, farewell, rate};

pub(super) fn compare(old: &Taxonomy, new: &Taxonomy, changes: &mut Changes) {
    for before in &old.actors {
        let what = format!("actor {}", before.name);
        match new.actor(&before.name) {
            Some(after) => actor(&what, before, after, changes),
            None => changes.breaking(&what, farewell(before.deprecated.as_ref())),
        }
    }
    for after in new.actors.iter().filter(|after| old.actor(&after.name).is_none()) {
        changes.safe(&format!("actor {}", after.name), "is new");
    }
}

fn actor(what: &str, before: &Actor, after: &Actor, changes: &mut Changes) {
    deprecation(what, before.deprecated.as_ref(), after.deprecated.as_ref(), changes);
    rate(what, &before.rate, &after.rate, changes);
    for action in &before.actions {
        let what = format!("action {} of {}", action.name, before.name);
        match after.action(&action.name) {
            Some(now) => compare_action(&what, action, now, changes),
            None => changes.breaking(&what, farewell(action.deprecated.as_ref())),
        }
    }
    for action in after.actions.iter().filter(|action| before.action(&action.name).is_none()) {
        changes.safe(&format!("action {} of {}", action.name, before.name), "is new");
    }
}

fn compare_action(what: &str, before: &Action, after: &Action, changes: &mut Changes) {
    fields(what, before, after, changes);
    let value =
        |placed: &Option<Placed<String>>| placed.as_ref().map(|placed| placed.value.clone());
    for (name, old, new) in [
        ("target", value(&before.target), value(&after.target)),
        ("ok", value(&before.ok), value(&after.ok)),
        ("failed", value(&before.failed), value(&after.failed)),
        ("cancelled", value(&before.cancelled), value(&after.cancelled)),
    ] {
        match (old, new) {
            (Some(old), Some(new)) if old != new => {
                changes.breaking(what, format!("has the {name} {new} instead of {old}"));
            }
            (Some(old), None) => {
                changes.breaking(what, format!("has no {name} any more; it was {old}"))
            }
            (None, Some(new)) if name == "target" => {
                changes.safe(what, format!("has the target {new} now"))
            }
            (None, Some(new)) => {
                changes.breaking(
                    what,
                    format!("tells `{name}` as {new} now, no longer under its own name"),
                );
            }
            _ => {}
        }
    }
    if after.level < before.level {
        changes.breaking(
            what,
            format!(
                "is told at {} instead of {}: filters and alerts may miss it",
                after.level, before.level
            ),
        );
    } else if after.level > before.level {
        changes.safe(what, format!("is told at {} instead of {}", after.level, before.level));
    }
    match (&before.human, &after.human) {
        (Some(_), None) => {
            changes.breaking(what, "has no text any more; calls without one are refused")
        }
        (old, new) if value(old) != value(new) => changes.safe(what, "is told in other words"),
        _ => {}
    }
    rate(what, &before.rate, &after.rate, changes);
    exposure(what, before.expose.as_ref(), after.expose.as_ref(), changes);
    deprecation(what, before.deprecated.as_ref(), after.deprecated.as_ref(), changes);
}

fn fields(what: &str, before: &Action, after: &Action, changes: &mut Changes) {
    let find = |action: &Action, name: &str| -> Option<FieldUse> {
        action.fields.iter().find(|used| used.name == name).cloned()
    };
    for used in &before.fields {
        match find(after, &used.name) {
            None => changes.breaking(what, format!("does not take {} any more", used.name)),
            Some(now) if now.required && !used.required => {
                changes.breaking(
                    what,
                    format!("requires {} now; calls without it are refused", used.name),
                );
            }
            Some(now) if !now.required && used.required => {
                changes.safe(what, format!("does not require {} any more", used.name));
            }
            Some(_) => {}
        }
    }
    for used in after.fields.iter().filter(|used| find(before, &used.name).is_none()) {
        if used.required {
            changes.breaking(
                what,
                format!("requires {}, which is new; calls without it are refused", used.name),
            );
        } else {
            changes.safe(what, format!("takes {} too", used.name));
        }
    }
}
