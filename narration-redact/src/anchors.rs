//! What gives a secret away: the few letters that every kind of secret has in or before it.
//!
//! The [gate](crate::gate) looks for these and nothing else, so a kind of secret without an anchor
//! here is never looked at. An anchor is a short sequence of byte sets with at least five places.

use crate::{
    bytes::{self, ALNUM, BASE64_ONLY, DIGIT, HEX, Set, WORD},
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

/// An anchor: the places in a row, and what they give away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anchor {
    pub(crate) clue: Clue,
    places: [Place; MAX_PLACES],
    len: usize,
}

impl Anchor {
    /// The places that count.
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
        text.get(start..start + self.len).is_some_and(|found| {
            self.places().iter().zip(found).all(|(place, &byte)| place.admits(byte))
        })
    }
}

/// A word in any case, followed by the given places.
const fn word(clue: Clue, letters: &[u8], then: &[Place]) -> Anchor {
    let mut anchor = Anchor { clue, places: [Place::Byte(0); MAX_PLACES], len: 0 };
    while anchor.len < letters.len() {
        let byte = letters[anchor.len];
        anchor.places[anchor.len] =
            if byte.is_ascii_alphabetic() { Place::Letter(byte) } else { Place::Byte(byte) };
        anchor.len += 1;
    }
    padded(follow(anchor, then), Place::NotOf(0))
}

/// Fills an anchor up to the places that the gate needs.
const fn padded(mut anchor: Anchor, with: Place) -> Anchor {
    while anchor.len < MIN_PLACES {
        anchor.places[anchor.len] = with;
        anchor.len += 1;
    }
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
    padded(
        follow(Anchor { clue, places: [Place::Byte(0); MAX_PLACES], len: 0 }, places),
        Place::NotOf(0),
    )
}

/// A provider's prefix as far as it fits; a short one with the start of its body.
const fn prefix(row: usize) -> Anchor {
    let provider = &PROVIDERS[row];
    let letters = provider.prefix.as_bytes();
    let mut anchor =
        Anchor { clue: Clue::Provider(row as u16), places: [Place::Byte(0); MAX_PLACES], len: 0 };
    while anchor.len < letters.len() && anchor.len < MAX_PLACES {
        anchor.places[anchor.len] = Place::Byte(letters[anchor.len]);
        anchor.len += 1;
    }
    padded(anchor, Place::Of(provider.set))
}

const OUTSIDE: &[Place] = &[Place::NotOf(ALNUM)];

