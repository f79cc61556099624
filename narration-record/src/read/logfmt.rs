//! A logfmt line as pairs: `key=value`, bare or in quotes, separated by blanks.

use super::{ReadError, Value};
use crate::pairs;

pub(super) fn parse(text: &str) -> Result<Vec<(String, Value)>, ReadError> {
    let mut pairs = Vec::with_capacity(16);
    let mut rest = Rest { text, at: 0 };
    while rest.skip_blanks() {
        let key = rest.key()?;
        let value = rest.value()?;
        pairs.push((key, value));
    }
    Ok(pairs)
}

/// What is still to be read.
struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    /// Whether something follows the blanks.
    fn skip_blanks(&mut self) -> bool {
        let ahead = self.ahead();
        self.at += ahead.len() - ahead.trim_start_matches(' ').len();
        !self.ahead().is_empty()
    }

    fn ahead(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A key and its equals sign.
    fn key(&mut self) -> Result<String, ReadError> {
        let ahead = self.ahead();
        let end = ahead.find([' ', '=', '"']).unwrap_or(ahead.len());
        let key = &ahead[..end];
        if key.is_empty() || !ahead[end..].starts_with('=') {
            return Err(self.fault(end, "a key and `=` belong here, as in `actor=pool-managerd`"));
        }
        let key = decode(key).ok_or_else(|| {
            self.fault(0, "a `%` in a key is followed by two hexadecimal digits, as in `a%20b`")
        })?;
        self.at += end + 1;
        Ok(key)
    }

    fn value(&mut self) -> Result<Value, ReadError> {
        if self.ahead().starts_with('"') { self.quoted() } else { self.bare() }
    }

    fn bare(&mut self) -> Result<Value, ReadError> {
        let ahead = self.ahead();
        let end = ahead.find(' ').unwrap_or(ahead.len());
        let token = &ahead[..end];
        if let Some(place) = token.find(['"', '=']) {
            return Err(self.fault(place, "a value with `\"` or `=` in it stands in quotes"));
        }
        self.at += end;
        Ok(typed(token))
    }

    /// A string in quotes, with the escapes of JSON.
    fn quoted(&mut self) -> Result<Value, ReadError> {
        let ahead = self.ahead();
        let Some(end) = closing_quote(ahead) else {
            return Err(self.fault(0, "this quote is never closed; is the line cut off?"));
        };
        let text = serde_json::from_str(&ahead[..=end]).map_err(|error| {
            self.fault(
                error.column().saturating_sub(1),
                "inside quotes a backslash begins one of \\\" \\\\ \\n \\r \\t \\uXXXX",
            )
        })?;
        if !matches!(ahead.as_bytes().get(end + 1), None | Some(b' ')) {
            return Err(self.fault(end + 1, "a blank belongs between two pairs"));
        }
        self.at += end + 1;
        Ok(Value::Str(text))
    }

    fn fault(&self, offset: usize, reason: &str) -> ReadError {
        ReadError::Syntax { column: self.at + offset + 1, reason: reason.to_owned() }
    }
}

/// Where the string that begins with a quote ends with one.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().enumerate().skip(1).find_map(|(at, byte)| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes.then_some(at)
    })
}

/// A bare token in the type its spelling says.
fn typed(token: &str) -> Value {
    match token {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if pairs::is_number(token) => number(token),
        _ => Value::Str(token.to_owned()),
    }
}

fn number(token: &str) -> Value {
    if let Ok(number) = token.parse() {
        return Value::U64(number);
    }
    if let Ok(number) = token.parse() {
        return Value::I64(number);
    }
    token.parse().map_or_else(|_| Value::Str(token.to_owned()), Value::F64)
}

/// Undoes the `%XX` of a key; a lone `%` is the empty name.
fn decode(key: &str) -> Option<String> {
    if !key.contains('%') {
        return Some(key.to_owned());
    }
    if key == "%" {
        return Some(String::new());
    }
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
