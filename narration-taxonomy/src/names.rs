//! Which names may be given.
//!
//! In: a name and what it shall name. Out: what is wrong with it, if anything.

/// The most characters of a name.
pub const MAX_NAME_LEN: usize = 64;

/// The keys that every record has of its own, so that no field may be called so.
pub const RECORD_KEYS: &[&str] =
    &["timestamp", "level", "actor", "action", "target", "human", "message"];

/// What Rust keeps for itself, in any edition; a field must be usable as a variable.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// Someone who acts.
    Actor,
    /// What is done.
    Action,
    /// A field of the record.
    Field,
}

/// What can be wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// It does not begin with a letter from `a` to `z`.
    Start,
    /// This character is outside the charset.
    Character(char),
    /// It has more than [`MAX_NAME_LEN`] characters.
    Length,
    /// The record has a key of this name.
    RecordKey,
    /// It is a word of the Rust language.
    Keyword,
}

impl NameKind {
    /// The word for it in a message.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Action => "action",
            Self::Field => "field",
        }
    }

    /// The article before that word.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Actor | Self::Action => "an",
            Self::Field => "a",
        }
    }

    /// What stands between the words of such a name.
    const fn separator(self) -> char {
        match self {
            Self::Actor | Self::Action => '-',
            Self::Field => '_',
        }
    }

    /// The first thing wrong with a name of this kind.
    #[must_use]
    pub fn fault(self, name: &str) -> Option<NameFault> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == self.separator();
        if let Some(wrong) = name.chars().find(|c| !fits(*c)) {
            return Some(NameFault::Character(wrong));
        }
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(NameFault::Start);
        }
        if name.len() > MAX_NAME_LEN {
            return Some(NameFault::Length);
        }
        if self != Self::Field {
            return None;
        }
        if RECORD_KEYS.contains(&name) {
            return Some(NameFault::RecordKey);
        }
        is_keyword(name).then_some(NameFault::Keyword)
    }

    /// A name of this kind as near to `name` as can be, if one is near.
    #[must_use]
    pub fn corrected(self, name: &str) -> Option<String> {
        let mut corrected = String::new();
        for c in name.chars().take(MAX_NAME_LEN) {
            if c.is_ascii_uppercase() && corrected.ends_with(|c: char| c.is_ascii_lowercase()) {
                corrected.push(self.separator());
            }
            let c = c.to_ascii_lowercase();
            corrected.push(if matches!(c, '-' | '_' | ' ' | '.') { self.separator() } else { c });
        }
        corrected.truncate(corrected.trim_end_matches(self.separator()).len());
        (corrected != name && self.fault(&corrected).is_none()).then_some(corrected)
    }
}

/// Whether Rust keeps the word for itself.
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_charset() {
        assert_eq!(NameKind::Action.fault("cmake-build"), None);
        assert_eq!(NameKind::Action.fault("cmake_build"), Some(NameFault::Character('_')));
        assert_eq!(NameKind::Field.fault("pool_id"), None);
        assert_eq!(NameKind::Field.fault("pool-id"), Some(NameFault::Character('-')));
        assert_eq!(NameKind::Actor.fault("Orchestratord"), Some(NameFault::Character('O')));
    }

    #[test]
    fn names_begin_with_a_letter_and_end_in_time() {
        assert_eq!(NameKind::Field.fault("9lives"), Some(NameFault::Start));
        assert_eq!(NameKind::Field.fault("_x"), Some(NameFault::Start));
        assert_eq!(NameKind::Actor.fault(""), Some(NameFault::Start));
        assert_eq!(NameKind::Actor.fault(&"a".repeat(64)), None);
        assert_eq!(NameKind::Actor.fault(&"a".repeat(65)), Some(NameFault::Length));
    }

    #[test]
    fn only_fields_are_bound_by_the_record_and_by_rust() {
        assert_eq!(NameKind::Field.fault("target"), Some(NameFault::RecordKey));
        assert_eq!(NameKind::Field.fault("type"), Some(NameFault::Keyword));
        assert_eq!(NameKind::Action.fault("match"), None);
    }

    #[test]
    fn a_correction_keeps_the_words() {
        assert_eq!(NameKind::Field.corrected("PoolId").as_deref(), Some("pool_id"));
        assert_eq!(NameKind::Action.corrected("cmake_build").as_deref(), Some("cmake-build"));
        assert_eq!(NameKind::Action.corrected("größe"), None);
    }
}
