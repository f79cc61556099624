//! What only the detector can say of a `[redaction]` section.
//!
//! In: the section. Out: rules switched off that there are not, and patterns
//! that are none.

use narration_taxonomy::{Placed, Problem, Redaction, RedactionPattern};

use super::pattern;
use crate::catalog;
use crate::choices::did_you_mean;

/// Every problem of that kind.
pub(super) fn problems(redaction: &Redaction) -> Vec<Problem> {
    let off = redaction.off.iter().filter_map(unknown);
    let own = redaction.rules.iter().filter_map(|rule| match &rule.pattern {
        RedactionPattern::Regex(pattern) => unsound(pattern),
        RedactionPattern::Prefix(_) => None,
    });
    off.chain(redaction.allow.iter().filter_map(unsound)).chain(own).collect()
}

/// A rule that the detector does not have.
fn unknown(name: &Placed<String>) -> Option<Problem> {
    let known: Vec<&str> = narration_redact::rules().map(|rule| rule.name).collect();
    if known.contains(&name.value.as_str()) {
        return None;
    }
    let message = format!("the detector has no rule `{}`", name.value);
    let help = did_you_mean(&name.value, known)
        .unwrap_or_else(|| catalog::UNUSABLE_REDACTION.help.to_owned());
    Some(problem(name, message, help))
}

fn unsound(pattern: &Placed<String>) -> Option<Problem> {
    let fault = pattern::fault(&pattern.value)?;
    let message = format!("`{}` cannot be a rule: {fault}", pattern.value);
    Some(problem(pattern, message, catalog::UNUSABLE_REDACTION.help.to_owned()))
}

fn problem(at: &Placed<String>, message: String, help: String) -> Problem {
    let rule = &catalog::UNUSABLE_REDACTION;
    Problem { rule, place: at.place, message, help: Some(help), related: Vec::new() }
}
