//! The text of a file, and where in it a byte stands.
//!
//! In: the text and its number among the files. Out: [`Place`]s, in the time
//! of a few hundred bytes even where a file is one line of ten megabytes.

use crate::model::Place;

/// Characters are counted ahead at every so many bytes.
const STRIDE: usize = 1024;

/// The text of one file.
pub(crate) struct Source {
    pub(crate) file: usize,
    pub(crate) text: String,
    /// Where each line starts, in bytes.
    lines: Vec<usize>,
    /// Characters before every [`STRIDE`]th byte.
    marks: Vec<usize>,
}

impl Source {
    /// Takes a text without its byte order mark, which is no character of it.
    pub(crate) fn new(file: usize, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(starts.map(|(at, _)| at + 1)).collect();
        let marks = text
            .as_bytes()
            .chunks(STRIDE)
            .scan(0, |before, chunk| {
                let mark = *before;
                *before += characters(chunk);
                Some(mark)
            })
            .collect();
        Self { file, text, lines, marks }
    }

    /// The place of a byte; one past the end is the end.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        Place { file: self.file, line, column }
    }

    /// Where the value of the string at `string` begins, in bytes, if it stands
    /// in the file to the letter; a string with escapes does not.
    pub(crate) fn value_start(&self, string: Place, value: &str) -> Option<usize> {
        const OPENINGS: [&str; 8] =
            ["\"", "'", "\"\"\"", "'''", "\"\"\"\n", "'''\n", "\"\"\"\r\n", "'''\r\n"];
        let at = self.offset(string)?;
        let written = self.text.get(at..)?;
        let opening = OPENINGS.iter().find(|opening| {
            written.strip_prefix(**opening).is_some_and(|inside| inside.starts_with(value))
        })?;
        Some(at + opening.len())
    }

    fn offset(&self, place: Place) -> Option<usize> {
        let start = *self.lines.get(place.line.checked_sub(1)?)?;
        let before = self.characters_before(start) + place.column.checked_sub(1)?;
        let stride = self.marks.partition_point(|mark| *mark <= before).checked_sub(1)?;
        let from = stride * STRIDE;
        let missing = before - self.marks.get(stride)?;
        let bytes = self.text.as_bytes().get(from..)?;
        let begins = bytes.iter().enumerate().filter(|(_, byte)| begins_character(**byte));
        begins.map(|(at, _)| from + at).nth(missing)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = (offset / STRIDE).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(stride).copied().unwrap_or(0);
        mark + characters(self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or(&[]))
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins_character(**byte)).count()
}

/// In UTF-8 every byte but a continuation begins a character.
const fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: usize, column: usize) -> Place {
        Place { file: 0, line, column }
    }

    #[test]
    fn columns_count_characters_and_a_byte_order_mark_is_none() {
        let source = Source::new(0, "\u{feff}é = 1\r\nb = 'ü x'\n");
        assert_eq!(source.place(0), at(1, 1));
        assert_eq!(source.place(3), at(1, 3));
        assert_eq!(source.place(source.text.find('x').unwrap()), at(2, 8));
        assert_eq!(source.place(usize::MAX), at(3, 1));
    }

    #[test]
    fn a_value_is_found_behind_any_opening() {
        for (text, start) in [
            ("h = \"a {b}\"", 5),
            ("h = 'a {b}'", 5),
            ("h = \"\"\"a {b}\"\"\"", 7),
            ("h = '''\na {b}'''", 8),
        ] {
            assert_eq!(Source::new(0, text).value_start(at(1, 5), "a {b}"), Some(start), "{text}");
        }
        let escaped = Source::new(0, "h = \"\\u0061 {b}\"");
        assert_eq!(escaped.value_start(at(1, 5), "a {b}"), None);
    }

    proptest! {
        #[test]
        fn places_are_those_of_a_plain_count(text in "[aé\r\n]{0,40}", pad in 0..1100_usize) {
            let text = "ü".repeat(pad) + &text;
            let source = Source::new(0, &text);
            for (offset, _) in text.char_indices() {
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                prop_assert_eq!(source.place(offset), at(line, column));
                prop_assert_eq!(source.offset(at(line, column)), Some(offset));
            }
        }
    }
}
