//! What becomes of a text by the class of its field.
//!
//! In: text, class, and the rules of the vocabulary it was declared in. Out:
//! the text itself where nothing has to go, else a new one. Only text comes
//! here: numbers and truth values never do.

mod key;
mod policy;
mod rules;

use std::borrow::Cow;

use narration_redact::PiiMode;
use narration_taxonomy::Class;

pub use policy::Policy;
pub(crate) use rules::Rules;

/// What a secret becomes.
pub(crate) const SECRET: &str = "[redacted:secret]";

/// What personal data becomes.
const PII: &str = "[redacted:pii]";

/// The longest text that passes for an identifier, in bytes.
const LONGEST_ID: usize = 256;

impl Rules {
    /// What a text of this class becomes. `words` are those of an enum.
    #[inline]
    pub(crate) fn by_class<'t>(&self, text: &'t str, class: Class, words: &[&str]) -> Cow<'t, str> {
        match class {
            // An enum's value that is none of its words was declared by nobody.
            Class::Public if words.is_empty() || words.contains(&text) => Cow::Borrowed(text),
            Class::Id if is_id(text) => Cow::Borrowed(text),
            Class::Public | Class::Id | Class::Path | Class::Text => self.redactor.redact(text),
            Class::Url => self.redactor.redact_url(text),
            Class::Pii => self.pii(text),
            Class::Secret => Cow::Borrowed(SECRET),
            Class::Content => Cow::Owned(self.content(text)),
        }
    }

    /// What a text of another crate becomes in a field of that name.
    pub(crate) fn by_name<'t>(&self, name: &str, text: &'t str) -> Cow<'t, str> {
        self.redactor.redact_named(name, text)
    }

    /// Declared personal data, of whatever kind.
    fn pii(&self, text: &str) -> Cow<'static, str> {
        match (self.mode, &self.key) {
            (PiiMode::Hash, Some(key)) => Cow::Owned(format!(
                "[pii:{}]",
                narration_redact::fingerprint(key, "pii", text.as_bytes())
            )),
            (PiiMode::Partial, _) => Cow::Owned(partial(text)),
            _ => Cow::Borrowed(PII),
        }
    }

    /// Length and fingerprint: equal contents can be told, nothing can be guessed without the key.
    fn content(&self, text: &str) -> String {
        let key = self.key.as_ref().unwrap_or_else(|| key::of_process());
        let fingerprint = narration_redact::fingerprint(key, "content", text.as_bytes());
        format!("[content:{} bytes:{fingerprint}]", text.len())
    }
}

/// The first letter of each word: enough to tell two people apart who stand next to each other.
fn partial(text: &str) -> String {
    let initials = text.split_whitespace().filter_map(|word| word.chars().next());
    let initials: Vec<String> = initials.take(3).map(|letter| format!("{letter}***")).collect();
    if initials.is_empty() { PII.to_owned() } else { initials.join(" ") }
}

/// Whether a text looks like an identifier: letters, digits and what joins
/// them, without blanks or control characters.
#[inline]
pub(crate) fn is_id(text: &str) -> bool {
    // All bytes are looked at, for identifiers are short and nearly always are what they should be.
    (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().fold(true, |id, byte| id & ID_BYTES[usize::from(byte)])
}

/// A table, because every identifier of every narration is held against it.
static ID_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = is_id_byte(byte);
        byte += 1;
    }
    table
};

const fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/' | b'@' | b'+' | b'#' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn becomes(class: Class, text: &str) -> String {
        Rules::standard().by_class(text, class, &[]).into_owned()
    }

    #[test]
    fn an_id_stays_as_it_is_and_what_is_none_is_text() {
        for id in [
            "req-xyz",
            "0199d183-a808-7a81-8d9c-ce0de2d25f49",
            "sha256:9f86d081",
            "org/repo@main",
            // It is declared to be an id, so nothing is looked for in it.
            "token:4f9d27c1b8e35a60aa17",
        ] {
            assert_eq!(becomes(Class::Id, id), id);
        }
        assert_eq!(becomes(Class::Id, "password=hunter2hunter2"), "password=[redacted:password]");
        assert_eq!(
            becomes(Class::Id, "my password: hunter2hunter2"),
            "my password: [redacted:password]"
        );
    }

    #[test]
    fn sensitive_classes_show_nothing_of_the_value() {
        assert_eq!(becomes(Class::Secret, "anything"), SECRET);
        assert_eq!(becomes(Class::Pii, "Ada Lovelace"), PII);
        let content = becomes(Class::Content, "a story");
        assert!(
            content.starts_with("[content:7 bytes:") && !content.contains("story"),
            "{content}"
        );
        assert_eq!(content, becomes(Class::Content, "a story"));
        assert_ne!(content, becomes(Class::Content, "a glory"));
    }

    #[test]
    fn a_url_loses_more_than_a_text_would() {
        let url = "https://track.example/7781?key=2&page=2";
        let masked = "https://track.example/7781?key=[redacted:key]&page=2";
        assert_eq!(becomes(Class::Url, url), masked);
        assert_eq!(becomes(Class::Text, url), url);
    }

    /// Lines of several releases lie beside each other, and equal values have to meet.
    #[test]
    fn a_fingerprint_is_the_same_in_every_release() {
        let rules = Rules {
            redactor: narration_redact::Redactor::new(),
            mode: PiiMode::Hash,
            key: narration_redact::Key::from_bytes(&[7; 32]).ok(),
        };
        assert_eq!(
            rules.by_class("Ada Lovelace", Class::Pii, &[]),
            "[pii:8fff0104f646c8ddaa2cea7d]"
        );
        assert_eq!(
            rules.by_class("Dear Ada", Class::Content, &[]),
            "[content:8 bytes:9efc98e7090f2738b0140dfd]"
        );
    }

    #[test]
    fn a_value_that_is_no_word_of_its_enum_is_text() {
        let rules = Rules::standard();
        assert_eq!(rules.by_class("GPU0", Class::Public, &["GPU0"]), "GPU0");
        let other = rules.by_class("password=hunter2hunter2", Class::Public, &["GPU0"]);
        assert_eq!(other, "password=[redacted:password]");
    }

    #[test]
    fn a_mode_says_what_personal_data_becomes() {
        let rules = |mode| Rules {
            redactor: narration_redact::Redactor::new(),
            mode,
            key: narration_redact::Key::from_bytes(&[7; 32]).ok(),
        };
        let pii = |mode, text: &str| rules(mode).by_class(text, Class::Pii, &[]).into_owned();
        assert_eq!(pii(PiiMode::Mask, "Ada Lovelace"), PII);
        assert_eq!(pii(PiiMode::Partial, "Ada Lovelace"), "A*** L***");
        let hash = pii(PiiMode::Hash, "Ada Lovelace");
        assert!(hash.starts_with("[pii:") && !hash.contains("Ada"), "{hash}");
        assert_eq!(hash, pii(PiiMode::Hash, "Ada Lovelace"));
        assert_ne!(hash, pii(PiiMode::Hash, "Ada Byron"));
        // The same text in a field of content is another fingerprint: nothing leads from one to
        // the other.
        let content = rules(PiiMode::Hash).by_class("Ada Lovelace", Class::Content, &[]);
        let of = |text: &str| text.trim_end_matches(']').rsplit(':').next().map(str::to_owned);
        assert_ne!(of(&hash), of(&content));
        // Without a key there is nothing to hash with, and the value is masked.
        let keyless = Rules { key: None, ..rules(PiiMode::Hash) };
        assert_eq!(keyless.by_class("Ada Lovelace", Class::Pii, &[]), PII);
    }

    #[test]
    fn an_id_has_its_longest() {
        let id = "a".repeat(LONGEST_ID);
        assert!(is_id(&id) && !is_id(&(id + "a")) && !is_id(""));
    }

    #[test]
    fn partial_keeps_initials() {
        assert_eq!(partial("Ada Lovelace"), "A*** L***");
        assert_eq!(partial("  "), PII);
    }
}
