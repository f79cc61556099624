//! The id of a request, the same in every service it passes.
//!
//! In: what a client sent, or nothing. Out: an id of legal characters and
//! length; what was refused is described and never repeated.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

/// The most characters of an id.
const MOST: usize = 128;

/// The id of a request, the same in every service it passes.
///
/// 1 to 128 characters: a letter or a digit of ASCII first, then those and
/// `.`, `_`, `:`, `-`. So `req-xyz` is one, and so is every UUID. Such an id can
/// stand in a header, a log line, a URL and a file name without being quoted.
///
/// ```
/// use narration_runtime::CorrelationId;
///
/// let id: CorrelationId = "req-xyz".parse()?;
/// assert_eq!(id.as_str(), "req-xyz");
/// assert_ne!(CorrelationId::new(), CorrelationId::new());
/// # Ok::<(), narration_runtime::InvalidCorrelationId>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorrelationId(Arc<str>);

/// Why something is no correlation id. It is not repeated: whoever sent it
/// shall not be able to write into anybody's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidCorrelationId {
    /// There is nothing.
    Empty,
    /// More than 128 characters.
    TooLong {
        /// Its length in bytes.
        len: usize,
    },
    /// The first character is neither a letter nor a digit.
    Start {
        /// Its length in bytes.
        len: usize,
    },
    /// A character that is not allowed.
    Character {
        /// Its length in bytes.
        len: usize,
        /// Where the first such character stands, counted in bytes from 0.
        at: usize,
    },
}

impl CorrelationId {
    /// A new id: a UUID of version 7, which begins with the time, so that ids sort by age.
    #[must_use]
    pub fn new() -> Self {
        Self(Uuid::now_v7().to_string().into())
    }

    /// Takes an id over from outside. Bytes, because header values are no text.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidCorrelationId> {
        let len = bytes.len();
        let Some(first) = bytes.first() else { return Err(InvalidCorrelationId::Empty) };
        if len > MOST {
            return Err(InvalidCorrelationId::TooLong { len });
        }
        if !first.is_ascii_alphanumeric() {
            return Err(InvalidCorrelationId::Start { len });
        }
        if let Some(at) = bytes.iter().position(|byte| !is_legal(*byte)) {
            return Err(InvalidCorrelationId::Character { len, at });
        }
        // Legal bytes are ASCII, so nothing is replaced.
        Ok(Self(String::from_utf8_lossy(bytes).into()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_legal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-')
}

impl Default for CorrelationId {
    fn default() -> Self {
        Self::new()
    }
}

impl FromStr for CorrelationId {
    type Err = InvalidCorrelationId;

    fn from_str(text: &str) -> Result<Self, InvalidCorrelationId> {
        Self::from_bytes(text.as_bytes())
    }
}

impl AsRef<str> for CorrelationId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CorrelationId({})", self.as_str())
    }
}

impl InvalidCorrelationId {
    /// The reason in one stable word, for counters.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too-long",
            Self::Start { .. } => "start",
            Self::Character { .. } => "character",
        }
    }

    /// The length of what was refused, in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match *self {
            Self::Empty => 0,
            Self::TooLong { len } | Self::Start { len } | Self::Character { len, .. } => len,
        }
    }

    /// Whether there was nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for InvalidCorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the correlation id is empty"),
            Self::TooLong { len } => {
                write!(f, "the correlation id has {len} bytes, {MOST} are allowed")
            }
            Self::Start { len } => {
                write!(
                    f,
                    "the correlation id of {len} bytes does not begin with a letter or a digit"
                )
            }
            Self::Character { len, at } => write!(
                f,
                "the correlation id of {len} bytes has another character than letters, digits, `.`, `_`, `:` and `-` at byte {at}"
            ),
        }
    }
}

impl std::error::Error for InvalidCorrelationId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_ids_are_taken_over_to_the_letter() {
        let longest = "a".repeat(MOST);
        for id in
            ["req-xyz", "7", "0199d183-a808-7a81-8d9c-ce0de2d25f49", "svc:job_7.retry-2", &longest]
        {
            assert_eq!(id.parse::<CorrelationId>().map(|id| id.to_string()), Ok(id.to_owned()));
        }
    }

    #[test]
    fn others_are_refused_by_reason_and_length_and_never_repeated() {
        use InvalidCorrelationId::{Character, Empty, Start, TooLong};
        let refused = |bytes: &[u8]| CorrelationId::from_bytes(bytes).expect_err("refused");
        assert_eq!(refused(b""), Empty);
        assert_eq!(refused(&[b'a'; MOST + 1]), TooLong { len: 129 });
        assert_eq!(refused(b"-req"), Start { len: 4 });
        assert_eq!(refused(b"req\txyz"), Character { len: 7, at: 3 });
        assert_eq!(refused(b"req\r\nx-admin: 1"), Character { len: 15, at: 3 });
        assert_eq!(refused(&[b'r', 0xff]), Character { len: 2, at: 1 });
        assert_eq!(refused("réq".as_bytes()).reason(), "character");
        assert!(!refused(b"evil<script>").to_string().contains("script"));
    }

    #[test]
    fn new_ids_are_legal_differ_and_sort_by_age() {
        let ids: Vec<CorrelationId> = (0..100).map(|_| CorrelationId::new()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ids[0].as_str().parse(), Ok(ids[0].clone()));
    }
}
