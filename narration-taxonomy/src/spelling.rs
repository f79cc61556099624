//! How the model's closed sets are spelled in a vocabulary.
//!
//! In: a word. Out: its meaning, or [`UnknownWord`] with every word that
//! would have been one; and back again through `name` and `Display`.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::model::{Class, Level, PiiMode, Type, Unit};

/// A word that is none of those expected in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// What was written.
    pub word: String,
    /// What may be written.
    pub allowed: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of {}", self.word.escape_debug(), self.allowed.join(", "))
    }
}

impl Error for UnknownWord {}

/// Gives a fieldless enum its words, in one table.
macro_rules! spelled {
    ($name:ident: $($variant:ident = $word:literal),+ $(,)?) => {
        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Every word, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// The word for it in a vocabulary.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { word: word.to_owned(), allowed: Self::NAMES }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

spelled! { Class:
    Public = "public",
    Id = "id",
    Path = "path",
    Url = "url",
    Text = "text",
    Pii = "pii",
    Secret = "secret",
    Content = "content",
}

spelled! { Level:
    Trace = "trace",
    Debug = "debug",
    Info = "info",
    Warn = "warn",
    Error = "error",
}

spelled! { Unit:
    Nanoseconds = "ns",
    Microseconds = "us",
    Milliseconds = "ms",
    Seconds = "s",
    Bytes = "bytes",
    Percent = "percent",
}

spelled! { PiiMode:
    Mask = "mask",
    Hash = "hash",
    Partial = "partial",
}

impl Class {
    /// Whether a value of this class may not appear in a text.
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Secret | Self::Content)
    }

    /// Whether the class only makes sense for strings.
    #[must_use]
    pub const fn needs_string(self) -> bool {
        matches!(self, Self::Id | Self::Path | Self::Url | Self::Text)
    }
}

impl Unit {
    /// Whether it measures time, so that the field takes a `Duration` too.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Nanoseconds | Self::Microseconds | Self::Milliseconds | Self::Seconds)
    }
}

impl Type {
    /// Every word for a type.
    pub const NAMES: &'static [&'static str] = &["string", "u64", "i64", "f64", "bool", "enum"];

    /// The word for it in a vocabulary.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::U64 => "u64",
            Self::I64 => "i64",
            Self::F64 => "f64",
            Self::Bool => "bool",
            Self::Enum(_) => "enum",
        }
    }

    /// Whether its values are numbers.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::U64 | Self::I64 | Self::F64)
    }

    /// The class of a field that declares none: free text for strings, since
    /// anything may stand in one, and `public` for what is closed by its type.
    #[must_use]
    pub const fn default_class(&self) -> Class {
        match self {
            Self::String => Class::Text,
            _ => Class::Public,
        }
    }
}

impl FromStr for Type {
    type Err = UnknownWord;

    /// An `enum` comes without its values, which stand under a key of their own.
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "string" => Ok(Self::String),
            "u64" => Ok(Self::U64),
            "i64" => Ok(Self::I64),
            "f64" => Ok(Self::F64),
            "bool" => Ok(Self::Bool),
            "enum" => Ok(Self::Enum(Vec::new())),
            _ => Err(UnknownWord { word: word.to_owned(), allowed: Self::NAMES }),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_what_it_spells() {
        for class in Class::ALL {
            assert_eq!(class.to_string().parse(), Ok(*class));
        }
        for level in Level::ALL {
            assert_eq!(level.to_string().parse(), Ok(*level));
        }
        for unit in Unit::ALL {
            assert_eq!(unit.to_string().parse(), Ok(*unit));
        }
        for mode in PiiMode::ALL {
            assert_eq!(mode.to_string().parse(), Ok(*mode));
        }
        for name in Type::NAMES {
            assert_eq!(name.parse::<Type>().unwrap().name(), *name);
        }
    }

    #[test]
    fn an_unknown_word_lists_the_known_ones_and_cannot_drive_a_terminal() {
        let told = "loud\u{1b}[2J".parse::<Level>().unwrap_err().to_string();
        assert!(told.contains("trace, debug, info, warn, error"), "{told}");
        assert!(!told.contains('\u{1b}'), "{told}");
    }

    #[test]
    fn only_times_take_a_duration() {
        let times: Vec<_> = Unit::ALL.iter().filter(|unit| unit.is_time()).collect();
        assert_eq!(times.len(), 4);
        assert!(!Unit::Bytes.is_time() && !Unit::Percent.is_time());
    }
}
