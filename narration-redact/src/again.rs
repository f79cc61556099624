//! The same secret once more: a text and what was taken out of it go in, the text without it anywhere
//! comes out.
//!
//! What a name gave away may stand elsewhere in the text where nothing announces it.

use crate::{bytes, confirm::shapes, marker, scan::Found};

/// How many secrets of a text are looked for again, so that many of them cost no more than some.
const MAX_TAKEN: usize = 8;
/// How long they are. A shorter one may be a word, and a longer one is a block of its own.
const MIN_LEN: usize = 12;
const MAX_LEN: usize = 512;

/// What was taken out of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    found: [Option<Found>; MAX_TAKEN],
    count: usize,
}

impl Taken {
    /// Notes what is taken out.
    #[inline]
    pub(crate) fn note(&mut self, found: Found) {
        if (MIN_LEN..=MAX_LEN).contains(&(found.end - found.start))
            && let Some(place) = self.found.get_mut(self.count)
        {
            *place = Some(found);
            self.count += 1;
        }
    }

    /// A text without what was taken out of another, wherever it still stands; `None` if it does not.
    pub(crate) fn out_of(&self, clean: &str, text: &str) -> Option<String> {
        let mut out = None;
        for found in self.found.iter().take(self.count).flatten() {
            let value = text.get(found.start..found.end).unwrap_or_default();
            let from = out.as_deref().unwrap_or(clean);
            if holds(from.as_bytes(), value.as_bytes()) && is_random(value) {
                out = Some(replaced(from, value, found.rule));
            }
        }
        out
    }
}

/// A text from which on what it takes to prepare a search is worth it.
const LONG: usize = 1024;

/// Whether a text holds a value.
fn holds(text: &[u8], value: &[u8]) -> bool {
    if text.len() >= LONG {
        return is_long_and_holds(text, value);
    }
    // Digits and capitals are rarer in a text than small letters.
    let rare = |byte: &u8| !byte.is_ascii_lowercase();
    let sign = value.iter().position(rare).unwrap_or(0);
    memchr::memchr_iter(bytes::at(value, sign), text).any(|place| {
        place.checked_sub(sign).is_some_and(|start| bytes::from(text, start).starts_with(value))
    })
}

#[inline(never)]
fn is_long_and_holds(text: &[u8], value: &[u8]) -> bool {
    memchr::memmem::find(text, value).is_some()
}

/// Whether a value is none that anybody would write for another reason.
fn is_random(value: &str) -> bool {
    let value = value.as_bytes();
    shapes::is_opaque(value) || shapes::is_scrambled(value)
}

#[cold]
fn replaced(text: &str, value: &str, rule: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(value);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        marker::push(&mut out, rule);
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::redact;

    #[test]
    fn a_secret_goes_wherever_it_stands() {
        for (text, clean) in [
            (
                "token=8gNfR3bC7mJ6p9eK4t8wQ2 (sent 8gNfR3bC7mJ6p9eK4t8wQ2 twice)",
                "token=[redacted:token] (sent [redacted:token] twice)",
            ),
            (
                "using 4f9d27c1b8e35a60aa17; api_key=4f9d27c1b8e35a60aa17",
                "using [redacted:key]; api_key=[redacted:key]",
            ),
            (
                "https://a.example/?token=Xk29vbQz71pLm4&n=1 -> /Xk29vbQz71pLm4/list",
                "https://a.example/?token=[redacted:token]&n=1 -> /[redacted:token]/list",
            ),
        ] {
            assert_eq!(redact(text), clean);
        }
    }

    #[test]
    fn a_word_and_an_identifier_stay_though_a_secret_is_the_same() {
        for (text, clean) in [
            (
                "user=orchestrator password=orchestrator host=orchestrator",
                "user=orchestrator password=[redacted:password] host=orchestrator",
            ),
            (
                "x-api-key: 5689c00a-ec72-49ab-9f8c-639949e0fe1e request 5689c00a-ec72-49ab-9f8c-639949e0fe1e",
                "x-api-key: [redacted:key] request 5689c00a-ec72-49ab-9f8c-639949e0fe1e",
            ),
        ] {
            assert_eq!(redact(text), clean);
        }
    }
}
