//! How bad it is: in goes a word, out comes a [`Level`], and back.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The severity of a record, the least severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Every step, for following one thing closely.
    Trace,
    /// What helps a developer.
    Debug,
    /// What a service does.
    Info,
    /// Something failed or is about to, and the service goes on.
    Warn,
    /// Something failed that somebody has to look at.
    Error,
}

impl Level {
    /// Every level, the least severe first.
    pub const ALL: [Self; 5] = [Self::Trace, Self::Debug, Self::Info, Self::Warn, Self::Error];

    /// The lower-case word that stands in a record.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Reads the word that stands in a record.
    ///
    /// # Errors
    ///
    /// [`UnknownLevel`] when the word is none of the five, which are lower-case.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|level| level.as_str() == word)
            .ok_or_else(|| UnknownLevel(word.to_owned()))
    }
}

/// A word that names no [`Level`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLevel(String);

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e] = Level::ALL;
        write!(f, "there is no level {:?}: choose one of {a}, {b}, {c}, {d}, {e}", self.0)
    }
}

impl Error for UnknownLevel {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_reads_back_and_severity_grows() {
        for level in Level::ALL {
            assert_eq!(level.as_str().parse(), Ok(level));
        }
        assert!(Level::ALL.is_sorted());
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_allowed_ones() {
        let error = "fatal".parse::<Level>().unwrap_err().to_string();
        assert_eq!(
            error,
            r#"there is no level "fatal": choose one of trace, debug, info, warn, error"#
        );
    }
}
