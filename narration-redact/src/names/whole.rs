//! Names that most secrets have: a whole name goes in, what it holds comes out at one look.
//!
//! Every other name, and these in another case, are judged by their segments.

use super::{Noun, segment::Folded};

/// The names, by what they hold; none is longer than the sixteen letters that are compared.
#[rustfmt::skip]
const NAMES: [(Noun, &[&str]); 4] = [
    (Noun::Password, &[
        "password", "passwd", "pwd", "passphrase", "passwort", "db_password", "db-password", "user_password",
        "admin_password", "root_password", "new_password", "old_password", "pgpassword",
    ]),
    (Noun::Secret, &[
        "secret", "client_secret", "client-secret", "app_secret", "shared_secret", "webhook_secret", "jwt_secret",
        "api_secret",
    ]),
    (Noun::Token, &[
        "token", "access_token", "access-token", "refresh_token", "refresh-token", "auth_token", "auth-token",
        "api_token", "api-token", "id_token", "bearer_token", "session_token", "csrf_token", "hf_token",
        "github_token", "bot_token", "x-auth-token", "jwt",
    ]),
    (Noun::Key, &[
        "api_key", "api-key", "apikey", "x-api-key", "secret_key", "secret-key", "access_key", "access-key",
        "private_key", "private-key", "encryption_key", "signing_key", "auth_key", "account_key", "license_key",
        "master_key",
    ]),
];

/// A name and what it holds.
#[derive(Clone, Copy)]
struct Entry {
    name: Folded,
    noun: Option<Noun>,
}

/// How many entries there is room for: enough that most names stand where they are looked for first.
const SLOTS: usize = 256;

static TABLE: [Entry; SLOTS] = {
    let mut table = [Entry { name: Folded::unfolded(&[]), noun: None }; SLOTS];
    let mut list = 0;
    while list < NAMES.len() {
        let (noun, names) = NAMES[list];
        let mut index = 0;
        while index < names.len() {
            let name = Folded::unfolded(names[index].as_bytes());
            table[place_of(&table, name)] = Entry { name, noun: Some(noun) };
            index += 1;
        }
        list += 1;
    }
    table
};

/// Where a name stands in the table, or would.
const fn place_of(table: &[Entry; SLOTS], name: Folded) -> usize {
    let mut place = name.hash() as usize % SLOTS;
    loop {
        let Entry { name: known, noun } = table[place];
        if noun.is_none() || known.is(name) {
            return place;
        }
        place = (place + 1) % SLOTS;
    }
}

/// What a name holds, if it is one of these.
#[inline]
pub(super) fn noun(name: &[u8]) -> Option<Noun> {
    if name.len() > 16 {
        return None;
    }
    TABLE[place_of(&TABLE, Folded::unfolded(name))].noun
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Trust, classify};

    #[test]
    fn whole_names_hold_what_their_segments_say() {
        for (expected, names) in NAMES {
            for name in names {
                assert_eq!(noun(name.as_bytes()), Some(expected), "{name}");
                let known = classify(name.as_bytes()).unwrap();
                assert_eq!((known.noun, known.trust), (expected, Trust::Sure), "{name}");
                assert_eq!(noun(name.to_uppercase().as_bytes()), None, "{name}");
                assert_eq!(noun(format!("{name}s").as_bytes()), None, "{name}");
            }
        }
        assert_eq!(noun(b""), None);
    }
}
