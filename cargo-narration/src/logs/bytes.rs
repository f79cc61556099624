//! Texts and values one behind the other in memory: in go values, out come bytes; and back.

use narration_record::Value;

const STRING: u8 = 0;
const UNSIGNED: u8 = 1;
const SIGNED: u8 = 2;
const FLOAT: u8 = 3;
const FALSE: u8 = 4;
const TRUE: u8 = 5;

/// The way in.
pub(super) mod put {
    use super::{FALSE, FLOAT, SIGNED, STRING, TRUE, UNSIGNED, Value};

    /// Appends a text behind its length.
    pub(in crate::logs) fn text(out: &mut Vec<u8>, text: &str) {
        number(out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }

    /// Appends a string as the value it is.
    pub(in crate::logs) fn string(out: &mut Vec<u8>, string: &str) {
        out.push(STRING);
        text(out, string);
    }

    /// Appends a value behind its kind.
    pub(in crate::logs) fn value(out: &mut Vec<u8>, value: &Value) {
        match value {
            Value::Str(text) => string(out, text),
            Value::U64(count) => {
                out.push(UNSIGNED);
                number(out, *count);
            }
            Value::I64(count) => {
                out.push(SIGNED);
                out.extend_from_slice(&count.to_le_bytes());
            }
            Value::F64(count) => {
                out.push(FLOAT);
                out.extend_from_slice(&count.to_le_bytes());
            }
            Value::Bool(false) => out.push(FALSE),
            Value::Bool(true) => out.push(TRUE),
        }
    }

    /// Seven bits a byte; small numbers are the usual ones.
    pub(in crate::logs) fn number(out: &mut Vec<u8>, mut number: u64) {
        while number >= 0x80 {
            out.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        out.push(number as u8);
    }
}

/// The way back. Reads what [`put`] wrote; of anything else it makes empty texts and zeros.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next text.
    pub(super) fn text(&mut self) -> &'a str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The next bytes that stand behind their length.
    pub(super) fn bytes(&mut self) -> &'a [u8] {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX);
        self.take(length)
    }

    /// The next value.
    pub(super) fn value(&mut self) -> Value {
        match self.byte() {
            STRING => Value::Str(self.text().to_owned()),
            UNSIGNED => Value::U64(self.number()),
            SIGNED => Value::I64(i64::from_le_bytes(self.eight())),
            FLOAT => Value::F64(f64::from_le_bytes(self.eight())),
            kind => Value::Bool(kind == TRUE),
        }
    }

    /// The next value, if it is a string.
    pub(super) fn string(&mut self) -> Option<&'a str> {
        (self.byte() == STRING).then(|| self.text())
    }

    /// Passes over the next value.
    pub(super) fn skip(&mut self) {
        match self.byte() {
            STRING => {
                self.bytes();
            }
            UNSIGNED => {
                self.number();
            }
            SIGNED | FLOAT => {
                self.take(8);
            }
            _ => {}
        }
    }

    /// The next number that stands by itself.
    pub(super) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// Everything that was not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    fn eight(&mut self) -> [u8; 8] {
        self.take(8).try_into().unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }
}
