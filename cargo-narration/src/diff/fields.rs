//! Fields of two versions, one beside the other.
//!
//! In: two vocabularies. Out: fields that came, went, or mean something else.

use narration_taxonomy::{Field, Taxonomy, Type};

use super::{Changes, deprecation, exposure, farewell};

pub(super) fn compare(old: &Taxonomy, new: &Taxonomy, changes: &mut Changes) {
    for before in &old.fields {
        let what = format!("field {}", before.name);
        match new.declared_field(&before.name) {
            Some(after) => field(&what, before, after, changes),
            None => changes.breaking(&what, farewell(before.deprecated.as_ref())),
        }
    }
    for after in new.fields.iter().filter(|after| old.declared_field(&after.name).is_none()) {
        changes.safe(&format!("field {}", after.name), "is new");
    }
}

fn field(what: &str, before: &Field, after: &Field, changes: &mut Changes) {
    ty(what, &before.ty, &after.ty, changes);
    if before.unit != after.unit {
        let name = |field: &Field| field.unit.map_or("no unit", |unit| unit.name());
        let how = format!(
            "is in {} instead of {}: the same number means something else",
            name(after),
            name(before)
        );
        changes.breaking(what, how);
    }
    if before.class != after.class {
        let how = format!("is {} instead of {}", after.class, before.class);
        match (before.class.is_hidden(), after.class.is_hidden()) {
            (true, false) => changes.breaking(what, how + ": what was hidden is shown"),
            (false, true) => {
                changes.breaking(what, how + ": readers do not see the value any more")
            }
            _ => changes.safe(what, how),
        }
    }
    exposure(what, before.expose.as_ref(), after.expose.as_ref(), changes);
    deprecation(what, before.deprecated.as_ref(), after.deprecated.as_ref(), changes);
}

fn ty(what: &str, before: &Type, after: &Type, changes: &mut Changes) {
    if let (Type::Enum(before), Type::Enum(after)) = (before, after) {
        for value in before.iter().filter(|value| !after.contains(value)) {
            changes.breaking(what, format!("has no value {value} any more"));
        }
        for value in after.iter().filter(|value| !before.contains(value)) {
            changes.safe(what, format!("has the new value {value}"));
        }
    } else if before != after {
        changes.breaking(what, format!("is of type {after} instead of {before}"));
    }
}
