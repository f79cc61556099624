//! The lints on fields and on the vocabulary as a whole.

use std::collections::HashSet;

use super::Check;
use crate::builtin::builtin_field;
use crate::findings::quoted;
use crate::model::{Field, Place, Type};
use crate::problem::Problem;
use crate::rules;

impl Check<'_> {
    /// A vocabulary without actors is allowed: others may extend it.
    pub(super) fn emptiness(&mut self, head: Place) {
        if self.taxonomy.actors.is_empty() {
            let message = "the vocabulary declares no actors".to_owned();
            self.findings.add(&rules::EMPTY_VOCABULARY, head, message);
        }
    }

    /// Only what the record promises is fixed; class and words are free.
    pub(super) fn built_in_redeclarations(&mut self) {
        for field in &self.taxonomy.fields {
            let Some(built_in) = builtin_field(&field.name) else { continue };
            if field.ty != built_in.ty || field.unit != built_in.unit {
                let (name, promised) = (quoted(&field.name), promised(built_in));
                let message = format!("{name} is built in as {promised}");
                self.findings.add(&rules::BUILTIN_REDECLARED, field.place, message);
            }
        }
    }

    /// Told for the governing file alone: a shared base has fields for many.
    pub(super) fn unused_fields(&mut self) {
        let actions = || self.taxonomy.actors.iter().flat_map(|actor| &actor.actions);
        if actions().next().is_none() {
            return;
        }
        let used: HashSet<&str> =
            actions().flat_map(|action| &action.fields).map(|used| used.name.as_str()).collect();
        for field in &self.taxonomy.fields {
            let is_used = used.contains(field.name.as_str())
                || builtin_field(&field.name).is_some()
                || field.deprecated.is_some();
            if field.place.file == 0 && !is_used {
                let message = format!("no action lists the field {}", quoted(&field.name));
                let problem = Problem::new(&rules::UNUSED_FIELD, field.place, message);
                self.findings.push(problem);
            }
        }
    }
}

fn promised(built_in: &Field) -> String {
    let unit = built_in.unit.map(|unit| format!(" in {unit}")).unwrap_or_default();
    match &built_in.ty {
        Type::Enum(values) => format!("enum of {}", values.join(", ")),
        ty => format!("{ty}{unit}"),
    }
}
