//! Source code and the names of resources: what stands at a name goes in, whether it is one of them,
//! and so no secret, comes out.

use super::site::MAX_LOOK_BACK;
use crate::{
    bytes::{self, COLON, NAME, at, before, between, from},
    names,
    words::Words,
};

/// `self.password = password`, `login(password=password)`: a field is given the variable of its own
/// name.
pub(super) fn names_itself(text: &[u8], start: usize, end: usize, value: &[u8]) -> bool {
    let name = between(text, start, end);
    name.strip_suffix(value).is_some_and(|head| match head {
        [] => before(text, start).is_ascii_punctuation(),
        [.., joint] => *joint == b'.' && !value.contains(&b'.'),
    })
}

/// `arn:aws:secretsmanager:…:secret:name`: the colons join the parts of a resource's name.
pub(super) fn names_a_resource(text: &[u8], start: usize) -> bool {
    before(text, start) == b':'
        && between(text, bytes::run_start(text, start, MAX_LOOK_BACK, NAME | COLON), start)
            .starts_with(b"arn:")
}

/// `()`, `(password)`, `(&user, token)`: a call's arguments, none of them a literal.
fn is_applied_to_names(arguments: &[u8]) -> bool {
    let inside =
        arguments.strip_prefix(b"(").and_then(|rest| rest.split(|&byte| byte == b')').next());
    let name = |byte: &u8| byte.is_ascii_alphabetic() || b"_., &".contains(byte);
    inside.is_some_and(|inside| inside.len() + 1 < arguments.len() && inside.iter().all(name))
}

/// `Token(3)`: a handle with its number, as `Debug` shows one.
fn is_numbered(value: &[u8], path_end: usize) -> bool {
    let number = from(value, path_end).strip_prefix(b"(").and_then(|rest| rest.strip_suffix(b")"));
    at(value, 0).is_ascii_uppercase()
        && number.is_some_and(|number| {
            (1..=10).contains(&number.len()) && number.iter().all(u8::is_ascii_digit)
        })
}

/// Whether letters or digits follow a closed bracket, as they do in no code: `foo(bar)9`.
fn goes_on(arguments: &[u8]) -> bool {
    arguments
        .windows(2)
        .any(|pair| matches!(pair, [b')' | b']', next] if next.is_ascii_alphanumeric()))
}

/// A call or a field in source code: `request.form["password"]`, `get_token()`, `process.env.TOKEN`.
pub(super) fn is_code(value: &[u8]) -> bool {
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
                && !goes_on(from(value, path_end))
                && (dotted
                    || is_applied_to_names(from(value, path_end))
                    || is_numbered(value, path_end)
                    || CALLS.iter().any(|word| bytes::starts_with_fold(path, word.as_bytes())))
        }
        0 => {
            let root = path.iter().position(|&byte| byte == b'.').unwrap_or(0);
            ROOTS.have(between(path, 0, root))
                || root > 0 && names::classify(between(path, 0, root)).is_some()
                || path.contains(&b'.')
                    && path
                        .rsplit(|&byte| byte == b'.')
                        .next()
                        .is_some_and(|last| names::classify(last).is_some())
        }
        _ => false,
    }
}
