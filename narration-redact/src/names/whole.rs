//! Names that most secrets have: a whole name goes in, what it holds comes out at one look.
//!
//! Every other name, and these in another case, are judged by their segments.

use super::{Name, Noun, Trust, segment::Folded};

/// The names, by what they surely hold; none is longer than the sixteen letters that are compared.
#[rustfmt::skip]
const NAMES: [(Noun, &[&str]); 6] = [
    (Noun::Password, &[
        "password", "passwd", "pwd", "passphrase", "passwort", "db_password", "db-password", "user_password",
        "admin_password", "root_password", "new_password", "old_password", "pgpassword", "Password", "PASSWORD",
        "DB_PASSWORD", "PGPASSWORD", "userPassword", "dbPassword",
    ]),
    (Noun::Secret, &[
        "secret", "client_secret", "client-secret", "app_secret", "shared_secret", "webhook_secret", "jwt_secret",
        "api_secret", "Secret", "SECRET", "CLIENT_SECRET", "JWT_SECRET", "clientSecret",
    ]),
    (Noun::Token, &[
        "token", "access_token", "access-token", "refresh_token", "refresh-token", "auth_token", "auth-token",
        "api_token", "api-token", "id_token", "bearer_token", "session_token", "csrf_token", "hf_token",
        "github_token", "bot_token", "x-auth-token", "jwt", "Token", "TOKEN", "X-Auth-Token", "ACCESS_TOKEN",
        "API_TOKEN", "AUTH_TOKEN", "HF_TOKEN", "GITHUB_TOKEN", "accessToken", "refreshToken", "authToken", "idToken",
    ]),
    (Noun::Key, &[
        "api_key", "api-key", "apikey", "x-api-key", "secret_key", "secret-key", "access_key", "access-key",
        "private_key", "private-key", "encryption_key", "signing_key", "auth_key", "account_key", "license_key",
        "master_key", "X-Api-Key", "X-API-Key", "API_KEY", "SECRET_KEY", "ACCESS_KEY", "PRIVATE_KEY", "apiKey",
        "secretKey", "accessKey", "privateKey",
    ]),
    (Noun::Authorization, &["authorization", "Authorization"]),
    (Noun::Cookie, &["cookie", "Cookie", "set-cookie", "Set-Cookie"]),
];

/// A name and what it holds.
#[derive(Clone, Copy)]
struct Entry {
    name: Folded,
    means: Option<Name>,
}

/// How many entries there is room for: enough that most names stand where they are looked for first.
const SLOTS: usize = 256;

static TABLE: [Entry; SLOTS] = {
    let mut table = [Entry { name: Folded::unfolded(&[]), means: None }; SLOTS];
    let mut list = 0;
    while list < NAMES.len() {
        let (noun, names) = NAMES[list];
        let mut index = 0;
        while index < names.len() {
            let letters = names[index].as_bytes();
            let (name, compound) = (Folded::unfolded(letters), is_compound(letters));
            let means = Some(Name { noun, trust: Trust::Sure, compound });
            table[place_of(&table, name)] = Entry { name, means };
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
        let Entry { name: known, means } = table[place];
        if means.is_none() || known.is(name) {
            return place;
        }
        place = (place + 1) % SLOTS;
    }
}

/// Whether a name is made of several words: a sign joins them, or a capital behind a small letter.
const fn is_compound(name: &[u8]) -> bool {
    let mut place = 1;
    while place < name.len() {
        let hump = name[place].is_ascii_uppercase() && name[place - 1].is_ascii_lowercase();
        if hump || !name[place].is_ascii_alphanumeric() {
            return true;
        }
        place += 1;
    }
    false
}

/// What a name holds, if it is one of these.
#[inline]
pub(super) fn name(name: &[u8]) -> Option<Name> {
    if name.len() > 16 {
        return None;
    }
    TABLE[place_of(&TABLE, Folded::unfolded(name))].means
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::by_segments;

    #[test]
    fn whole_names_hold_what_their_segments_say() {
        for (noun, names) in NAMES {
            for known in names {
                let means = name(known.as_bytes());
                assert_eq!(means.map(|name| name.noun), Some(noun), "{known}");
                assert_eq!(means, by_segments(known.as_bytes()), "{known}");
                assert_eq!(name(format!("{known}s").as_bytes()), None, "{known}");
            }
        }
        assert_eq!(name(b""), None);
        assert_eq!(name(b"aPi_KeY"), None);
    }
}
