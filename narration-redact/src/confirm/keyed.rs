//! Named values: a piece of a name goes in, the secret that the name announces comes out.
//!
//! This is the one place that decides whether `name` joined to `value` is a secret: the name says
//! how far to trust it, the joint how likely it is meant, the value whether it can be one.

use super::{
    Memory, command, cookie,
    joint::{self, Close, Joint, Kind},
    placeholder, scheme, shapes, token,
    value::{self, Surroundings},
};
use crate::{
    bytes::{self, ALNUM, COLON, NAME, UPPER, at, before, between, from},
    names::{self, Name, Noun, Trust},
    scan::Found,
    words::Words,
};

/// A value longer than this is never taken for something harmless.
const MAX_HARMLESS: usize = 256;
/// How far back a name is looked for from the piece of it that was found.
pub(crate) const MAX_LOOK_BACK: usize = 96;

/// The value that belongs to the name around a place.
pub(crate) fn name(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    if start < memory.name_end {
        return None;
    }
    let name_end = bytes::run_end(text, start, NAME);
    let run_start = bytes::run_start(text, start, MAX_LOOK_BACK, NAME).max(memory.done);
    memory.name_end = name_end;
    let name_start = skip_escapes(text, run_start, start);
    if between(text, name_start.saturating_sub(10), name_start) == b"[redacted:" {
        return None;
    }
    let flag = at(text, name_start) == b'-' && !bytes::is(before(text, name_start), ALNUM);
    // Most names in prose are joined to nothing, and that is quicker to see than what they mean.
    let spoken = command::spoken(text, name_start, name_end);
    let tag = !flag && opens_tag(text, name_start);
    let joint = match spoken {
        Some((joint, _)) => joint,
        None if tag => joint::element(text, name_end)?,
        None => joint::join(text, name_end, flag)?,
    };
    let name = match spoken {
        Some((_, noun)) => Name { noun, trust: Trust::Sure, compound: true },
        None => named(text, name_start, name_end)?,
    };
    let around = Surroundings {
        query: matches!(before(text, name_start), b'?' | b'&' | b'#')
            || bytes::escape_ends(text, name_start) && joint.percent,
        percent: joint.percent,
    };
    judge(text, name_start, name_end, name, joint, around)
}

/// Whether a name stands at the start of an element's tag, also behind a prefix: `<name`, `<s:name`.
fn opens_tag(text: &[u8], start: usize) -> bool {
    match before(text, start) {
        b'<' => true,
        b':' => before(text, bytes::run_start(text, start - 1, 32, ALNUM)) == b'<',
        _ => false,
    }
}

/// What the name says, or what two words say together: `API KEY`.
fn named(text: &[u8], start: usize, end: usize) -> Option<Name> {
    let letters = between(text, start, end);
    if let Some(name) = names::classify(letters) {
        return Some(name);
    }
    if !letters.eq_ignore_ascii_case(b"key") || before(text, start) != b' ' {
        return None;
    }
    let first = bytes::run_start(text, start - 1, 16, ALNUM);
    if letters == b"KEY" && joins_by_blank(text, end) {
        return Some(Name { noun: Noun::Key, trust: Trust::Opaque, compound: true });
    }
    static KINDS: Words = Words::new(&[
        "api",
        "access",
        "secret",
        "private",
        "auth",
        "encryption",
        "signing",
        "master",
        "license",
    ]);
    let before_it = between(text, first, start - 1);
    KINDS.have(before_it).then_some(Name { noun: Noun::Key, trust: Trust::Sure, compound: true })
}

/// `vendor KEY value`: a blank and no operator behind the name.
fn joins_by_blank(text: &[u8], end: usize) -> bool {
    at(text, end) == b' ' && bytes::is(at(text, end + 1), ALNUM)
}

/// The letters of an escape before a name are no part of it: `%3Ftoken`, `\ntoken`, `\u0026token`.
fn skip_escapes(text: &[u8], run_start: usize, upto: usize) -> usize {
    if before(text, run_start) == b'\\' && at(text, run_start) == b'u' && run_start + 5 <= upto {
        return run_start + 5;
    }
    // What opens an escape is no part of a name, so it can only stand right before one.
    if !matches!(before(text, run_start), b'%' | b'\\' | b'[' | b';') {
        return run_start;
    }
    let limit = upto.min(run_start + 12);
    (run_start + 1..=limit)
        .rev()
        .find(|&place| bytes::escape_ends(text, place))
        .unwrap_or(run_start)
}

