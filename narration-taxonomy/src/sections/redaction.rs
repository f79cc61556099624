//! `[redaction]`: what the detector looks for besides its own rules.
//!
//! In: the section. Out: its settings; patterns are only carried here, and
//! compiled by the parts that know regular expressions.

use std::collections::HashMap;

use super::Draft;
use crate::findings::quoted;
use crate::model::{PiiMode, Placed, RedactionPattern, RedactionRule};
use crate::problem::Problem;
use crate::reader::{Reader, Table, Value, entries};
use crate::rules;

const KEYS: &[&str] = &["pii", "mode", "off", "allow", "rules"];
const RULE_KEYS: &[&str] = &["name", "regex", "prefix"];
const PII: &[&str] = &["email", "card", "iban", "phone", "ip"];

impl Reader<'_> {
    pub(super) fn redaction(&mut self, value: &Value<'_>, draft: &mut Draft) {
        let Some(table) = self.table(value, "redaction") else {
            return;
        };
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "pii" => self.pii(value, draft),
                "mode" => draft.pii_mode = self.word(value, "mode").map(|mode| mode.value),
                "off" => draft.redaction.off = self.strings(value, "off"),
                "allow" => draft.redaction.allow = self.strings(value, "allow"),
                "rules" => draft.redaction.rules = self.rules(value),
                _ => self.unknown_key(key, "`[redaction]`", KEYS),
            }
        }
    }

    /// A list of kinds, or one word that sets the mode.
    fn pii(&mut self, value: &Value<'_>, draft: &mut Draft) {
        if value.get_ref().is_str() {
            draft.pii_mode = self.word::<PiiMode>(value, "pii").map(|mode| mode.value);
            return;
        }
        for kind in self.strings(value, "pii") {
            if PII.contains(&kind.value.as_str()) {
                draft.redaction.pii.push(kind);
            } else {
                self.unknown_word(&kind, "pii", PII);
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) -> Vec<RedactionRule> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(value, "rules", "tables: `[[redaction.rules]]`");
            return Vec::new();
        };
        let (mut rules, mut seen) = (Vec::new(), HashMap::new());
        for item in array.iter() {
            let rule = self.table(item, "rules").and_then(|table| self.rule(item, table));
            let Some(rule) = rule else { continue };
            let Placed { value: name, place } = &rule.name;
            if let Some(first) = seen.get(name) {
                let message = format!("rule {} is declared twice", quoted(name));
                let problem = Problem::new(&rules::DUPLICATE, *place, message);
                self.findings.push(problem.with_related(*first, "first declared here"));
            } else {
                seen.insert(name.clone(), *place);
                rules.push(rule);
            }
        }
        rules
    }

    fn rule(&mut self, item: &Value<'_>, table: &Table<'_>) -> Option<RedactionRule> {
        let (mut name, mut regex, mut prefix) = (None, None, None);
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "name" => name = self.string(value, "name"),
                "regex" => regex = self.string(value, "regex"),
                "prefix" => prefix = self.string(value, "prefix"),
                _ => self.unknown_key(key, "a redaction rule", RULE_KEYS),
            }
        }
        let written = |text: &Placed<String>| !text.value.is_empty();
        let pattern = match (regex.filter(written), prefix.filter(written)) {
            (Some(regex), None) => Some(RedactionPattern::Regex(regex)),
            (None, Some(prefix)) => Some(RedactionPattern::Prefix(prefix)),
            _ => None,
        };
        match (name.filter(written), pattern) {
            (Some(name), Some(pattern)) => Some(RedactionRule { name, pattern }),
            _ => {
                let message = "a rule has a name and either `regex` or `prefix`".to_owned();
                self.findings.add(&rules::RULE_INCOMPLETE, self.place(item.span()), message);
                None
            }
        }
    }
}
