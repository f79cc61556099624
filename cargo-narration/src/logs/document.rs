//! Logs that are one document: in goes a file with an array of objects, or with objects that are
//! broken into lines for people, out comes a nameless file with each of them on a line of its own.
//!
//! Stores export this way: `gcloud logging read --format json`, `aws logs filter-log-events`, and
//! whatever went through `jq`. What `journalctl -o export` prints is of another kind, and told the
//! same way.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write};

use serde::Deserializer as _;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde_json::de::IoRead;
use serde_json::{Deserializer, Value};

use super::blocks::read_full;
use super::export;
use super::spool::Kept;

/// So much of a log is looked at for what it is.
const BEGIN: usize = 4 << 10;

/// Under which names an answer carries its events.
const CARRIED: [&str; 4] = ["events", "entries", "results", "logEvents"];

/// The objects of a document a line each; nothing where a log is none.
pub(super) fn lines(file: &File) -> io::Result<Option<Kept>> {
    let mut begin = vec![0; BEGIN];
    let length = read_full(file, &mut begin, 0)?;
    let begin = begin.get(..length).unwrap_or_default();
    let exported = export::is_one(begin);
    if !exported && !is_one(begin) {
        return Ok(None);
    }
    let mut source = file.try_clone()?;
    source.seek(SeekFrom::Start(0))?;
    let source = BufReader::new(source);
    let mut kept = tempfile::tempfile()?;
    let mut out = BufWriter::new(kept.try_clone()?);
    let result = if exported {
        export::lines(source, &mut out)
    } else {
        let is_array = begin.trim_ascii_start().starts_with(b"[");
        objects(Deserializer::from_reader(source), is_array, &mut out).map_err(io::Error::from)
    };
    out.flush()?;
    let error = result.err();
    let length = kept.seek(SeekFrom::End(0))?;
    Ok(Some(Kept { file: kept, length, error, stopped: false }))
}

fn objects(
    mut read: Deserializer<IoRead<impl Read>>,
    is_array: bool,
    out: &mut impl Write,
) -> serde_json::Result<()> {
    if is_array {
        read.deserialize_seq(Each(out))
    } else {
        read.into_iter::<Value>().try_for_each(|value| events(out, value?))
    }
}

/// Whether a log begins as a document does: with an array of objects, or with an object that goes
/// on in the next line.
fn is_one(begin: &[u8]) -> bool {
    let begin = begin.trim_ascii_start();
    if let Some(first) = begin.strip_prefix(b"[") {
        return first.trim_ascii_start().starts_with(b"{");
    }
    let line = begin.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    let more = begin.len() > line.len() + 1;
    line.starts_with(b"{") && more && matches!(line.last(), Some(b'{' | b'[' | b','))
}

/// Writes every event that an object carries, or the object itself.
fn events(out: &mut impl Write, value: Value) -> serde_json::Result<()> {
    let carried = CARRIED.iter().find_map(|name| value.get(name)?.as_array());
    match carried.filter(|events| events.iter().all(Value::is_object)) {
        Some(events) => events.iter().try_for_each(|event| line(out, event)),
        None => line(out, &value),
    }
}

fn line(out: &mut impl Write, value: &Value) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n").map_err(serde_json::Error::custom)
}

/// Writes the elements of an array as they come: all of them may be too many.
struct Each<'a, W>(&'a mut W);

impl<'de, W: Write> Visitor<'de> for Each<'_, W> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(value) = elements.next_element::<Value>()? {
            line(self.0, &value).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(String, bool)> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let mut kept = lines(&file).unwrap()?;
        kept.file.seek(SeekFrom::Start(0)).unwrap();
        let mut lines = String::new();
        kept.file.read_to_string(&mut lines).unwrap();
        assert_eq!(kept.length, lines.len() as u64);
        Some((lines, kept.error.is_some()))
    }

    #[test]
    fn every_object_of_a_document_has_a_line() {
        let wanted = Some(("{\"a\":1}\n{\"b\":[2]}\n".to_owned(), false));
        for text in [
            "[\n  {\n    \"a\": 1\n  },\n  { \"b\": [2] }\n]\n",
            "[{\"a\":1},{\"b\":[2]}]",
            "{\n  \"a\": 1\n}\n{\n  \"b\": [\n    2\n  ]\n}\n",
            "{\n  \"events\": [ {\"a\": 1}, {\"b\": [2]} ],\n  \"next\": \"x\"\n}",
        ] {
            assert_eq!(told(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_is_told_up_to_there() {
        assert_eq!(told("[{\"a\":1},{\"b\":"), Some(("{\"a\":1}\n".to_owned(), true)));
    }

    #[test]
    fn lines_are_no_document() {
        for text in [
            "",
            "[2026-11-21 18:34:05] [WARN] text",
            "{\"a\":1}\n{\"b\":2}\n",
            "{",
            "[",
            "{a",
            "[]",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
