//! Lists of words: a text goes in, whether a list has it, or its end, comes out at a glance.

use crate::bytes;

/// Words in lower case, each shorter than [`LONGEST`], that are compared without regard to case.
pub(crate) struct Words {
    words: &'static [&'static str],
    /// By the five lowest bits of the first byte: the lengths of the words that start so, as bits.
    lengths: [u32; 32],
    /// The five lowest bits of the last bytes, as bits.
    lasts: u32,
}

/// The bits of a length.
const LONGEST: usize = 32;

/// The bits in which the cases of a letter are the same.
const fn fold(byte: u8) -> usize {
    (byte % 32) as usize
}

impl Words {
    /// A list of words, of which none is empty.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let (mut lengths, mut lasts, mut index) = ([0; 32], 0, 0);
        while index < words.len() {
            let word = words[index].as_bytes();
            lengths[fold(word[0])] |= 1 << word.len();
            lasts |= 1 << fold(word[word.len() - 1]);
            index += 1;
        }
        Self { words, lengths, lasts }
    }

    /// Whether a text is one of the words.
    #[inline]
    pub(crate) fn have(&self, text: &[u8]) -> bool {
        let Some(&first) = text.first() else { return false };
        text.len() < LONGEST
            && self.lengths[fold(first)] >> text.len() & 1 != 0
            && self.words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether a text ends with one of the words.
    #[inline]
    pub(crate) fn end(&self, text: &[u8]) -> bool {
        let Some(&last) = text.last() else { return false };
        self.lasts >> fold(last) & 1 != 0
            && self.words.iter().any(|word| bytes::ends_with_fold(text, word.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_words_in_any_case_and_no_others() {
        static WORDS: Words = Words::new(&["none", "()", "n/a", "nothing"]);
        for text in ["none", "NONE", "()", "N/a", "nothing"] {
            assert!(WORDS.have(text.as_bytes()), "{text}");
        }
        for text in ["", "non", "nones", "nope", ")(", "nothinG2"] {
            assert!(!WORDS.have(text.as_bytes()), "{text}");
        }
        assert!(WORDS.end(b"all or Nothing") && !WORDS.end(b"something") && !WORDS.end(b""));
    }
}
