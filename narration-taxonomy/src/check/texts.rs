//! The lints on an action's own text.

use std::collections::HashSet;

use super::Check;
use crate::builtin::builtin_rank;
use crate::findings::quoted;
use crate::model::{Action, Place, Placed};
use crate::problem::Problem;
use crate::rules;
use crate::source::Source;
use crate::template::{self, MAX_TEXT_LEN, Template};

/// A text, and where its first byte stands in its file, as far as that can be told.
struct Written<'a> {
    string: Place,
    start: Option<(&'a Source, usize)>,
}

impl Written<'_> {
    /// The place of a byte of the text, else of the string as a whole.
    fn place(&self, offset: usize) -> Place {
        self.start.map_or(self.string, |(source, start)| source.place(start + offset))
    }
}

impl<'a> Check<'a> {
    pub(super) fn text(&mut self, action: &'a Action) {
        let Some(human) = &action.human else { return };
        let (template, faults) = template::parse(&human.value);
        let text = self.written(human);
        for fault in &faults {
            let place = text.place(fault.range.start);
            self.findings.add(&rules::BAD_TEMPLATE, place, fault.to_string());
        }
        if faults.is_empty() {
            self.wording(human, &template);
        }
        self.placeholders(action, &text, &template);
    }

    fn written(&self, text: &Placed<String>) -> Written<'a> {
        let source = self.sources.iter().find(|source| source.file == text.place.file);
        let start =
            source.and_then(|source| Some((source, source.value_start(text.place, &text.value)?)));
        Written { string: text.place, start }
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

    fn placeholders(&mut self, action: &'a Action, text: &Written<'_>, template: &Template) {
        let listed: HashSet<&str> = action.fields.iter().map(|used| used.name.as_str()).collect();
        for (name, range) in template.placeholders() {
            // The name stands behind the brace.
            let place = text.place(range.start + 1);
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
}