fn judge(
    text: &[u8],
    start: usize,
    end: usize,
    name: Name,
    joint: Joint,
    around: Surroundings,
) -> Option<Found> {
    let joined = matches!(joint.kind, Kind::Equals | Kind::Colon | Kind::Comma | Kind::Element);
    if name.noun == Noun::Cookie && joined {
        return cookie::pairs(text, between(text, start, end), joint, around);
    }
    if name.noun == Noun::Authorization && joined && name.trust == Trust::Sure {
        return scheme::credentials(text, joint, around);
    }
    let behind = from(text, joint.value);
    // Of backslashes, any number may be part of a value or of what opens it.
    let bare = from(behind, behind.iter().take_while(|&&byte| byte == b'\\').count());
    if placeholder::is_marker(bare) {
        return None;
    }
    let value_end = value::end(text, joint.value, joint.close, around);
    let value = between(text, joint.value, value_end);
    if value.is_empty() || (joint.folded && value.ends_with(b":")) {
        return None;
    }
    let scheme = ["bearer ", "basic ", "token "]
        .iter()
        .any(|word| bytes::starts_with_fold(behind, word.as_bytes()));
    if scheme && joined {
        return scheme::credentials(text, joint, around);
    }
    let signed = around.query && name.noun == Noun::Signature && value.len() >= 8;
    let secret = joined
        && (value.len() > MAX_HARMLESS || signed && !placeholder::is_placeholder(value))
        || is_secret(text, start, end, name, joint, value, value_end);
    secret.then(|| Found {
        start: joint.value,
        end: value_end,
        rule: token::rule_of(text, joint.value, value_end).unwrap_or(rule(name.noun)),
    })
}

pub(crate) const fn rule(noun: Noun) -> &'static str {
    match noun {
        Noun::Password => "password",
        Noun::Secret => "secret",
        Noun::Token => "token",
        Noun::Key => "key",
        Noun::Authorization => "auth",
        Noun::Cookie => "cookie",
        Noun::Credential => "credential",
        Noun::Session => "session",
        Noun::Signature => "signature",
    }
}

/// Whether the value of a name is a secret.
fn is_secret(
    text: &[u8],
    start: usize,
    end: usize,
    name: Name,
    joint: Joint,
    value: &[u8],
    value_end: usize,
) -> bool {
    let password = name.noun == Noun::Password;
    if placeholder::is_placeholder(value) || shapes::is_path_or_url(value) || is_code(value) {
        return false;
    }
    if shapes::is_number(value)
        && (!password
            || value.len() < 4
            || joint.kind == Kind::Colon && prose_follows(text, value_end))
    {
        return false;
    }
    if names_itself(text, start, end, value) || names_a_resource(text, start) {
        return false;
    }
    if name.trust == Trust::Opaque {
        return match joint.kind {
            Kind::Blank => is_shouted(text, start, end, value),
            Kind::Says => false,
            _ => shapes::is_opaque(value) || shapes::is_scrambled(value),
        };
    }
    let quoted = joint.close != Close::Bare;
    if between(text, start, end) == b"PASS" && !quoted && !is_mixed(value, 4) {
        // What a run of tests says of each of them.
        return false;
    }
    match joint.kind {
        Kind::Equals | Kind::Element => by_equals(name, value, quoted),
        Kind::Colon => by_colon(text, start, name, value, value_end, quoted),
        Kind::Comma => {
            at(text, start) == b'-' && value.len() >= 3
                || (!shapes::is_word(value) && is_mixed(value, 8))
        }
        Kind::Flag => value.len() >= 3 && !value.starts_with(b"-") && !is_function_word(value),
        Kind::Call => password && quoted && is_mixed(value, 6),
        Kind::Says if quoted => password && value.len() >= 3 || is_mixed(value, 8),
        Kind::Says => password && is_mixed(value, 6) && !names_a_method(value),
        Kind::Blank if quoted => password && !shapes::is_word(value) || is_mixed(value, 8),
        Kind::Blank => is_shouted(text, start, end, value),
    }
}

/// `self.password = password`: a field is given the variable of its own name.
fn names_itself(text: &[u8], start: usize, end: usize, value: &[u8]) -> bool {
    let name = between(text, start, end);
    name.iter().rposition(|&byte| byte == b'.').is_some_and(|dot| from(name, dot + 1) == value)
}

/// `arn:aws:secretsmanager:…:secret:name`: the colons join the parts of a resource's name.
fn names_a_resource(text: &[u8], start: usize) -> bool {
    before(text, start) == b':'
        && between(text, bytes::run_start(text, start, MAX_LOOK_BACK, NAME | COLON), start)
            .starts_with(b"arn:")
}

fn by_equals(name: Name, value: &[u8], quoted: bool) -> bool {
    match name.noun {
        Noun::Password => !(value.starts_with(b"/") && name.compound),
        // `token=identifier` is what a parser says.
        Noun::Token if !name.compound && !quoted => value.len() >= 4 && !shapes::is_word(value),
        Noun::Session | Noun::Credential => is_mixed(value, 8),
        _ => value.len() >= 4,
    }
}

