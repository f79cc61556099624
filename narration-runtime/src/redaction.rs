//! What becomes of a text by the class of its field.
//!
//! In: text and class. Out: the text itself where nothing has to go, else a
//! new one. Only text comes here: numbers and truth values never do.

use std::borrow::Cow;
use std::sync::OnceLock;

use narration_redact::Key;
use narration_taxonomy::Class;

/// What a secret becomes.
pub(crate) const SECRET: &str = "[redacted:secret]";

/// What personal data becomes.
const PII: &str = "[redacted:pii]";

/// The longest text that passes for an identifier, in bytes.
const LONGEST_ID: usize = 256;

/// What a text of this class becomes. `words` are those of an enum.
pub(crate) fn by_class<'t>(text: &'t str, class: Class, words: &[&str]) -> Cow<'t, str> {
    match class {
        // An enum's value that is none of its words was declared by nobody.
        Class::Public if words.is_empty() || words.contains(&text) => Cow::Borrowed(text),
        Class::Id if is_id(text) => Cow::Borrowed(text),
        Class::Public | Class::Id | Class::Path | Class::Text => narration_redact::redact(text),
        Class::Url => narration_redact::redact_url(text),
        Class::Pii => Cow::Borrowed(PII),
        Class::Secret => Cow::Borrowed(SECRET),
        Class::Content => Cow::Owned(content(text)),
    }
}

/// Whether a text looks like an identifier: letters, digits and what joins
/// them, without blanks or control characters.
fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(is_id_byte)
}

fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/' | b'@' | b'+' | b'#' | b'~')
}

/// Length and fingerprint: equal contents can be told within one process,
/// nothing can be guessed from outside it.
fn content(text: &str) -> String {
    static KEY: OnceLock<Key> = OnceLock::new();
    let key = KEY.get_or_init(Key::random);
    let fingerprint = narration_redact::fingerprint(key, "content", text.as_bytes());
    format!("[content:{} bytes:{fingerprint}]", text.len())
}
