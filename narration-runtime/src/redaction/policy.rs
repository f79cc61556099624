//! What a vocabulary's `[redaction]` section says, as a program carries it.

/// The `[redaction]` section of a vocabulary. Written by the macros.
#[derive(Debug, PartialEq, Eq)]
pub struct Policy {
    /// Kinds of personal data to look for in free text.
    pub pii: &'static [&'static str],
    /// What becomes of personal data: `mask`, `hash` or `partial`.
    pub mode: &'static str,
    /// Rules of the detector that are switched off.
    pub off: &'static [&'static str],
    /// Exact shapes that always survive.
    pub allow: &'static [&'static str],
    /// Rules of one's own: names and regular expressions.
    pub patterns: &'static [(&'static str, &'static str)],
    /// Rules of one's own: names and the literals secret words begin with.
    pub prefixes: &'static [(&'static str, &'static str)],
}
