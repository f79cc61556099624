//! Which rules apply: choices go in, a `Redactor` that applies them to text comes out.

use std::{borrow::Cow, fmt};

use crate::{Finding, Key, PiiKind, PiiMode};

/// How many bytes of a text are looked at unless told otherwise.
const DEFAULT_MAX_LEN: usize = 64 * 1024;

/// The detector with a choice of rules. Cheap to clone, shared freely between threads.
#[derive(Clone, Debug)]
pub struct Redactor {
    max_len: usize,
}

/// Collects the choices for a [`Redactor`].
#[derive(Clone, Debug, Default)]
pub struct RedactorBuilder {
    pii: Vec<PiiKind>,
    mode: PiiMode,
    key: Option<Key>,
    off: Vec<String>,
    max_len: Option<usize>,
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

static STANDARD: Redactor = Redactor { max_len: DEFAULT_MAX_LEN };

impl Default for Redactor {
    fn default() -> Self {
        Self::new()
    }
}

impl Redactor {
    /// The default rules: secrets of every kind, no personal data.
    #[must_use]
    pub fn new() -> Self {
        STANDARD.clone()
    }

    pub(crate) fn standard() -> &'static Self {
        &STANDARD
    }

    /// Starts a choice of rules.
    #[must_use]
    pub fn builder() -> RedactorBuilder {
        RedactorBuilder::default()
    }

    /// Replaces every secret; text without one comes back borrowed.
    #[must_use]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let _ = self.max_len;
        Cow::Borrowed(text)
    }

    /// Masks the password and the sensitive query and fragment values of a URL.
    #[must_use]
    pub fn redact_url<'t>(&self, url: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(url)
    }

    /// Redacts `buffer[from..]` where it stands and says whether anything was replaced.
    ///
    /// Nothing is allocated when the text is clean. `from` outside the buffer, or inside a
    /// character, counts from the next place that is neither.
    pub fn redact_in_place(&self, buffer: &mut String, from: usize) -> bool {
        let _ = (buffer, from);
        false
    }

    /// The first secret in a text.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Finding> {
        let _ = text;
        None
    }

    /// Whether `hash` was asked for without a key, so that personal data is masked instead.
    #[must_use]
    pub fn masks_for_want_of_a_key(&self) -> bool {
        false
    }
}

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

    /// Switches a rule off by its name.
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
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn rule(self, name: impl Into<String>, pattern: impl Into<String>) -> Self {
        let _ = (name.into(), pattern.into());
        self
    }

    /// Adds a literal prefix; a word that begins with it becomes `[redacted:name]`.
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn prefix(self, name: impl Into<String>, literal: impl Into<String>) -> Self {
        let _ = (name.into(), literal.into());
        self
    }

    /// Lets words pass that this regular expression matches from end to end.
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn allow(self, pattern: impl Into<String>) -> Self {
        let _ = pattern.into();
        self
    }

    /// Makes the redactor.
    ///
    /// # Errors
    /// Every fault of the choices at once: unknown rule names, expressions that do not compile.
    pub fn build(self) -> Result<Redactor, RedactorError> {
        Ok(Redactor { max_len: self.max_len.unwrap_or(DEFAULT_MAX_LEN) })
    }
}
