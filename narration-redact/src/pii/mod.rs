//! Personal data, by choice: kinds and modes go in, masked or pseudonymised text comes out.

mod card;
mod email;
mod iban;
mod ip;
mod phone;
mod show;

use std::{fmt, str::FromStr};

use crate::{Key, marker};

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
        write!(
            f,
            "unknown kind of personal data `{}`; there are email, card, iban, phone, ip",
            self.0
        )
    }
}

impl std::error::Error for UnknownPiiKind {}

impl FromStr for PiiKind {
    type Err = UnknownPiiKind;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownPiiKind(name.to_owned()))
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

/// Personal data that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Datum {
    pub(crate) kind: PiiKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How often a text with personal data in it is looked at, at most.
const MAX_PASSES: usize = 6;

/// How many addresses of a text have their names looked for, each of which is one more pass.
const MAX_NAMED: usize = 16;

/// The choice of personal data to look for.
#[derive(Debug)]
pub(crate) struct Pii {
    kinds: Vec<PiiKind>,
    mode: PiiMode,
    key: Option<Key>,
}

impl Pii {
    pub(crate) fn new(chosen: Vec<PiiKind>, mode: PiiMode, key: Option<Key>) -> Self {
        let kinds = PiiKind::ALL.into_iter().filter(|kind| chosen.contains(kind)).collect();
        Self { kinds, mode, key }
    }

    pub(crate) fn wants_a_key(&self) -> bool {
        self.mode == PiiMode::Hash && self.key.is_none() && !self.kinds.is_empty()
    }

    /// The text without the chosen kinds; `None` if it has none.
    ///
    /// What stood beside a number decided that it was none. Where a marker stands there now, it is
    /// looked at again, until nothing more is found.
    pub(crate) fn applied(&self, text: &str) -> Option<String> {
        let mut clean = self.one_pass(text)?;
        for _ in 1..MAX_PASSES {
            let Some(cleaner) = self.one_pass(&clean) else { break };
            clean = cleaner;
        }
        Some(clean)
    }

    /// The text without what one look at it finds.
    fn one_pass(&self, text: &str) -> Option<String> {
        let data = self.found(text);
        if data.is_empty() {
            return None;
        }
        let mut clean = String::with_capacity(text.len() + 32);
        let mut copied = 0;
        for datum in data {
            clean.push_str(text.get(copied..datum.start).unwrap_or_default());
            let value = text.get(datum.start..datum.end).unwrap_or_default();
            show::push(&mut clean, datum.kind, value, self.mode, self.key.as_ref());
            copied = datum.end;
        }
        clean.push_str(text.get(copied..).unwrap_or_default());
        Some(clean)
    }

    /// The names that the addresses found so far are made of, where they stand by themselves.
    fn add_names(&self, text: &str, data: &mut Vec<Datum>) {
        let addresses: Vec<_> = data
            .iter()
            .filter(|datum| datum.kind == PiiKind::Email)
            .take(MAX_NAMED)
            .map(|datum| (datum.start, datum.end))
            .collect();
        for (start, end) in addresses.into_iter().flat_map(|address| email::names(text, address)) {
            let taken = data.iter().any(|datum| datum.start < end && start < datum.end);
            if !taken && !marker::reaches_into(text, start, end) {
                data.push(Datum { kind: PiiKind::Email, start, end });
            }
        }
    }

    /// What was found, left to right; where two kinds claim one place, the first of [`PiiKind::ALL`] has it.
    fn found(&self, text: &str) -> Vec<Datum> {
        let mut data: Vec<Datum> = Vec::new();
        for &kind in &self.kinds {
            let finder = match kind {
                PiiKind::Email => email::next,
                PiiKind::Card => card::next,
                PiiKind::Iban => iban::next,
                PiiKind::Phone => phone::next,
                PiiKind::Ip => ip::next,
            };
            let mut place = 0;
            while let Some((start, end)) = finder(text.as_bytes(), place) {
                place = end.max(place + 1);
                let taken = data.iter().any(|datum| datum.start < end && start < datum.end);
                if !taken && !marker::reaches_into(text, start, end) {
                    data.push(Datum { kind, start, end });
                }
            }
        }
        if self.mode != PiiMode::Partial {
            self.add_names(text, &mut data);
        }
        data.sort_unstable_by_key(|datum| datum.start);
        data
    }
}
