//! The four shapes a line can take: in goes a word of the configuration, out comes a [`Format`].

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The shape of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// One flat JSON object, for machines.
    Json,
    /// `key=value` pairs, for `grep`.
    Logfmt,
    /// Time, level, text and then the fields, for eyes on a terminal.
    Pretty,
    /// `[actor] action: human` and nothing else, for reading a flow as a story.
    Story,
}

impl Format {
    /// Every format, in the order of [`Format::index`].
    pub const ALL: [Self; 4] = [Self::Json, Self::Logfmt, Self::Pretty, Self::Story];

    /// The word that chooses this format in a configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Logfmt => "logfmt",
            Self::Pretty => "pretty",
            Self::Story => "story",
        }
    }

    /// The place of this format in [`Format::ALL`], for tables with one entry a format.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads the word of a configuration.
    ///
    /// # Errors
    ///
    /// [`UnknownFormat`] when the word is none of the four, which are lower-case.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == word)
            .ok_or_else(|| UnknownFormat(word.to_owned()))
    }
}

/// A word that names no [`Format`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = Format::ALL;
        write!(f, "there is no format {:?}: choose one of {a}, {b}, {c}, {d}", self.0)
    }
}

impl Error for UnknownFormat {}

/// How a line is to look: its format, and whether the terminal's colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// The shape of the line.
    pub format: Format,
    /// Whether to colour; only [`Format::Pretty`] does.
    pub colour: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_chosen_by_the_word_it_shows() {
        for (place, format) in Format::ALL.into_iter().enumerate() {
            assert_eq!(format.to_string().parse(), Ok(format));
            assert_eq!(format.index(), place);
        }
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_allowed_ones() {
        let error = "JSON\n".parse::<Format>().unwrap_err().to_string();
        assert_eq!(
            error,
            r#"there is no format "JSON\n": choose one of json, logfmt, pretty, story"#
        );
    }
}
