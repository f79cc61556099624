//! What every record has, whatever its fields: the six keys that open a line.

use crate::Level;

/// The keys that open every record, in their order. No field may use one of them as its name.
pub(crate) const KEYS: [&str; 6] = ["timestamp", "level", "actor", "action", "target", "human"];

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
    /// What it was done to; absent where there is nothing to name.
    pub target: Option<&'a str>,
    /// The plain-English text.
    pub human: &'a str,
}
