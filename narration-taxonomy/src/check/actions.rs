//! The lints on an action's whitelist and target.

use super::Check;
use crate::findings::quoted;
use crate::model::{Action, Placed};
use crate::problem::Problem;
use crate::rules;

/// The most fields of one action, over and above the built-in ones.
pub(super) const MAX_FIELDS: usize = 32;

impl<'a> Check<'a> {
    pub(super) fn whitelist(&mut self, action: &'a Action) {
        for used in &action.fields {
            if self.field(&used.name).is_none() {
                let written = Placed { value: used.name.clone(), place: used.place };
                self.unknown_field(&written);
            }
        }
        if let Some(first_over) = action.fields.get(MAX_FIELDS) {
            let (name, count) = (quoted(&action.name), action.fields.len());
            let message = format!("action {name} lists {count} fields; {MAX_FIELDS} are allowed");
            self.findings.add(&rules::TOO_MANY_FIELDS, first_over.place, message);
        }
    }

    pub(super) fn target(&mut self, action: &'a Action) {
        let Some(target) = &action.target else { return };
        if self.field(&target.value).is_none() {
            self.unknown_field(target);
        } else if !action.allows(&target.value) {
            let (field, action) = (quoted(&target.value), quoted(&action.name));
            let message = format!("target {field} is not among the fields of {action}");
            self.findings.add(&rules::TARGET_NOT_LISTED, target.place, message);
        }
    }

    fn unknown_field(&mut self, written: &Placed<String>) {
        let message = format!("unknown field {}", quoted(&written.value));
        let help = self.findings.suggest(&written.value, self.field_names());
        let problem = Problem::new(&rules::UNKNOWN_FIELD, written.place, message);
        self.findings.push(problem.with_help(help));
    }
}
