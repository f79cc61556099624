//! What gives a secret away: the few letters that every kind of secret has in or before it.
//!
//! The [gate](crate::gate) looks for these and nothing else, so a kind of secret without an anchor
//! here is never looked at. An anchor is a short sequence of byte sets with at least five places.

mod fixed;

use self::fixed::FIXED;
use crate::{
    bytes::{self, Set},
    providers::PROVIDERS,
};

/// What stands at a place if its anchor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clue {
    /// A token of the provider with this row.
    Provider(u16),
    /// A piece of a field's name.
    Name,
    /// The word that announces a bearer token, or a name made of it.
    Bearer,
    /// The word that announces basic credentials.
    Basic,
    /// A command line's `-u user:password`.
    UserFlag,
    /// The word for a password in another language.
    Foreign,
    /// A short flag that takes a password where a user is named: `-p value`.
    ShortFlag,
    /// A command that reads a password from a pipe: `sudo -S`.
    Sudo,
    /// `net use` and `net user`.
    NetUse,
    /// A client whose password follows a short flag: `mysql -pvalue`.
    Client,
    /// What is peculiar to a connection string that is no URL.
    Dsn,
    /// The `://` of a URL.
    Url,
    /// A query parameter that carries a secret under a harmless name.
    Query,
    /// The `BEGIN` of a PEM block.
    Pem,
    /// The type of a JSON web key: `"kty"`.
    Jwk,
    /// The `Private-Lines:` of a PuTTY key file.
    Putty,
    /// The three letters that every JSON object has in base64.
    Jwt,
    /// A token recognised by what stands in its middle or at its end.
    Shaped(Shape),
}

/// Tokens without a prefix, by what is peculiar to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `digits|27 word characters`
    Facebook,
    /// `14 characters.atlasv1.…`
    Terraform,
    /// `6_29_mmk`
    MaxMind,
    /// A decimal id in base64, a stamp and a signature, joined with dots.
    Discord,
    /// `digits:AA…`
    Telegram,
    /// `…8Q~…`
    AzureAd,
    /// 84 letters and digits with `AZDO` near their end
    AzureDevOps,
    /// 84 letters and digits with `JQQJ99` behind the first 52
    AzureAi,
    /// 36 letters and digits, and `NRAL`
    NewRelic,
    /// `32 hexadecimal digits-us12`
    Mailchimp,
}

/// One place of an anchor.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// This byte.
    Byte(u8),
    /// This letter in either case; given in lower case.
    Letter(u8),
    /// Any byte of the set.
    Of(Set),
    /// Any byte outside of the set.
    NotOf(Set),
    /// One of these bytes.
    OneOf(&'static [u8]),
}

impl Place {
    /// Whether a byte may stand here.
    pub(crate) const fn admits(self, byte: u8) -> bool {
        match self {
            Self::Byte(expected) => byte == expected,
            Self::Letter(letter) => byte.to_ascii_lowercase() == letter,
            Self::Of(set) => bytes::is(byte, set),
            Self::NotOf(set) => !bytes::is(byte, set),
            Self::OneOf(these) => {
                let mut place = 0;
                while place < these.len() {
                    if these[place] == byte {
                        return true;
                    }
                    place += 1;
                }
                false
            }
        }
    }

    /// The bits of a byte that are always the same here, and what they are.
    pub(crate) const fn fixed(self) -> (u8, u8) {
        match self {
            Self::Byte(byte) => (0xff, byte),
            // Letters of both cases differ in one bit.
            Self::Letter(letter) => (!0x20, letter & !0x20),
            _ => (0, 0),
        }
    }
}

/// The shortest anchor: what the gate compares, at two neighbouring places of the text.
const MIN_PLACES: usize = 5;
/// The longest anchor.
pub(crate) const MAX_PLACES: usize = 8;

/// An anchor: the places in a row, and what they give away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anchor {
    pub(crate) clue: Clue,
    places: [Place; MAX_PLACES],
    len: usize,
    /// The places that hold one byte or one letter, as bits of a word, and what these are.
    fixed: (u64, u64),
    /// Where the other places start and end that do not admit every byte.
    others: (usize, usize),
}

