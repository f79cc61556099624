//! Keys and fingerprints: a value and a key go in, a short keyed pseudonym comes out.

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::{BuildHasher, Hasher},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::base64;

/// A secret key for fingerprints. `Debug` never shows it.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// Why a text is not a usable key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Fewer than 16 bytes of key material.
    TooShort {
        /// How many bytes there were.
        bytes: usize,
    },
    /// The text is not in the encoding it was said to be in.
    Encoding {
        /// The encoding asked for: `hex` or `base64`.
        expected: &'static str,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { bytes } => {
                write!(
                    f,
                    "a fingerprint key needs at least 16 bytes of key material, this one has {bytes}"
                )
            }
            Self::Encoding { expected } => write!(f, "the fingerprint key is not valid {expected}"),
        }
    }
}

impl std::error::Error for KeyError {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

const MIN_MATERIAL: usize = 16;
const DERIVE_CONTEXT: &str = "narration-redact fingerprint key v1";

impl Key {
    /// A key from raw key material; any length from 16 bytes up.
    ///
    /// # Errors
    /// [`KeyError::TooShort`] below 16 bytes.
    pub fn from_bytes(material: &[u8]) -> Result<Self, KeyError> {
        if material.len() < MIN_MATERIAL {
            return Err(KeyError::TooShort { bytes: material.len() });
        }
        Ok(Self(blake3::derive_key(DERIVE_CONTEXT, material)))
    }

    /// A key from hexadecimal text.
    ///
    /// # Errors
    /// [`KeyError`] when the text is not hexadecimal or shorter than 16 bytes decoded.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let bytes = decode_hex(text.trim()).ok_or(KeyError::Encoding { expected: "hex" })?;
        Self::from_bytes(&bytes)
    }

    /// A key from base64 text, standard or URL-safe alphabet, padded or not.
    ///
    /// # Errors
    /// [`KeyError`] when the text is not base64 or shorter than 16 bytes decoded.
    pub fn from_base64(text: &str) -> Result<Self, KeyError> {
        let mut bytes = Vec::new();
        let decoded = base64::decode(text.trim().as_bytes(), |byte| {
            bytes.push(byte);
            true
        });
        if decoded {
            Self::from_bytes(&bytes)
        } else {
            Err(KeyError::Encoding { expected: "base64" })
        }
    }

    /// A key from the value of an environment variable or the content of a file.
    ///
    /// `hex:…` and `base64:…` say their encoding; 64 or more hexadecimal digits are taken as such;
    /// anything else is used as it is, byte for byte.
    ///
    /// # Errors
    /// [`KeyError`] when the stated encoding does not fit or the material is too short.
    pub fn from_env_value(value: &str) -> Result<Self, KeyError> {
        let value = value.trim();
        if let Some(hex) = value.strip_prefix("hex:") {
            return Self::from_hex(hex);
        }
        if let Some(base64) = value.strip_prefix("base64:") {
            return Self::from_base64(base64);
        }
        if value.len() >= 64
            && let Ok(key) = Self::from_hex(value)
        {
            return Ok(key);
        }
        Self::from_bytes(value.as_bytes())
    }

    /// A key for this process alone: equal values correlate until the process ends.
    ///
    /// Mixed from the standard library's random hasher seeds, the clock, the process id and an
    /// address. That is good enough to keep pseudonyms from being guessed by a reader of logs;
    /// it is no substitute for a key from a proper generator where pseudonyms outlive the process.
    #[must_use]
    pub fn random() -> Self {
        let mut pool = blake3::Hasher::new_derive_key("narration-redact process key v1");
        for round in 0_u64..4 {
            let mut seed = RandomState::new().build_hasher();
            seed.write_u64(round);
            pool.update(&seed.finish().to_le_bytes());
        }
        let clock =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        pool.update(&clock.to_le_bytes());
        pool.update(&std::process::id().to_le_bytes());
        let on_stack = 0_u8;
        pool.update(&(std::ptr::from_ref(&on_stack).addr() as u64).to_le_bytes());
        Self(*pool.finalize().as_bytes())
    }
}

/// The keyed pseudonym of a value: 96 bits as 24 hexadecimal digits.
///
/// Equal values of one domain under one key give equal fingerprints; another domain or another
/// key gives unrelated ones, and without the key a guess cannot be checked.
#[must_use]
pub fn fingerprint(key: &Key, domain: &str, value: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new_keyed(&key.0);
    // The length in front keeps ("ab", "c") and ("a", "bc") apart.
    hasher.update(&(domain.len() as u64).to_le_bytes());
    hasher.update(domain.as_bytes());
    hasher.update(value);
    let mut hex = hasher.finalize().to_hex().to_string();
    hex.truncate(24);
    hex
}

fn decode_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| {
            let value = digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?;
            u8::try_from(value).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_correlate_within_a_domain_and_a_key_only() {
        let key = Key::from_bytes(b"0123456789abcdef").unwrap();
        let other = Key::from_bytes(b"0123456789abcdeF").unwrap();
        let print = fingerprint(&key, "email", b"joe@example.com");
        assert_eq!(print.len(), 24);
        assert!(print.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(print, fingerprint(&key, "email", b"joe@example.com"));
        assert_ne!(print, fingerprint(&key, "phone", b"joe@example.com"));
        assert_ne!(print, fingerprint(&other, "email", b"joe@example.com"));
        assert_ne!(fingerprint(&key, "ab", b"c"), fingerprint(&key, "a", b"bc"));
    }

    #[test]
    fn a_key_reads_each_encoding_and_refuses_what_is_none() {
        let print = |key: &Key| fingerprint(key, "d", b"v");
        let raw = Key::from_bytes(&[0xab; 32]).unwrap();
        let hex = Key::from_env_value(&"ab".repeat(32)).unwrap();
        assert_eq!(print(&raw), print(&hex));
        assert_eq!(
            print(&raw),
            print(&Key::from_env_value(&format!("hex:{}", "AB".repeat(32))).unwrap())
        );
        let base64 = Key::from_base64("q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=").unwrap();
        assert_eq!(print(&raw), print(&base64));
        assert_eq!(Key::from_env_value("short").unwrap_err(), KeyError::TooShort { bytes: 5 });
        assert_eq!(Key::from_hex("xyz!").unwrap_err(), KeyError::Encoding { expected: "hex" });
        assert_eq!(
            Key::from_base64("@@@@").unwrap_err(),
            KeyError::Encoding { expected: "base64" }
        );
    }

    #[test]
    fn a_key_is_never_shown_and_random_keys_differ() {
        assert_eq!(format!("{:?}", Key::from_bytes(&[7; 16]).unwrap()), "Key(..)");
        assert_ne!(fingerprint(&Key::random(), "d", b"v"), fingerprint(&Key::random(), "d", b"v"));
    }
}
