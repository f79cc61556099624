//! What names of secrets speak of: a name's last segments go in, the noun comes out.

use super::{
    Noun,
    roles::{
        AFTER_PASS, AUTHORIZATION, CODE, COOKIE, CREDENTIAL, NO_CREDENTIAL, NO_PASSWORD, PASSWORD,
        PROOF, PUBLIC_KEY, Roles, SECRET_KEY, SESSION, SIGNATURE, TOKEN,
    },
    segment::Segment,
};
use crate::words::Words;

/// What a name means whatever its value looks like; `roles` are those of its last segment, with which
/// `name` ends.
pub(super) fn sure_noun(
    last: Segment<'_>,
    roles: Roles,
    previous: Option<Segment<'_>>,
    name: &[u8],
) -> Option<Noun> {
    let previous_is = |word: &[u8]| previous.is_some_and(|previous| previous.is(word));
    if is_password(last, roles, previous) {
        return Some(Noun::Password);
    }
    if last.ends_with(b"secret") {
        // `existingSecret: db-credentials` names one that is kept elsewhere.
        return (!previous_is(b"existing")).then_some(Noun::Secret);
    }
    if last.is(b"string") && previous_is(b"secret") {
        return Some(Noun::Secret);
    }
    if is_token(last, roles, previous) {
        return Some(Noun::Token);
    }
    if is_sure_key(last, previous, name) {
        return Some(Noun::Key);
    }
    let lone_pin = previous.is_none() || !last.is(b"pin");
    match roles {
        _ if roles & AUTHORIZATION != 0 => Some(Noun::Authorization),
        _ if roles & COOKIE != 0 => Some(Noun::Cookie),
        _ if roles & CREDENTIAL != 0 => Some(Noun::Credential),
        _ if roles & CODE != 0 && lone_pin => Some(Noun::Code),
        _ if roles & SESSION != 0 => Some(Noun::Session),
        _ => (last.is(b"sid") && previous_is(b"connect")).then_some(Noun::Session),
    }
}

fn is_password(last: Segment<'_>, roles: Roles, previous: Option<Segment<'_>>) -> bool {
    /// What a password's name ends with where it is glued to another: `pgpassword`.
    static ENDINGS: Words = Words::new(&[
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "passwort",
        "masterauth",
        "rootpw",
        "bindpw",
        "securestring",
    ]);
    let previous_is = |word: &[u8]| previous.is_some_and(|previous| previous.is(word));
    roles & PASSWORD != 0
        || ENDINGS.end(last.letters)
        || roles & AFTER_PASS != 0 && previous_is(b"pass")
        || last.is(b"string") && previous_is(b"secure")
        || last.is(b"pw") && previous.is_some()
        || last.ends_with(b"pass") && roles & NO_PASSWORD == 0
}

fn is_token(last: Segment<'_>, roles: Roles, previous: Option<Segment<'_>>) -> bool {
    if roles & TOKEN != 0 {
        return true;
    }
    let ending = b"token";
    if !last.ends_with(ending) {
        return false;
    }
    let harmless = |roles: Roles| roles & NO_CREDENTIAL != 0;
    if last.is(ending) {
        !previous.is_some_and(|previous| harmless(previous.roles()))
    } else {
        !harmless(last.roles_without(ending.len()))
    }
}

fn is_sure_key(last: Segment<'_>, previous: Option<Segment<'_>>, name: &[u8]) -> bool {
    /// What a key's name ends with where it is glued to what the key is for.
    static GLUED: Words = Words::new(&[
        "apikey",
        "secretkey",
        "accesskey",
        "privatekey",
        "authkey",
        "encryptionkey",
        "signingkey",
        "masterkey",
        "licensekey",
        "accountkey",
    ]);
    if !last.ends_with(b"key") {
        return false;
    }
    if !last.is(b"key") {
        // The last capital of `APIkey` belongs to the word before it.
        let lone = last.letters.len() == b"Ikey".len();
        return GLUED.end(if lone { name } else { last.letters });
    }
    previous
        .is_some_and(|previous| previous.ends_with(b"api") || previous.roles() & SECRET_KEY != 0)
}

/// Names that mean a secret only where the value looks like one.
pub(super) fn weak_noun(
    last: Segment<'_>,
    roles: Roles,
    previous: Option<Segment<'_>>,
) -> Option<Noun> {
    /// Keys whose name is glued to what they are for, as `appkey`.
    static GLUED: Words = Words::new(&["appkey", "userkey", "clientkey", "tokenkey", "serverkey"]);
    if last.ends_with(b"key") && !last.is(b"key") {
        return GLUED.have(last.letters).then_some(Noun::Key);
    }
    // The scanner of SonarQube is given its token as a login.
    if last.is(b"login") && previous.is_some_and(|previous| previous.ends_with(b"sonar")) {
        return Some(Noun::Token);
    }
    if is_grant(last, previous) {
        return Some(Noun::Code);
    }
    // `X-JFrog-Art-Api` is a header's name, and `vendor_api` what some call a key.
    if last.is(b"api") {
        return previous.map(|_| Noun::Key);
    }
    if last.is(b"key") {
        return previous.filter(|previous| previous.roles() & PUBLIC_KEY == 0).map(|_| Noun::Key);
    }
    if roles & PROOF != 0 {
        return Some(Noun::Authorization);
    }
    if last.is(b"session") {
        return previous.map(|_| Noun::Session);
    }
    let saml = previous.is_some_and(|previous| previous.is(b"saml"));
    if saml && (last.is(b"response") || last.letters.eq_ignore_ascii_case(b"assertion")) {
        return Some(Noun::Token);
    }
    if last.is(b"pat") {
        return previous.map(|_| Noun::Token);
    }
    (roles & SIGNATURE != 0).then_some(Noun::Signature)
}

/// What a client trades for a token: `authorization_code`, `device_code`, `code_verifier`.
fn is_grant(last: Segment<'_>, previous: Option<Segment<'_>>) -> bool {
    static GRANTS: Words = Words::new(&["authorization", "auth", "oauth", "device"]);
    previous.is_some_and(|previous| {
        last.is(b"code") && GRANTS.have(previous.letters)
            || last.letters.eq_ignore_ascii_case(b"verifier") && previous.is(b"code")
    })
}
