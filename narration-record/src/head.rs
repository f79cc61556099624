//! What every record has, whatever its fields: the six keys that open a line.

use crate::Level;

/// Whether a name is one of the keys that open every record, so that no field may use it.
#[inline]
pub(crate) fn is_key(name: &str) -> bool {
    matches!(name, "timestamp" | "level" | "actor" | "action" | "target" | "human")
}

/// What every record has: when, how bad, who, what, on what, and in which words.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// When it happened, as [`Clock::stamp`](crate::Clock::stamp) gives it.
    pub timestamp: &'a str,
    /// How bad it is.
    pub level: Level,
    /// Who did it.
    pub actor: &'a str,
    /// What was done.
    pub action: &'a str,
    /// Whether a vocabulary declares actor and action, see
    /// [`FieldName::declared`](crate::FieldName::declared), and a clock made the time: then `json`
    /// writes the three as they are.
    pub declared: bool,
    /// What it was done to; absent where there is nothing to name.
    pub target: Option<&'a str>,
    /// The plain-English text.
    pub human: &'a str,
}
