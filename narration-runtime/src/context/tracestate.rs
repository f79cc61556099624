//! W3C Trace Context's `tracestate` header.
//!
//! In: the values of the headers of that name. Out: one list to be passed on
//! as it came, or why it cannot be. The rules are those of the W3C
//! Recommendation "Trace Context", section 3.3: at most 32 members, each key
//! once, `key=value` of the letters that are allowed in each.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The most members of a list.
const MEMBERS: usize = 32;

/// The most characters of a key, and of a value.
const LONGEST: usize = 256;

/// The most of a tenant's name in a key, and of a system's behind its `@`.
const TENANT: usize = 241;
const SYSTEM: usize = 14;

/// What other tracing systems keep with a trace: a list that is passed on and not looked into.
///
/// ```
/// use narration_runtime::TraceState;
///
/// let state: TraceState = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE".parse()?;
/// assert_eq!(state.as_str(), "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
/// # Ok::<(), narration_runtime::InvalidTraceState>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceState(Arc<str>);

/// Why something is no `tracestate`. It is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidTraceState {
    /// There is no member.
    Empty,
    /// More than 32 members.
    Members {
        /// How many there are.
        members: usize,
    },
    /// A member is no `key=value`, or has a letter that is not allowed there.
    Member {
        /// Which member, counted from 0.
        at: usize,
    },
    /// A key stands there twice.
    Repeated {
        /// Which member repeats one, counted from 0.
        at: usize,
    },
}

impl TraceState {
    /// Reads one header's value, or several joined by commas.
    ///
    /// # Errors
    ///
    /// Why it cannot be passed on; all of it is to be dropped then.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidTraceState> {
        let mut keys: Vec<&[u8]> = Vec::new();
        for (at, member) in bytes.split(|byte| *byte == b',').enumerate() {
            let member = trimmed(member);
            if member.is_empty() {
                continue;
            }
            let key = key_of(member).ok_or(InvalidTraceState::Member { at })?;
            if keys.contains(&key) {
                return Err(InvalidTraceState::Repeated { at });
            }
            keys.push(key);
            if keys.len() > MEMBERS {
                let members = bytes.split(|byte| *byte == b',').count();
                return Err(InvalidTraceState::Members { members });
            }
        }
        if keys.is_empty() {
            return Err(InvalidTraceState::Empty);
        }
        // Legal members are ASCII, so nothing is replaced.
        Ok(Self(String::from_utf8_lossy(trimmed(bytes)).into()))
    }

    /// The list as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Without the blanks and tabs that may stand around a member.
fn trimmed(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// The key of a member that is sound.
fn key_of(member: &[u8]) -> Option<&[u8]> {
    let at = member.iter().position(|byte| *byte == b'=')?;
    let (key, value) = (member.get(..at)?, member.get(at + 1..)?);
    let sound = (1..=LONGEST).contains(&value.len())
        && value.iter().all(|byte| matches!(byte, b' '..=b'~') && *byte != b'=');
    (sound && is_key(key)).then_some(key)
}

/// A vendor's name, or a tenant's at a system's.
fn is_key(key: &[u8]) -> bool {
    match key.iter().position(|byte| *byte == b'@') {
        None => key.len() <= LONGEST && is_name(key),
        Some(at) => {
            let (tenant, system) = key.split_at(at);
            let system = &system[1..];
            tenant.len() <= TENANT
                && system.len() <= SYSTEM
                && is_name(tenant)
                && is_name(system)
                && system.first().is_some_and(u8::is_ascii_lowercase)
        }
    }
}

/// A lower-case letter or a digit, then those and `_`, `-`, `*`, `/`.
fn is_name(name: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.first().is_some_and(plain)
        && name.iter().all(|byte| plain(byte) || matches!(byte, b'_' | b'-' | b'*' | b'/'))
}

impl FromStr for TraceState {
    type Err = InvalidTraceState;

    fn from_str(text: &str) -> Result<Self, InvalidTraceState> {
        Self::from_bytes(text.as_bytes())
    }
}

impl fmt::Display for TraceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl InvalidTraceState {
    /// The reason in one stable word, for counters.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Members { .. } => "too-many",
            Self::Member { .. } => "member",
            Self::Repeated { .. } => "repeated",
        }
    }
}

impl fmt::Display for InvalidTraceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the tracestate has no member"),
            Self::Members { members } => {
                write!(f, "the tracestate has {members} members, {MEMBERS} are allowed")
            }
            Self::Member { at } => write!(f, "the tracestate's member {at} is no `key=value`"),
            Self::Repeated { at } => write!(f, "the tracestate's member {at} repeats a key"),
        }
    }
}

impl std::error::Error for InvalidTraceState {}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> InvalidTraceState {
        text.parse::<TraceState>().expect_err(text)
    }

    #[test]
    fn a_sound_list_is_passed_on_to_the_letter() {
        let longest = format!("{}={}", "z".repeat(256), "~".repeat(256));
        let tenant = format!("{}@{}=1", "t".repeat(241), "v".repeat(14));
        let full = (0..32).map(|n| format!("k{n}=v")).collect::<Vec<_>>().join(",");
        for list in [
            "foo=1",
            "foo=1 , bar=a b!",
            "foo=1,,bar=2,",
            "0a_-*/@x_-*/=.",
            &longest,
            &tenant,
            &full,
        ] {
            assert_eq!(
                list.parse::<TraceState>().map(|state| state.to_string()),
                Ok(list.to_owned())
            );
        }
        assert_eq!(" foo=1\t".parse::<TraceState>().expect("sound").as_str(), "foo=1");
    }

    #[test]
    fn what_breaks_a_rule_is_refused_by_that_rule() {
        use InvalidTraceState::{Empty, Member, Members, Repeated};
        for empty in ["", " ", ",", " , \t"] {
            assert_eq!(refused(empty), Empty);
        }
        let wrong = [
            "foo",
            "foo=",
            "=1",
            "foo =1",
            "FOO=1",
            "foo.bar=1",
            "foo@=1",
            "@foo=1",
            "foo@@bar=1",
            "foo@bar@baz=1",
            "foo=1=2",
            "foo=é",
            "foo=\u{7f}",
            "foo@1bar=1",
            "-foo=1",
        ];
        for member in wrong {
            assert_eq!(refused(member), Member { at: 0 }, "{member}");
            assert_eq!(refused(&format!("a=1,{member}")), Member { at: 1 }, "{member}");
        }
        for long in [
            format!("{}=1", "z".repeat(257)),
            format!("a={}", "z".repeat(257)),
            format!("{}@v=1", "t".repeat(242)),
            format!("t@{}=1", "v".repeat(15)),
        ] {
            assert_eq!(refused(&long), Member { at: 0 }, "{long}");
        }
        assert_eq!(refused("a=1,b=2,a=1"), Repeated { at: 2 });
        let many = (0..33).map(|n| format!("k{n}=v")).collect::<Vec<_>>().join(",");
        assert_eq!(refused(&many), Members { members: 33 });
    }
}
