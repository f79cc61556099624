//! What `journalctl -o export` prints: in go entries of fields, out comes each of them as an object
//! on a line of its own, as `journalctl -o json` would have printed it.
//!
//! A field is `NAME=text` on a line; one that is no plain text is its name on a line, the count of
//! its bytes in eight, little end first, and the bytes. An empty line ends an entry.

use std::io::{self, BufRead, Error, ErrorKind, Read as _, Write};

use serde_json::{Map, Value};

use super::LONGEST_LINE;

/// With which field an entry begins, whichever of them are there.
const FIRST: [&[u8]; 4] =
    [b"__CURSOR=", b"__REALTIME_TIMESTAMP=", b"__MONOTONIC_TIMESTAMP=", b"__SEQNUM="];

/// Whether a log begins as an export does.
pub(super) fn is_one(begin: &[u8]) -> bool {
    FIRST.iter().any(|first| begin.starts_with(first))
}

/// Writes every entry as a line. What is no export is told with its place, after what was read
/// before it.
pub(super) fn lines(from: impl BufRead, out: &mut impl Write) -> io::Result<()> {
    let mut export = Export { from, at: 0 };
    let mut entry = Map::new();
    let result = loop {
        match export.next() {
            Ok(Part::Field(name, value)) => add(&mut entry, name, value),
            Ok(Part::Between) => end(&mut entry, out)?,
            Ok(Part::End) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    end(&mut entry, out)?;
    result
}

/// What stands at a place.
enum Part {
    Field(String, Value),
    /// An entry ends.
    Between,
    /// Nothing more comes.
    End,
}

/// An export as it is read.
struct Export<R> {
    from: R,
    /// How far, in bytes.
    at: u64,
}

impl<R: BufRead> Export<R> {
    fn next(&mut self) -> io::Result<Part> {
        let (place, mut line) = (self.at, Vec::new());
        self.read_line(&mut line)?;
        if line.is_empty() {
            return Ok(Part::End);
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        if text.is_empty() {
            return Ok(Part::Between);
        }
        let (name, told) = match memchr::memchr(b'=', text).and_then(|at| text.split_at_checked(at))
        {
            Some((name, told)) => (name, Some(told.get(1..).unwrap_or_default())),
            None => (text, None),
        };
        let named = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
        if !name.iter().all(named) {
            return Err(no_field(place));
        }
        let value = match told {
            Some(told) => string(told),
            None => string(&self.bytes(place)?),
        };
        Ok(Part::Field(String::from_utf8_lossy(name).into_owned(), value))
    }

    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<()> {
        let most = LONGEST_LINE as u64;
        let length = (&mut self.from).take(most).read_until(b'\n', line)? as u64;
        self.at += length;
        if length == most { Err(too_long(self.at - length, length)) } else { Ok(()) }
    }

    /// The bytes behind the name of a field that is no plain text.
    fn bytes(&mut self, place: u64) -> io::Result<Vec<u8>> {
        let mut count = [0; 8];
        self.from.read_exact(&mut count).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => no_field(place),
            _ => error,
        })?;
        let count = u64::from_le_bytes(count);
        if count >= LONGEST_LINE as u64 {
            return Err(too_long(place, count));
        }
        let mut bytes = Vec::new();
        // A count may lie: what is not there takes no memory.
        let read = (&mut self.from).take(count + 1).read_to_end(&mut bytes)? as u64;
        self.at += 8 + read;
        match bytes.pop() {
            Some(b'\n') if read > count => Ok(bytes),
            _ => Err(no_field(place)),
        }
    }
}

/// The journal keeps several values under one name.
fn add(entry: &mut Map<String, Value>, name: String, value: Value) {
    match entry.get_mut(&name) {
        None => {
            entry.insert(name, value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// Ends an entry, if there is one.
fn end(entry: &mut Map<String, Value>, out: &mut impl Write) -> io::Result<()> {
    if !entry.is_empty() {
        serde_json::to_writer(&mut *out, entry)?;
        out.write_all(b"\n")?;
        entry.clear();
    }
    Ok(())
}

fn string(value: &[u8]) -> Value {
    Value::String(String::from_utf8_lossy(value).into_owned())
}

fn no_field(place: u64) -> Error {
    let told = format!("at byte {place} stands no field of a journal's export");
    Error::new(ErrorKind::InvalidData, told)
}

fn too_long(place: u64, bytes: u64) -> Error {
    let told = format!("at byte {place} begins a field of {bytes} bytes, which is too long");
    Error::new(ErrorKind::InvalidData, told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(export: &[u8]) -> (Vec<Value>, Option<String>) {
        let mut out = Vec::new();
        let error = lines(export, &mut out).err().map(|error| error.to_string());
        let text = String::from_utf8(out).unwrap();
        (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), error)
    }

    #[test]
    fn every_entry_of_an_export_has_a_line() {
        let mut export = b"__CURSOR=s=1;i=2\nMESSAGE=a=b\nPRIORITY=6\n\n\n__CURSOR=c\n".to_vec();
        export.extend_from_slice(b"MESSAGE\n\x05\0\0\0\0\0\0\0a\n\n=b\nTAG=1\nTAG=2\nTAG=3\n");
        let (entries, error) = told(&export);
        assert_eq!(error, None);
        let wanted = [
            r#"{"__CURSOR":"s=1;i=2","MESSAGE":"a=b","PRIORITY":"6"}"#,
            r#"{"__CURSOR":"c","MESSAGE":"a\n\n=b","TAG":["1","2","3"]}"#,
        ];
        assert_eq!(entries, wanted.map(|line| serde_json::from_str::<Value>(line).unwrap()));
    }

    #[test]
    fn what_is_no_field_is_told_with_its_place_behind_what_was_read() {
        let first = b"__CURSOR=c\n\n";
        for rest in [
            &b"no field\n"[..],
            b"MESSAGE\n\x05\0\0\0\0\0\0\0a\n",
            b"MESSAGE\n\x01\0\0\0\0\0\0\0abc\n",
            b"MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\xffa\n",
        ] {
            let (entries, error) = told(&[&first[..], rest].concat());
            assert_eq!(entries.len(), 1);
            assert!(error.is_some_and(|error| error.contains("byte 12 ")), "{rest:?}");
        }
        let (entries, error) = told(b"__CURSOR=c\nMESSAGE\n\x05\0");
        assert_eq!((entries.len(), error.is_some()), (1, true));
    }
}
