//! Whether files may be written.
//!
//! In: the environment. Out: a [`Mode`].

use std::env;

/// What to do about a story without a file, or with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Both fail, nothing is written.
    Check,
    /// A first story is written; another one fails, and is left beside the file.
    Propose,
    /// Both are written.
    Update,
}

impl Mode {
    /// As `STORY_UPDATE` says, else `INSTA_UPDATE`, else `CI`.
    pub(super) fn of_environment() -> Self {
        let named = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let word = named("STORY_UPDATE").or_else(|| named("INSTA_UPDATE"));
        let in_ci = named("CI").is_some_and(|value| value != "false" && value != "0");
        Self::of(word.as_deref(), in_ci)
    }

    fn of(word: Option<&str>, in_ci: bool) -> Self {
        match word {
            Some("1" | "always" | "true" | "force") => Self::Update,
            Some("0" | "no" | "false") => Self::Check,
            Some("new" | "unseen") => Self::Propose,
            _ if in_ci => Self::Check,
            _ => Self::Propose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn the_nearer_word_decides_and_ci_only_checks() {
        assert_eq!(Mode::of(Some("1"), true), Mode::Update);
        assert_eq!(Mode::of(Some("always"), false), Mode::Update);
        assert_eq!(Mode::of(Some("no"), false), Mode::Check);
        assert_eq!(Mode::of(Some("new"), true), Mode::Propose);
        assert_eq!(Mode::of(Some("auto"), true), Mode::Check);
        assert_eq!(Mode::of(None, true), Mode::Check);
        assert_eq!(Mode::of(None, false), Mode::Propose);
    }
}
