//! A bare `key` behind the name of whose it is: where the two stand goes in, what they say together
//! comes out.

use super::{prose, shapes};
use crate::{
    bytes::{self, WORD, at, between, from},
    names::{self, Name, Trust},
    words::Words,
};

/// The key of a service or of a part of one: `mistral key: …`, `admin key=…`.
pub(super) fn key(text: &[u8], first: usize, start: usize, end: usize) -> Option<Name> {
    static PARTS: Words = Words::new(&[
        "admin",
        "server",
        "write",
        "ingest",
        "integration",
        "deploy",
        "webhook",
        "service",
        "app",
        "application",
        "client",
        "personal",
        "live",
        "sandbox",
        "root",
        "sdk",
    ]);
    let sign = bytes::skip_blanks(text, end);
    if !matches!(at(text, sign), b'=' | b':') {
        return None;
    }
    let value = sign
        + 1
        + from(text, sign + 1).iter().take(3).take_while(|byte| b" \"'".contains(byte)).count();
    let value = between(text, value, bytes::run_end(text, value, WORD));
    let word = between(text, first, start - 1);
    let plain = !prose::is_function_word(word) && shapes::is_keylike(value);
    let name = names::classify(between(text, first, end))?;
    (plain || PARTS.have(word)).then_some(Name { trust: Trust::Opaque, ..name })
}
