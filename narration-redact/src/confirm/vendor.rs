//! A bare `key` behind the name of whose it is: where the two stand goes in, what they say together
//! comes out.

use super::{prose, shapes};
use crate::{
    bytes::{self, WORD, at, between, from},
    names::{self, Name, Noun, Trust},
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
    let joined = matches!(at(text, sign), b'=' | b':');
    let sign_end = sign + usize::from(joined);
    let open =
        from(text, sign_end).iter().take(3).take_while(|byte| b" \"'".contains(byte)).count();
    let value = sign_end + open;
    let value = between(text, value, bytes::run_end(text, value, WORD));
    if shapes::is_product_key(value) {
        return Some(Name { noun: Noun::Key, trust: Trust::Sure, compound: true });
    }
    if !joined {
        return None;
    }
    let word = between(text, first, start - 1);
    let plain = !prose::is_function_word(word) && shapes::is_keylike(value);
    let name = names::classify(between(text, first, end))?;
    (plain || PARTS.have(word)).then_some(Name { trust: Trust::Opaque, ..name })
}
