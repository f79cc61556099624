//! Personal data, by choice: kinds and modes go in, masked or pseudonymised text comes out.

use std::{fmt, str::FromStr};

/// A kind of personal data that a [`Redactor`](crate::Redactor) can look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PiiKind {
    /// E-mail addresses.
    Email,
    /// Payment card numbers with valid check digits.
    Card,
    /// International bank account numbers with valid check digits.
    Iban,
    /// Telephone numbers.
    Phone,
    /// IPv4 and IPv6 addresses.
    Ip,
}

impl PiiKind {
    /// Every kind, in the order they are looked for.
    pub const ALL: [Self; 5] = [Self::Email, Self::Iban, Self::Card, Self::Ip, Self::Phone];

    /// The name used in a vocabulary and in markers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Card => "card",
            Self::Iban => "iban",
            Self::Phone => "phone",
            Self::Ip => "ip",
        }
    }
}

impl fmt::Display for PiiKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no [`PiiKind`]; its `Display` lists those there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPiiKind(String);

impl fmt::Display for UnknownPiiKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown kind of personal data `{}`; there are email, card, iban, phone, ip", self.0)
    }
}

impl std::error::Error for UnknownPiiKind {}

impl FromStr for PiiKind {
    type Err = UnknownPiiKind;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| UnknownPiiKind(name.to_owned()))
    }
}

/// What becomes of personal data that was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PiiMode {
    /// `[redacted:email]`: nothing is left.
    #[default]
    Mask,
    /// `[email:9f2c…]`: a keyed fingerprint, so that equal values still correlate.
    Hash,
    /// Enough for a human to recognise a value they know: `j***@example.com`, `[card:…0366]`.
    Partial,
}

impl PiiMode {
    /// The name used in a vocabulary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mask => "mask",
            Self::Hash => "hash",
            Self::Partial => "partial",
        }
    }
}

impl fmt::Display for PiiMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no [`PiiMode`]; its `Display` lists those there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPiiMode(String);

impl fmt::Display for UnknownPiiMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown mode for personal data `{}`; there are mask, hash, partial", self.0)
    }
}

impl std::error::Error for UnknownPiiMode {}

impl FromStr for PiiMode {
    type Err = UnknownPiiMode;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        [Self::Mask, Self::Hash, Self::Partial]
            .into_iter()
            .find(|mode| mode.name() == name)
            .ok_or_else(|| UnknownPiiMode(name.to_owned()))
    }
}

/// The choice of personal data to look for.
#[derive(Debug)]
pub(crate) struct Pii {
    kinds: Vec<PiiKind>,
    mode: PiiMode,
    key: Option<crate::Key>,
}

impl Pii {
    pub(crate) fn new(kinds: Vec<PiiKind>, mode: PiiMode, key: Option<crate::Key>) -> Self {
        Self { kinds, mode, key }
    }

    pub(crate) fn wants_a_key(&self) -> bool {
        self.mode == PiiMode::Hash && self.key.is_none() && !self.kinds.is_empty()
    }

    pub(crate) fn applied(&self, text: &str) -> Option<String> {
        let _ = text;
        None
    }
}
