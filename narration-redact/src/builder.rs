//! Choosing rules: names and expressions go in, a [`Redactor`] or everything wrong with them comes out.

use std::{fmt, sync::Arc};

#[cfg(feature = "rules")]
use crate::rules::Rules;
use crate::{
    Key, PiiKind, PiiMode, Redactor,
    pii::Pii,
    redactor::DEFAULT_MAX_LEN,
    rule_list,
    scan::{Found, Judge},
};

/// Collects the choices for a [`Redactor`].
#[derive(Clone, Debug, Default)]
pub struct RedactorBuilder {
    pii: Vec<PiiKind>,
    mode: PiiMode,
    key: Option<Key>,
    off: Vec<String>,
    max_len: Option<usize>,
    #[cfg(feature = "rules")]
    rules: crate::rules::RulesAsWritten,
}

/// What a redactor does beyond the default rules.
#[derive(Debug)]
pub(crate) struct Extra {
    off: Vec<&'static str>,
    pub(crate) pii: Pii,
    #[cfg(feature = "rules")]
    rules: Rules,
}

impl Extra {
    /// Whether a secret that was found may still be let through.
    pub(crate) fn judges(&self) -> bool {
        #[cfg(feature = "rules")]
        if self.rules.allows_any() {
            return true;
        }
        !self.off.is_empty()
    }

    /// The text after the rules of one's own and those for personal data; `None` if they find nothing.
    pub(crate) fn applied(&self, text: &str) -> Option<String> {
        #[cfg(feature = "rules")]
        if let Some(clean) = self.rules.applied(text) {
            return Some(self.pii.applied(&clean).unwrap_or(clean));
        }
        self.pii.applied(text)
    }
}

impl Judge for Extra {
    fn condemns(&self, text: &str, found: Found) -> bool {
        #[cfg(feature = "rules")]
        if text.get(found.start..found.end).is_some_and(|word| self.rules.allows(word)) {
            return false;
        }
        let _ = text;
        !self.off.contains(&found.rule)
    }
}

/// Everything that is wrong with the choices made, each fault a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactorError {
    faults: Vec<String>,
}

impl RedactorError {
    /// The faults, one sentence each.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

impl fmt::Display for RedactorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.faults.join("\n"))
    }
}

impl std::error::Error for RedactorError {}

impl RedactorBuilder {
    /// Also looks for a kind of personal data.
    #[must_use]
    pub fn pii(mut self, kind: PiiKind) -> Self {
        self.pii.push(kind);
        self
    }

    /// What becomes of personal data that is found; [`PiiMode::Mask`] unless told otherwise.
    #[must_use]
    pub fn mode(mut self, mode: PiiMode) -> Self {
        self.mode = mode;
        self
    }

    /// The key for [`PiiMode::Hash`].
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.key = Some(key);
        self
    }

    /// Switches a rule off by its name; [`rules`](crate::rules()) lists them.
    #[must_use]
    pub fn off(mut self, rule: impl Into<String>) -> Self {
        self.off.push(rule.into());
        self
    }

    /// How many bytes of a text are looked at; the rest is dropped with a marker. 64 KiB by default.
    #[must_use]
    pub fn max_len(mut self, bytes: usize) -> Self {
        self.max_len = Some(bytes);
        self
    }

    /// Adds a regular expression; what it matches becomes `[redacted:name]`.
    ///
    /// Groups only group: the whole match is replaced, whatever it captures.
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn rule(mut self, name: impl Into<String>, pattern: impl Into<String>) -> Self {
        self.rules.patterns.push((name.into(), pattern.into()));
        self
    }

    /// Adds a literal prefix; a word that begins with it becomes `[redacted:name]`.
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn prefix(mut self, name: impl Into<String>, literal: impl Into<String>) -> Self {
        self.rules.prefixes.push((name.into(), literal.into()));
        self
    }

    /// Lets a value pass that this regular expression matches from end to end.
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn allow(mut self, pattern: impl Into<String>) -> Self {
        self.rules.allowed.push(pattern.into());
        self
    }

    /// Makes the redactor.
    ///
    /// # Errors
    /// Every fault of the choices at once: unknown rule names, expressions that do not compile.
    pub fn build(self) -> Result<Redactor, RedactorError> {
        let mut faults = Vec::new();
        let off = known_rules(&self.off, &mut faults);
        #[cfg(feature = "rules")]
        let rules = Rules::compile(&self.rules, &mut faults);
        if !faults.is_empty() {
            return Err(RedactorError { faults });
        }
        let extra = Extra {
            off,
            pii: Pii::new(self.pii, self.mode, self.key),
            #[cfg(feature = "rules")]
            rules,
        };
        Ok(Redactor {
            max_len: self.max_len.unwrap_or(DEFAULT_MAX_LEN),
            extra: Some(Arc::new(extra)),
        })
    }
}

fn known_rules(names: &[String], faults: &mut Vec<String>) -> Vec<&'static str> {
    let mut known = Vec::new();
    for name in names {
        match rule_list::rules().find(|rule| rule.name == name) {
            Some(rule) => known.push(rule.name),
            None => faults.push(format!(
                "there is no redaction rule `{name}`; the rules are {}",
                rule_list::names()
            )),
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use crate::Redactor;

    #[test]
    fn a_rule_that_is_off_lets_its_kind_pass_and_no_other() {
        let redactor = Redactor::builder().off("password").build().unwrap();
        let text = "password=hunter2-again token=4f9d27c1b8e35a60";
        assert_eq!(redactor.redact(text), "password=hunter2-again token=[redacted:token]");
    }

    #[test]
    fn an_unknown_rule_is_named_with_those_there_are() {
        let error =
            Redactor::builder().off("passwrod").off("bearer").off("nope").build().unwrap_err();
        assert_eq!(error.faults().len(), 2);
        let text = error.to_string();
        assert!(
            text.contains("`passwrod`") && text.contains("`nope`") && text.contains("bearer, "),
            "{text}"
        );
    }
}