const FIXED: &[Anchor] = &[
    word(Clue::Name, b"pass", &[]),
    word(Clue::Name, b"pwd", OUTSIDE),
    word(Clue::Name, b"_pw", OUTSIDE),
    word(Clue::Name, b"secr", &[]),
    word(Clue::Name, b"toke", &[]),
    word(Clue::Name, b"key", OUTSIDE),
    word(Clue::Name, b"key", &[Place::Of(DIGIT)]),
    word(Clue::Name, b"auth", &[]),
    word(Clue::Name, b"cred", &[]),
    word(Clue::Name, b"cook", &[]),
    word(Clue::Name, b"_ses", &[]),
    word(Clue::Name, b"hpse", &[]),
    word(Clue::Name, b"jses", &[]),
    word(Clue::Name, b"jwt", OUTSIDE),
    word(Clue::Name, b"psk", &[Place::OneOf(b"=:\"")]),
    word(Clue::Name, b"identifi", &[]),
    word(Clue::Name, b"securest", &[]),
    word(Clue::Name, b"sig", &[Place::OneOf(b"=n")]),
    word(Clue::Name, b"ct.sid", &[]),
    word(Clue::Name, b"samlre", &[]),
    word(Clue::Name, b"samlas", &[]),
    word(Clue::Client, b"mysql", &[]),
    word(Clue::Client, b"mariadb", &[]),
    word(Clue::Client, b"redis-cl", &[]),
    word(Clue::Client, b"mongo", &[]),
    word(Clue::Client, b"ldap", &[]),
    word(Clue::Client, b"smbcl", &[]),
    word(Clue::Client, b"login", &[Place::OneOf(b" ")]),
    word(Clue::Client, b"zip -", &[]),
    word(Clue::Client, b"7z a ", &[]),
    word(Clue::Client, b"openssl", &[]),
    word(Clue::Client, b"sqlplus", &[]),
    word(Clue::Client, b"sqlldr", &[]),
    word(Clue::Client, b"expdp", &[]),
    word(Clue::Client, b"impdp", &[]),
    word(Clue::Dsn, b"@tcp(", &[]),
    word(Clue::Dsn, b"@unix(", &[]),
    word(Clue::Dsn, b":5432:", &[]),
    word(Clue::Dsn, b"e:thin:", &[]),
    word(Clue::Bearer, b"bear", &[]),
    word(Clue::Basic, b"basi", &[]),
    exactly(
        Clue::UserFlag,
        &[Place::OneOf(b" '\""), Place::Byte(b'-'), Place::Byte(b'u'), Place::OneOf(b" =")],
    ),
    exactly(
        Clue::UserFlag,
        &[Place::Byte(b'-'), Place::Byte(b'-'), Place::Byte(b'u'), Place::Byte(b's')],
    ),
    exactly(
        Clue::Url,
        &[
            // `neo4j+s` is a scheme, too.
            Place::Of(ALNUM | BASE64_ONLY),
            Place::Of(ALNUM),
            Place::Byte(b':'),
            Place::Byte(b'/'),
            Place::Byte(b'/'),
        ],
    ),
    exactly(
        Clue::Url,
        &[
            Place::Of(ALNUM),
            Place::Of(ALNUM),
            Place::Byte(b':'),
            Place::Byte(b'\\'),
            Place::Byte(b'/'),
        ],
    ),
    exactly(
        Clue::Url,
        &[Place::Byte(b'%'), Place::Byte(b'3'), Place::Letter(b'a'), Place::Byte(b'%')],
    ),
    word(Clue::Query, b"code=", &[]),
    exactly(
        Clue::Query,
        &[Place::OneOf(b"?&"), Place::Byte(b'k'), Place::Byte(b'e'), Place::Byte(b'y')],
    ),
    exactly(
        Clue::Pem,
        &[Place::Byte(b'B'), Place::Byte(b'E'), Place::Byte(b'G'), Place::Byte(b'I')],
    ),
    exactly(
        Clue::Putty,
        &[
            Place::Byte(b'-'),
            Place::Byte(b'L'),
            Place::Byte(b'i'),
            Place::Byte(b'n'),
            Place::Byte(b'e'),
            Place::Byte(b's'),
            Place::Byte(b':'),
        ],
    ),
    exactly(
        Clue::Jwt,
        &[Place::Byte(b'e'), Place::Byte(b'y'), Place::Byte(b'J'), Place::Of(ALNUM)],
    ),
    exactly(
        Clue::Shaped(Shape::Facebook),
        &[Place::Of(DIGIT), Place::Of(DIGIT), Place::Byte(b'|'), Place::Of(WORD)],
    ),
    word(Clue::Shaped(Shape::Terraform), b".atlasv1", &[]),
    exactly(
        Clue::Shaped(Shape::MaxMind),
        &[
            Place::Of(ALNUM),
            Place::Byte(b'_'),
            Place::Byte(b'm'),
            Place::Byte(b'm'),
            Place::Byte(b'k'),
        ],
    ),
    exactly(
        Clue::Shaped(Shape::Discord),
        &[
            Place::OneOf(b"MNO"),
            Place::OneOf(b"DTjz"),
            Place::OneOf(b"AEIMQUYcgk"),
            Place::OneOf(b"wxyz012345"),
            Place::OneOf(b"MNO"),
            Place::OneOf(b"DTjz"),
        ],
    ),
    exactly(
        Clue::Shaped(Shape::Telegram),
        &[Place::Of(DIGIT), Place::Byte(b':'), Place::Byte(b'A'), Place::Byte(b'A')],
    ),
    exactly(
        Clue::Shaped(Shape::AzureAd),
        &[Place::Of(DIGIT), Place::Byte(b'Q'), Place::Byte(b'~'), Place::Of(WORD)],
    ),
    exactly(
        Clue::Shaped(Shape::AzureDevOps),
        &[
            Place::Byte(b'A'),
            Place::Byte(b'Z'),
            Place::Byte(b'D'),
            Place::Byte(b'O'),
            Place::Of(ALNUM),
        ],
    ),
    exactly(
        Clue::Shaped(Shape::Mailchimp),
        &[
            Place::Of(HEX),
            Place::Byte(b'-'),
            Place::Byte(b'u'),
            Place::Byte(b's'),
            Place::Of(DIGIT),
        ],
    ),
];

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
