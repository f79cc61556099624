//! W3C Trace Context's `traceparent` header.
//!
//! In: a header's bytes. Out: trace id, parent span id and flags, or why they
//! cannot be used. The rules are those of the W3C Recommendation "Trace
//! Context", section 3.2: fixed lengths, lower-case hex, no zero ids, version
//! `ff` invalid, and of an unknown later version only what is known of it.

use std::fmt;
use std::str::FromStr;

use super::trace_id::{SpanId, TraceId};

/// The length of a header of version `00`, in bytes.
const LEN: usize = 55;

/// A `traceparent`: where in which trace the caller is.
///
/// ```
/// use narration_runtime::TraceParent;
///
/// let parent: TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".parse()?;
/// assert_eq!(parent.trace_id.to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
/// assert!(parent.sampled());
/// # Ok::<(), narration_runtime::InvalidTraceParent>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceParent {
    /// The trace.
    pub trace_id: TraceId,
    /// The caller's span.
    pub parent_id: SpanId,
    /// The trace flags; bit 0 says that the caller samples.
    pub flags: u8,
}

/// Why something is no `traceparent`. It is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidTraceParent {
    /// Too short, or too long for its version.
    Length {
        /// Its length in bytes.
        len: usize,
    },
    /// A `-` is not where it belongs, or something is not lower-case hex.
    Shape,
    /// Version `ff`.
    Version,
    /// A trace id or span id of zeros.
    Zero,
}

impl TraceParent {
    /// Reads a header's value.
    ///
    /// # Errors
    ///
    /// Why it cannot be used; a new trace is to be begun then, and `tracestate` dropped.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidTraceParent> {
        let len = bytes.len();
        let Some(known) = bytes.get(..LEN) else { return Err(InvalidTraceParent::Length { len }) };
        let [version] = hex(&known[..2])?;
        match (version, bytes.get(LEN)) {
            (0xff, _) => return Err(InvalidTraceParent::Version),
            (0, Some(_)) => return Err(InvalidTraceParent::Length { len }),
            // A later version may say more, behind another `-`.
            (_, Some(byte)) if *byte != b'-' => return Err(InvalidTraceParent::Shape),
            _ => {}
        }
        if [2, 35, 52].iter().any(|at| known.get(*at) != Some(&b'-')) {
            return Err(InvalidTraceParent::Shape);
        }
        let trace_id = TraceId::new(hex(&known[3..35])?).ok_or(InvalidTraceParent::Zero)?;
        let parent_id = SpanId::new(hex(&known[36..52])?).ok_or(InvalidTraceParent::Zero)?;
        let [flags] = hex(&known[53..])?;
        Ok(Self { trace_id, parent_id, flags })
    }

    /// Whether the caller samples this trace.
    #[must_use]
    pub fn sampled(&self) -> bool {
        self.flags & 1 == 1
    }
}

/// Lower-case hex of exactly the wanted length.
fn hex<const N: usize>(text: &[u8]) -> Result<[u8; N], InvalidTraceParent> {
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let [high, low] = pair else { return Err(InvalidTraceParent::Shape) };
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Ok(bytes)
}

fn digit(byte: u8) -> Result<u8, InvalidTraceParent> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(InvalidTraceParent::Shape),
    }
}

impl FromStr for TraceParent {
    type Err = InvalidTraceParent;

    fn from_str(text: &str) -> Result<Self, InvalidTraceParent> {
        Self::from_bytes(text.as_bytes())
    }
}

/// Version `00`, the one this crate speaks.
impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace_id, self.parent_id, self.flags)
    }
}

impl InvalidTraceParent {
    /// The reason in one stable word, for counters.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Shape => "shape",
            Self::Version => "version",
            Self::Zero => "zero",
        }
    }
}

impl fmt::Display for InvalidTraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { len } => {
                write!(f, "the traceparent has {len} bytes, {LEN} are expected")
            }
            Self::Shape => f.write_str("the traceparent is not lower-case hex parted by `-`"),
            Self::Version => f.write_str("the traceparent has the invalid version ff"),
            Self::Zero => f.write_str("the traceparent has an id of zeros"),
        }
    }
}

impl std::error::Error for InvalidTraceParent {}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn refused(text: &str) -> InvalidTraceParent {
        text.parse::<TraceParent>().expect_err("refused")
    }

    #[test]
    fn a_header_reads_back_as_it_was_written() {
        let parent: TraceParent = GOOD.parse().expect("valid");
        assert_eq!(parent.to_string(), GOOD);
        assert_eq!(parent.parent_id.to_string(), "00f067aa0ba902b7");
        assert!(parent.sampled());
        assert!(!GOOD.replace("-01", "-00").parse::<TraceParent>().expect("valid").sampled());
    }

    #[test]
    fn what_breaks_a_rule_is_refused_by_that_rule() {
        use InvalidTraceParent::{Length, Shape, Version, Zero};
        assert_eq!(refused(""), Length { len: 0 });
        assert_eq!(refused(&GOOD[..54]), Length { len: 54 });
        assert_eq!(refused(&format!("{GOOD}-extra")), Length { len: 61 });
        assert_eq!(refused(&GOOD.to_uppercase()), Shape);
        assert_eq!(refused(&GOOD.replace("-4bf9", "_4bf9")), Shape);
        assert_eq!(refused(&GOOD.replacen("00", "ff", 1)), Version);
        assert_eq!(refused(&format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32))), Zero);
        assert_eq!(refused(&GOOD.replace("00f067aa0ba902b7", "0000000000000000")), Zero);
    }

    #[test]
    fn a_later_version_is_read_as_far_as_it_is_known() {
        let later = GOOD.replacen("00", "cc", 1);
        assert_eq!(later.parse::<TraceParent>(), GOOD.parse());
        assert_eq!(format!("{later}-what-comes").parse::<TraceParent>(), GOOD.parse());
        assert_eq!(refused(&format!("{later}.what-comes")), InvalidTraceParent::Shape);
    }
}
