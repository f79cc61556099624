//! Text made harmless: in goes any string, out comes the same text in which nothing can end a
//! line, close a quote or drive a terminal.
//!
//! Hidden characters are the C0 and C1 controls, DEL, the line and paragraph separators, and the
//! marks that reverse reading order. They become `\n`, `\r`, `\t` or `\uXXXX`, which JSON and the
//! common logfmt parsers read alike.

/// Appends `text` for a place between two double quotes.
#[inline]
pub(crate) fn quoted(out: &mut String, text: &str) {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
    } else {
        escape(out, text, Quotes::Escaped);
    }
}

/// Appends `text` for a place without quotes: only hidden characters change.
pub(crate) fn visible(out: &mut String, text: &str) {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
    } else {
        escape(out, text, Quotes::Kept);
    }
}

/// What becomes of `"` and `\`.
#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    Escaped,
    Kept,
}

/// What a byte asks for.
#[derive(Clone, Copy)]
enum Byte {
    Plain,
    Quote,
    Control,
    /// The first byte of a longer character that may be a hidden one.
    Lead,
}

/// What every byte asks for; all hidden characters beyond ASCII begin with one of three bytes.
static BYTES: [Byte; 256] = {
    let mut table = [Byte::Plain; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = Byte::Control;
        control += 1;
    }
    table[0x7F] = Byte::Control;
    table[b'"' as usize] = Byte::Quote;
    table[b'\\' as usize] = Byte::Quote;
    table[0xC2] = Byte::Lead;
    table[0xD8] = Byte::Lead;
    table[0xE2] = Byte::Lead;
    table
};

/// Whether no byte needs a look: printable ASCII without `"` and `\`.
///
/// Sixteen bytes are looked at together; the last ones overlap those before them, so that no text
/// has a slow tail.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<16>() {
        let (blocks, _) = bytes.as_chunks::<16>();
        return blocks.iter().all(is_plain_block) && is_plain_block(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return (marks(*first) | marks(*last)) & HIGH_BITS == 0;
    }
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(&[a, b, c, d]), Some(&[e, f, g, h])) => {
            marks([a, b, c, d, e, f, g, h]) & HIGH_BITS == 0
        }
        _ => bytes.iter().all(|&byte| matches!(BYTES[usize::from(byte)], Byte::Plain)),
    }
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH_BITS: u64 = ONES << 7;

#[inline]
fn is_plain_block(block: &[u8; 16]) -> bool {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *block;
    (marks([a, b, c, d, e, f, g, h]) | marks([i, j, k, l, m, n, o, p])) & HIGH_BITS == 0
}

/// Eight bytes at once: a high bit is set when, and only when, one of them needs a look.
#[inline]
fn marks(bytes: [u8; 8]) -> u64 {
    let word = u64::from_ne_bytes(bytes);
    // Flipping 0x02 brings `"` down to 0x20, beside the controls, and lifts the blank out of it;
    // then whatever is below 0x21 borrows from its high bit.
    let quote_or_control = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    // One more carries DEL into its high bit; all bytes beyond ASCII keep theirs, for 0xFF is in
    // no string.
    let beyond = word.wrapping_add(ONES);
    quote_or_control | backslash | beyond
}

/// Whether a character beyond ASCII is one that a reader cannot see but a terminal or a line
/// splitter obeys.
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9F}'
        | '\u{61C}'
        | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}')
}

/// Copies the runs between the characters that change.
#[cold]
fn escape(out: &mut String, text: &str, quotes: Quotes) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (character, length) = match BYTES[usize::from(byte)] {
            Byte::Plain => (None, 1),
            Byte::Quote => ((quotes == Quotes::Escaped).then_some(char::from(byte)), 1),
            Byte::Control => (Some(char::from(byte)), 1),
            Byte::Lead => {
                let character = text[at..].chars().next().unwrap_or_default();
                (is_hidden(character).then_some(character), character.len_utf8())
            }
        };
        if let Some(character) = character {
            out.push_str(&text[copied..at]);
            push_escape(out, character);
            copied = at + length;
        }
        at += length;
    }
    out.push_str(&text[copied..]);
}

fn push_escape(out: &mut String, character: char) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ => {
            out.push_str("\\u");
            // Every hidden character lies below U+10000: four digits are enough.
            for shift in [12, 8, 4, 0] {
                let digit = (u32::from(character) >> shift) & 0xF;
                out.push(char::from_digit(digit, 16).unwrap_or('0'));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quoted_text(text: &str) -> String {
        let mut out = String::new();
        quoted(&mut out, text);
        out
    }

    fn visible_text(text: &str) -> String {
        let mut out = String::new();
        visible(&mut out, text);
        out
    }

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        for text in ["", "a", "Building llama-server", "grüße, 世界 🚀 — “quoted” …", "x²"]
        {
            assert_eq!(quoted_text(text), text);
            assert_eq!(visible_text(text), text);
        }
    }

    #[test]
    fn every_character_that_drives_a_terminal_or_splits_lines_is_spelled_out() {
        assert_eq!(quoted_text("a\nb\r\tc\0"), "a\\nb\\r\\tc\\u0000");
        assert_eq!(quoted_text("\u{1b}[31mred\u{7f}"), "\\u001b[31mred\\u007f");
        assert_eq!(quoted_text("\u{9b}31m\u{85}"), "\\u009b31m\\u0085");
        assert_eq!(quoted_text("\u{2028}\u{2029}"), "\\u2028\\u2029");
        assert_eq!(quoted_text("\u{202e}evil\u{2066}"), "\\u202eevil\\u2066");
        assert_eq!(quoted_text("\u{200e}\u{200f}\u{61c}"), "\\u200e\\u200f\\u061c");
    }

    #[test]
    fn quotes_change_only_where_they_would_close_something() {
        assert_eq!(quoted_text(r#"say "C:\tmp""#), r#"say \"C:\\tmp\""#);
        assert_eq!(visible_text("say \"C:\\tmp\"\u{1b}"), "say \"C:\\tmp\"\\u001b");
    }

    #[test]
    fn one_bad_character_is_found_at_every_place_of_every_length() {
        let bad = ["\"", "\\", "\0", "\u{1f}", "\u{7f}", "\u{80}", "\u{61c}", "\u{202e}"];
        let spelled =
            [r#"\""#, r"\\", r"\u0000", r"\u001f", r"\u007f", r"\u0080", r"\u061c", r"\u202e"];
        for (bad, spelled) in bad.into_iter().zip(spelled) {
            for length in 0..40 {
                for place in 0..=length {
                    let (before, after) = ("~".repeat(place), "!".repeat(length - place));
                    let text = format!("{before}{bad}{after}");
                    assert_eq!(quoted_text(&text), format!("{before}{spelled}{after}"));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn json_reads_back_what_was_quoted(text in any::<String>()) {
            let line = format!("\"{}\"", quoted_text(&text));
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }

        #[test]
        fn nothing_hidden_survives(text in any::<String>(), hidden in "[\\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{2028}\u{61c}]{1,9}") {
            for out in [quoted_text(&(text.clone() + &hidden)), visible_text(&(hidden + &text))] {
                prop_assert!(!out.chars().any(|c| c.is_control() || is_hidden(c)), "{:?}", out);
            }
        }
    }
}