impl Anchor {
    const fn without_places(clue: Clue) -> Self {
        let places = [Place::Byte(0); MAX_PLACES];
        Self { clue, places, len: 0, fixed: (0, 0), others: (MAX_PLACES, 0) }
    }

    /// The places that count.
    #[cfg(test)]
    pub(crate) fn places(&self) -> &[Place] {
        self.places.get(..self.len).unwrap_or_default()
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn place(&self, index: usize) -> Place {
        self.places[index]
    }

    /// Whether the anchor stands at a place of a text.
    #[inline]
    pub(crate) fn stands_at(&self, text: &[u8], start: usize) -> bool {
        let rest = bytes::from(text, start);
        let Some(word) = rest.first_chunk::<MAX_PLACES>() else {
            return rest.len() >= self.len && self.admits(rest, (0, self.len));
        };
        let (mask, wanted) = self.fixed;
        u64::from_le_bytes(*word) & mask == wanted && self.admits(word, self.others)
    }

    /// Whether some of the anchor's places admit what stands there.
    #[inline]
    fn admits(&self, found: &[u8], (first, end): (usize, usize)) -> bool {
        let places = self.places.get(first..end).unwrap_or_default();
        places.iter().zip(bytes::from(found, first)).all(|(place, &byte)| place.admits(byte))
    }
}

/// A word in any case, followed by the given places.
const fn word(clue: Clue, letters: &[u8], then: &[Place]) -> Anchor {
    let mut anchor = Anchor::without_places(clue);
    while anchor.len < letters.len() {
        let byte = letters[anchor.len];
        anchor.places[anchor.len] =
            if byte.is_ascii_alphabetic() { Place::Letter(byte) } else { Place::Byte(byte) };
        anchor.len += 1;
    }
    padded(follow(anchor, then), Place::NotOf(0))
}

/// Fills an anchor up to the places that the gate needs, and sums up what is fixed in them.
const fn padded(mut anchor: Anchor, with: Place) -> Anchor {
    while anchor.len < MIN_PLACES {
        anchor.places[anchor.len] = with;
        anchor.len += 1;
    }
    let (mut mask, mut wanted, mut place) = ([0; MAX_PLACES], [0; MAX_PLACES], 0);
    while place < anchor.len {
        (mask[place], wanted[place]) = anchor.places[place].fixed();
        if mask[place] == 0 && !matches!(anchor.places[place], Place::NotOf(0)) {
            let (first, _) = anchor.others;
            anchor.others = (if first < place { first } else { place }, place + 1);
        }
        place += 1;
    }
    anchor.fixed = (u64::from_le_bytes(mask), u64::from_le_bytes(wanted));
    anchor
}

const fn follow(mut anchor: Anchor, then: &[Place]) -> Anchor {
    let mut place = 0;
    while place < then.len() {
        anchor.places[anchor.len] = then[place];
        anchor.len += 1;
        place += 1;
    }
    anchor
}

const fn exactly(clue: Clue, places: &[Place]) -> Anchor {
    padded(follow(Anchor::without_places(clue), places), Place::NotOf(0))
}

/// A provider's prefix as far as it fits; a short one with the start of its body.
const fn prefix(row: usize) -> Anchor {
    let provider = &PROVIDERS[row];
    let letters = provider.prefix.as_bytes();
    let mut anchor = Anchor::without_places(Clue::Provider(row as u16));
    while anchor.len < letters.len() && anchor.len < MAX_PLACES {
        anchor.places[anchor.len] = Place::Byte(letters[anchor.len]);
        anchor.len += 1;
    }
    padded(anchor, Place::Of(provider.set))
}

/// How many anchors there are.
pub(crate) const COUNT: usize = FIXED.len() + PROVIDERS.len();

/// Every anchor: the fixed ones, then one for each provider's prefix.
pub(crate) static ANCHORS: [Anchor; COUNT] = {
    let mut all = [FIXED[0]; COUNT];
    let mut index = 0;
    while index < COUNT {
        all[index] = if index < FIXED.len() { FIXED[index] } else { prefix(index - FIXED.len()) };
        index += 1;
    }
    all
};
