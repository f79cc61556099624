//! What the reader finds beyond what the compiler refuses.
//!
//! In: nothing. Out: one named [`Rule`] for each, in the same shape and with the
//! same kind of page as the compiler's.

use narration_taxonomy::{Rule, Severity};

/// A source file that is no Rust.
pub(crate) static NO_SOURCE: Rule = Rule {
    code: "N0201",
    severity: Severity::Error,
    title: "source cannot be read",
    label: "reading stops here",
    help: "correct the syntax; nothing else in this file is checked before that",
};

/// `println!` and its kin.
pub(crate) static PRINTED: Rule = Rule {
    code: "N0202",
    severity: Severity::Warning,
    title: "printed instead of narrated",
    label: "nobody can find this by who, what or which request",
    help: "narrate it: `narrate!(\"action\", \"text with {field}\")`; where printing is the purpose, say so under `[[package.metadata.narration.allow]]`",
};

/// `tracing::info!`, `log::warn!` and their kin.
pub(crate) static LOGGED: Rule = Rule {
    code: "N0203",
    severity: Severity::Warning,
    title: "logged past the vocabulary",
    label: "no actor, no action, no declared fields",
    help: "narrate it: `narrate!(\"action\", \"text with {field}\")`; where it is meant, say so under `[[package.metadata.narration.allow]]`",
};

/// An action without a call.
pub(crate) static NEVER_NARRATED: Rule = Rule {
    code: "N0204",
    severity: Severity::Warning,
    title: "declared but never narrated",
    label: "no call in this workspace tells it",
    help: "narrate it, remove it from the vocabulary, or name it in `actions` under `[[package.metadata.narration.allow]]`",
};

/// A field that no call gives.
pub(crate) static NEVER_GIVEN: Rule = Rule {
    code: "N0205",
    severity: Severity::Warning,
    title: "listed but never given",
    label: "no call of this action gives it",
    help: "give it where the action is narrated, or take it off the list",
};

/// An exception that is none.
pub(crate) static IDLE_EXCEPTION: Rule = Rule {
    code: "N0206",
    severity: Severity::Warning,
    title: "exception that excepts nothing",
    label: "nothing here needs it",
    help: "remove the entry, or correct what it names",
};

/// A line that is no record.
pub(crate) static NO_RECORD: Rule = Rule {
    code: "N0211",
    severity: Severity::Warning,
    title: "line is no record",
    label: "not a record of narration",
    help: "read logs in the formats json or logfmt; other lines come from what writes past the service's subscriber",
};

/// A secret in a line.
pub(crate) static SECRET_TOLD: Rule = Rule {
    code: "N0212",
    severity: Severity::Error,
    title: "secret in a line",
    label: "looks like a secret",
    help: "have a key replaced where it came from; what tells it through the runtime, in a field of class `secret` or `pii`, shows a marker in its place",
};

/// Every rule of the reader.
pub(crate) const ALL: &[&Rule] = &[
    &NO_SOURCE,
    &PRINTED,
    &LOGGED,
    &NEVER_NARRATED,
    &NEVER_GIVEN,
    &IDLE_EXCEPTION,
    &NO_RECORD,
    &SECRET_TOLD,
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_rule_has_a_page_under_its_title() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors");
        for rule in ALL {
            let page = std::fs::read_to_string(folder.join(format!("{}.md", rule.code)));
            let page = page.unwrap_or_default();
            let title = format!("# {}: {}\n", rule.code, rule.title);
            assert!(page.starts_with(&title), "{} is not titled {title}", rule.code);
            assert!(page.contains("## The way out"), "{}", rule.code);
        }
    }
}
