//! The anchors that are no provider's prefix: the letters of names, schemes, commands and frames.

use super::{Anchor, Clue, Place, Shape, exactly, word};
use crate::bytes::{ALNUM, BASE64_ONLY, DIGIT, HEX, WORD};

/// What ends a word.
const OUTSIDE: &[Place] = &[Place::NotOf(ALNUM)];

/// The anchors of everything that is no provider's prefix.
pub(super) const FIXED: &[Anchor] = &[
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
    word(Clue::Name, b"otp", &[Place::OneOf(b"=:\"' ")]),
    word(Clue::Name, b"pin", &[Place::OneOf(b"=:\"")]),
    word(Clue::Name, b"cvv", &[Place::OneOf(b"=:\"")]),
    word(Clue::Name, b"cvc", &[Place::OneOf(b"=:\"")]),
    word(Clue::Name, b"_pat", &[Place::OneOf(b"=:\"")]),
    word(Clue::Name, b"ootpw", &[]),
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
