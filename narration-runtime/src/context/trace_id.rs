//! The ids of W3C traces and spans.
//!
//! In: bytes, or chance. Out: ids that are never all zero, and their text of
//! lower-case hex.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use uuid::Uuid;

/// The id of a trace: 16 bytes, not all zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TraceId([u8; 16]);

/// The id of a span: 8 bytes, not all zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpanId([u8; 8]);

impl TraceId {
    /// A new id from the system's source of chance.
    pub(crate) fn random() -> Self {
        // A UUID's bits of version and variant keep it from being zero.
        Self(Uuid::new_v4().into_bytes())
    }
}

impl SpanId {
    /// A new id. A span is opened more often than a trace is begun, so this asks the system but
    /// once a thread: the keys of the standard library's hash maps differ from map to map.
    pub(crate) fn random() -> Self {
        Self(RandomState::new().build_hasher().finish().max(1).to_be_bytes())
    }
}

/// An id's text, without an allocation.
#[derive(Clone, Copy)]
pub(crate) struct Hex<const N: usize>([[u8; 2]; N]);

impl<const N: usize> Hex<N> {
    fn of(bytes: [u8; N]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        Self(bytes.map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0xf)]]))
    }

    pub(crate) fn as_str(&self) -> &str {
        // Digits are ASCII, so this never fails.
        std::str::from_utf8(self.0.as_flattened()).unwrap_or_default()
    }
}

macro_rules! id {
    ($name:ident, $len:literal) => {
        impl $name {
            /// An id of these bytes; nothing if they are all zero.
            #[must_use]
            pub fn new(bytes: [u8; $len]) -> Option<Self> {
                (bytes != [0; $len]).then_some(Self(bytes))
            }

            /// The bytes.
            #[must_use]
            pub fn to_bytes(self) -> [u8; $len] {
                self.0
            }

            pub(crate) fn hex(self) -> Hex<$len> {
                Hex::of(self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.hex().as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

id!(TraceId, 16);
id!(SpanId, 8);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn new_ids_differ_also_between_threads() {
        let made = || (0..1000).map(|_| (TraceId::random(), SpanId::random())).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(made)).collect();
        let ids: Vec<_> =
            threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect();
        assert_eq!(ids.iter().map(|(trace, _)| trace).collect::<HashSet<_>>().len(), 4000);
        assert_eq!(ids.iter().map(|(_, span)| span).collect::<HashSet<_>>().len(), 4000);
    }

    #[test]
    fn an_id_is_lower_case_hex_and_never_zero() {
        assert_eq!(
            SpanId::new([0, 0xf0, 0x67, 0xaa, 0x0b, 0xa9, 0x02, 0xb7]).map(|id| id.to_string()),
            Some("00f067aa0ba902b7".to_owned())
        );
        assert_eq!(SpanId::new([0; 8]), None);
        assert_eq!(TraceId::new([0; 16]), None);
        assert_eq!(TraceId::random().to_string().len(), 32);
    }
}
