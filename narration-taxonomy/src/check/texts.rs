//! The lints on an action's own text.

use std::collections::HashSet;

use super::Check;
use crate::builtin::builtin_rank;
use crate::findings::quoted;
use crate::model::{Action, Place, Placed};
use crate::problem::Problem;
use crate::rules;
use crate::template::{self, MAX_TEXT_LEN, Template};

impl<'a> Check<'a> {
    pub(super) fn text(&mut self, action: &'a Action) {
        let Some(human) = &action.human else { return };
        let (template, faults) = template::parse(&human.value);
        for fault in &faults {
            let place = self.inside(human, fault.range.start);
            self.findings.add(&rules::BAD_TEMPLATE, place, fault.to_string());
        }
        if faults.is_empty() {
            self.wording(human, &template);
        }
        self.placeholders(action, human, &template);
    }

    fn wording(&mut self, human: &Placed<String>, template: &Template) {
        let length = template.literal_len();
        if human.value.trim().is_empty() {
            self.findings.add(&rules::TEXT_EMPTY, human.place, "the text is empty".to_owned());
        } else if template.is_only_an_id() {
            let message = "the text has no word beside its values".to_owned();
            self.findings.add(&rules::TEXT_ONLY_ID, human.place, message);
        } else if length > MAX_TEXT_LEN {
            let message =
                format!("{length} characters of literal text; {MAX_TEXT_LEN} are allowed");
            self.findings.add(&rules::TEXT_TOO_LONG, human.place, message);
        }
    }

    fn placeholders(&mut self, action: &'a Action, human: &Placed<String>, template: &Template) {
        let listed: HashSet<&str> = action.fields.iter().map(|used| used.name.as_str()).collect();
        for (name, range) in template.placeholders() {
            // The name stands behind the brace.
            let place = self.inside(human, range.start + 1);
            if !listed.contains(name) && builtin_rank(name).is_none() {
                self.unlisted_placeholder(action, name, place);
            } else {
                self.sensitive_placeholder(action, name, place);
            }
        }
    }

    fn unlisted_placeholder(&mut self, action: &'a Action, name: &str, place: Place) {
        let (field, of) = (quoted(name), quoted(&action.name));
        let message = format!("placeholder {field} is not among the fields of {of}");
        let help = if self.field(name).is_some() {
            Some(format!("add \"{name}\" to its `fields`"))
        } else {
            self.findings.suggest(name, action.fields.iter().map(|used| used.name.as_str()))
        };
        let problem = Problem::new(&rules::PLACEHOLDER_NOT_LISTED, place, message);
        self.findings.push(problem.with_help(help));
    }

    fn sensitive_placeholder(&mut self, action: &'a Action, name: &str, place: Place) {
        let Some(field) = self.field(name) else { return };
        if field.class.is_hidden() && field.expose.is_none() && action.expose.is_none() {
            let message = format!("{} is of class {}", quoted(name), field.class);
            let problem = Problem::new(&rules::SENSITIVE_PLACEHOLDER, place, message);
            self.findings.push(problem.with_related(field.place, "the class is declared here"));
        }
    }

    fn inside(&self, text: &Placed<String>, offset: usize) -> Place {
        let source = self.sources.iter().find(|source| source.file == text.place.file);
        source.map_or(text.place, |source| source.place_inside(text.place, &text.value, offset))
    }
}
