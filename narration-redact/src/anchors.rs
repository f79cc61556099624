//! What gives a secret away: the few letters that every kind of secret has in or before it.
//!
//! The [gate](crate::gate) looks for these and nothing else, so a kind of secret without an anchor
//! here is never looked at. An anchor is a short sequence of byte sets with at least five places.

mod compact;
mod fixed;

pub(crate) use self::compact::Anchor;
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
    /// A decimal id in base64, a stamp and a signature, joined with dots; or such an id, a colon and
    /// random bytes in one piece of base64.
    Discord,
    /// `sc_….….acc-….…`
    Authress,
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
}

/// The shortest anchor: what the gate compares, at two neighbouring places of the text.
const MIN_PLACES: usize = 5;
/// The longest anchor.
pub(crate) const MAX_PLACES: usize = 8;

/// An anchor as it is written down: the places in a row, and what they give away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    clue: Clue,
    places: [Place; MAX_PLACES],
    len: usize,
}

impl Pattern {
    const fn without_places(clue: Clue) -> Self {
        Self { clue, places: [Place::NotOf(0); MAX_PLACES], len: 0 }
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
}

/// A word in any case, followed by the given places.
const fn word(clue: Clue, letters: &[u8], then: &[Place]) -> Pattern {
    let mut anchor = Pattern::without_places(clue);
    while anchor.len < letters.len() {
        let byte = letters[anchor.len];
        anchor.places[anchor.len] =
            if byte.is_ascii_alphabetic() { Place::Letter(byte) } else { Place::Byte(byte) };
        anchor.len += 1;
    }
    padded(follow(anchor, then), Place::NotOf(0))
}

/// Fills an anchor up to the places that the gate needs.
const fn padded(mut anchor: Pattern, with: Place) -> Pattern {
    while anchor.len < MIN_PLACES {
        anchor.places[anchor.len] = with;
        anchor.len += 1;
    }
    anchor
}

const fn follow(mut anchor: Pattern, then: &[Place]) -> Pattern {
    let mut place = 0;
    while place < then.len() {
        anchor.places[anchor.len] = then[place];
        anchor.len += 1;
        place += 1;
    }
    anchor
}

const fn exactly(clue: Clue, places: &[Place]) -> Pattern {
    padded(follow(Pattern::without_places(clue), places), Place::NotOf(0))
}

/// A provider's prefix as far as it fits; a short one with the start of its body.
const fn prefix(row: usize) -> Pattern {
    let provider = &PROVIDERS[row];
    let letters = provider.prefix.as_bytes();
    let mut anchor = Pattern::without_places(Clue::Provider(row as u16));
    while anchor.len < letters.len() && anchor.len < MAX_PLACES {
        anchor.places[anchor.len] = Place::Byte(letters[anchor.len]);
        anchor.len += 1;
    }
    padded(anchor, Place::Of(provider.set))
}

/// How many anchors there are.
pub(crate) const COUNT: usize = FIXED.len() + PROVIDERS.len();

/// Every anchor as it is written down: the fixed ones, then one for each provider's prefix.
pub(crate) static PATTERNS: [Pattern; COUNT] = {
    let mut all = [FIXED[0]; COUNT];
    let mut index = 0;
    while index < COUNT {
        all[index] = if index < FIXED.len() { FIXED[index] } else { prefix(index - FIXED.len()) };
        index += 1;
    }
    all
};

/// Every anchor as it is looked for, in the same order.
pub(crate) static ANCHORS: [Anchor; COUNT] = compact::all();
