//! The detector: finds secrets in free text and takes them out.
//!
//! In goes any text: a log line, a header dump, an error message, a command line. Out comes
//! the same text with every recognised secret replaced by a marker that names what was taken,
//! such as `token=[redacted:github]`. Text without a secret comes back borrowed, at the price of
//! one pass over its bytes and no allocation.
//!
//! ```
//! use narration_redact::redact;
//!
//! assert_eq!(redact("api_key=4f9d27c1b8e35a60 pool=default"), "api_key=[redacted:key] pool=default");
//! assert_eq!(redact("last token: 42"), "last token: 42");
//! ```
//!
//! [`redact`] uses the default rules. A [`Redactor`] made by [`Redactor::builder`] adds personal
//! data, rules of one's own (feature `rules`), and switches single rules off.

mod again;
mod anchors;
mod announce;
mod base64;
mod builder;
mod bytes;
mod confirm;
mod cut;
mod doubts;
mod gate;
mod key;
mod marker;
mod names;
mod pii;
mod providers;
mod redacted;
mod redactor;
mod repeats;
mod rule_list;
#[cfg(feature = "rules")]
mod rules;
mod scan;
mod tables;
mod words;
mod writer;

use std::{borrow::Cow, ops::Range};

pub use self::{
    announce::announces_secret,
    builder::{RedactorBuilder, RedactorError},
    key::{Key, KeyError, fingerprint},
    names::is_secret_name,
    pii::{PiiKind, PiiMode, UnknownPiiKind, UnknownPiiMode},
    redacted::Redacted,
    redactor::Redactor,
    rule_list::{RuleInfo, RuleKind, rules},
    writer::RedactWriter,
};

/// One secret found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it, as it stands in the marker: `github`, `bearer`, `password`.
    pub rule: &'static str,
    /// The bytes of the text that a redaction would replace.
    pub range: Range<usize>,
}

/// Replaces every secret the default rules find; text without one comes back borrowed.
#[must_use]
#[inline]
pub fn redact(text: &str) -> Cow<'_, str> {
    Redactor::standard().redact(text)
}

/// Masks the password and the sensitive query and fragment values of a URL.
#[must_use]
pub fn redact_url(url: &str) -> Cow<'_, str> {
    Redactor::standard().redact_url(url)
}

/// The first secret in a text, for checks on literal text at compile time.
#[must_use]
pub fn looks_secret(text: &str) -> Option<Finding> {
    Redactor::standard().find(text)
}