fn by_colon(
    text: &[u8],
    start: usize,
    name: Name,
    value: &[u8],
    value_end: usize,
    quoted: bool,
) -> bool {
    let glued = before(text, value_end - value.len()) == b':';
    let word = shapes::is_word(value);
    if quoted || glued {
        return if name.noun == Noun::Password {
            value.len() >= 3
        } else {
            value.len() >= 4 && (!word || name.compound && quoted)
        };
    }
    if word {
        // `db_password: blooberry` at the end of a line is a setting; in a sentence it is prose.
        return (name.noun == Noun::Password || name.compound)
            && value.len() >= 4
            && !prose_follows(text, value_end)
            && !prose_precedes(text, start);
    }
    if name.noun == Noun::Password || name.compound {
        return value.len() >= 3;
    }
    is_mixed(value, 8) || value.len() >= 16
}

/// Letters and digits, or letters and signs, at least so long.
fn is_mixed(value: &[u8], least: usize) -> bool {
    let any = |test: fn(&u8) -> bool| value.iter().any(test);
    value.len() >= least
        && any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
        && any(|byte| {
            byte.is_ascii_digit()
                || matches!(
                    byte,
                    b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b'=' | b'@' | b'^' | b'~'
                )
        })
        && !value.contains(&b' ')
}

/// `is sha256 hashed` says how, not what.
fn names_a_method(value: &[u8]) -> bool {
    [
        "sha", "md5", "base64", "bcrypt", "argon2", "utf", "pbkdf2", "ed25519", "x509", "oauth2",
        "http",
    ]
    .iter()
    .any(|method| bytes::starts_with_fold(value, method.as_bytes()))
}

/// `SECRET 8gNfR3…`: a name in capitals, or made of several words, right before an opaque value.
fn is_shouted(text: &[u8], start: usize, end: usize, value: &[u8]) -> bool {
    let name = between(text, start, end);
    let last = name.rsplit(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    let shouted = !last.is_empty()
        && last.iter().all(|&byte| bytes::is(byte, UPPER) || byte.is_ascii_digit());
    let cased =
        value.iter().any(u8::is_ascii_uppercase) && value.iter().any(u8::is_ascii_lowercase);
    (shouted || cased) && !value.contains(&b'[') && value.len() >= 16 && shapes::is_opaque(value)
}

/// Words that follow a flag's name in a sentence about it.
fn is_function_word(value: &[u8]) -> bool {
    static WORDS: Words = Words::new(&[
        "to", "is", "and", "or", "for", "with", "from", "flag", "option", "must", "was", "not",
        "argument", "value", "in", "if", "when", "requires", "needs", "has", "can", "should",
        "are", "on", "as", "given", "missing", "the", "instead", "of",
    ]);
    WORDS.have(value)
}

fn prose_follows(text: &[u8], end: usize) -> bool {
    let word = bytes::skip_blanks(text, end);
    let word_end = word
        + from(text, word).iter().take(20).take_while(|byte| byte.is_ascii_lowercase()).count();
    word > end && word_end > word && !matches!(at(text, word_end), b'=' | b':' | b'_' | b'"')
}

fn prose_precedes(text: &[u8], start: usize) -> bool {
    let word_end = start.saturating_sub(1);
    before(text, start) == b' ' && before(text, word_end).is_ascii_lowercase()
}

/// A call or a field in source code: `request.form["password"]`, `get_token()`, `process.env.TOKEN`.
fn is_code(value: &[u8]) -> bool {
    const CALLS: [&str; 12] = [
        "get", "env", "read", "load", "input", "new", "str", "open", "field", "column", "char",
        "option",
    ];
    static ROOTS: Words = Words::new(&[
        "data", "var", "local", "module", "each", "self", "this", "os", "process", "config",
        "settings", "env", "secrets", "steps", "args", "opts", "options", "params", "request",
        "req", "ctx", "props", "values",
    ]);
    let path_end = value
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.' | b':'))
        .count();
    let path = between(value, 0, path_end);
    let dotted =
        path.contains(&b'.') || path.contains(&b'_') || path.windows(2).any(|pair| pair == b"::");
    match at(value, path_end) {
        b'(' | b'[' => {
            path_end > 1
                && (dotted
                    || CALLS.iter().any(|word| bytes::starts_with_fold(path, word.as_bytes())))
        }
        0 => {
            let root = path.iter().position(|&byte| byte == b'.').unwrap_or(0);
            ROOTS.have(between(path, 0, root))
                || path.contains(&b'.')
                    && path
                        .rsplit(|&byte| byte == b'.')
                        .next()
                        .is_some_and(|last| names::classify(last).is_some())
        }
        _ => false,
    }
}
