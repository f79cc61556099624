//! JSON as text: in go data, out comes JSON that neither drives a terminal nor ends the block of a
//! page it stands in.
//!
//! JSON itself asks only for the first control characters to be escaped. DEL, those of the second
//! row (C1) and the marks that turn the direction of writing are escaped here as well: whoever
//! reads the JSON gets them back, a terminal never sees them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::render::hidden;

/// Indented JSON.
pub(crate) fn pretty(data: &impl Serialize) -> String {
    // Our own types have string keys alone, and memory takes whatever is written to it.
    let mut text = Vec::new();
    let _ = write_pretty(&mut text, data);
    String::from_utf8_lossy(&text).into_owned()
}

/// Indented JSON, written as it is made.
pub(crate) fn write_pretty(out: impl Write, data: &impl Serialize) -> io::Result<()> {
    write(out, data, Plain { inner: PrettyFormatter::new(), markup: false })
}

/// JSON in one line.
pub(crate) fn write_line(out: impl Write, data: &impl Serialize) -> io::Result<()> {
    write(out, data, Plain { inner: CompactFormatter, markup: false })
}

/// JSON for a block of a page, which none of its strings can end.
pub(crate) fn write_inert(out: impl Write, data: &impl Serialize) -> io::Result<()> {
    write(out, data, Plain { inner: CompactFormatter, markup: true })
}

fn write<F: Formatter>(out: impl Write, data: &impl Serialize, plain: Plain<F>) -> io::Result<()> {
    data.serialize(&mut Serializer::with_formatter(out, plain)).map_err(io::Error::from)
}

/// Writes as another formatter does, but for the characters that are escaped besides.
struct Plain<F> {
    inner: F,
    /// Whether what a browser would take for markup is escaped, too.
    markup: bool,
}

impl<F> Plain<F> {
    fn escapes(&self, c: char) -> bool {
        hidden(c) || self.markup && matches!(c, '<' | '>' | '&')
    }

    fn may_escape(&self, byte: u8) -> bool {
        byte >= 0x7F || self.markup && matches!(byte, b'<' | b'>' | b'&')
    }
}

/// What is left to the other formatter.
macro_rules! as_inner {
    ($($name:ident($($first:ident)?);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $first: bool)?) -> io::Result<()> {
            self.inner.$name(out $(, $first)?)
        }
    )*};
}

impl<F: Formatter> Formatter for Plain<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if !fragment.bytes().any(|byte| self.may_escape(byte)) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| self.escapes(*c)) {
            out.write_all(fragment.get(written..at).unwrap_or_default().as_bytes())?;
            // All of them are in the first plane, where an escape is one unit.
            write!(out, "\\u{:04x}", u32::from(c))?;
            written = at + c.len_utf8();
        }
        out.write_all(fragment.get(written..).unwrap_or_default().as_bytes())
    }

    as_inner! {
        begin_array();
        end_array();
        begin_array_value(first);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_drives_a_terminal_is_left_and_nothing_is_lost() {
        let said = "a\u{7f}b\u{9b}31mc\u{202e}größe 引擎\u{1b}[0m";
        let text = pretty(&[said]);
        assert!(text.contains(r"a\u007fb\u009b31mc\u202egröße 引擎\u001b[0m"), "{text}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), [said]);
    }

    #[test]
    fn a_block_of_a_page_is_not_ended_by_what_it_says() {
        let said = ["</script><!--", "a&b\u{2028}"];
        let mut text = Vec::new();
        write_inert(&mut text, &said).unwrap();
        assert!(!text.iter().any(|byte| matches!(byte, b'<' | b'>' | b'&')));
        assert_eq!(serde_json::from_slice::<Vec<String>>(&text).unwrap(), said);
    }
}
