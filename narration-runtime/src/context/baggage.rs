//! A context's fields as one text.
//!
//! In: fields that may leave the process. Out: `name=value,name:u=3`, values
//! percent-encoded, the letter behind the colon the type of what is no text;
//! and back, by rules that no sender can break.

use std::borrow::Cow;
use std::fmt::Write as _;

use narration_taxonomy::Class;

use super::field::ContextField;
use super::names;
use crate::builtin;
use crate::dynamic::FieldValue;
use crate::redaction::Rules;

/// The most fields that are taken, as many as a narration has.
const FIELDS: usize = 32;

/// The longest text that is taken, in bytes.
const LONGEST: usize = 8 * 1024;

/// Writes the fields that may leave the process; nothing where there are none.
pub(super) fn encode(fields: &[ContextField]) -> Option<String> {
    let mut text = String::new();
    for field in fields.iter().filter(|field| field.crosses) {
        let start = text.len();
        if start > 0 {
            text.push(',');
        }
        text.push_str(field.name);
        // Writing to a string cannot fail.
        let _ = match &field.value {
            FieldValue::Str(value) => {
                text.push('=');
                escape(value, &mut text);
                Ok(())
            }
            FieldValue::U64(number) => write!(text, ":u={number}"),
            FieldValue::I64(number) => write!(text, ":i={number}"),
            FieldValue::F64(number) => write!(text, ":f={number}"),
            FieldValue::Bool(truth) => write!(text, ":b={truth}"),
            FieldValue::Duration(_) => Ok(()),
        };
        // What nobody would take over is not sent.
        if text.len() > LONGEST {
            text.truncate(start);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Reads fields. Texts go through the detector: who sent them is not known.
pub(super) fn decode(bytes: &[u8]) -> Result<Vec<ContextField>, &'static str> {
    if bytes.len() > LONGEST {
        return Err("too-long");
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "character")?;
    let mut fields: Vec<ContextField> = Vec::new();
    for item in text.split(',').filter(|item| !item.is_empty()) {
        let (name, value) = item.split_once('=').ok_or("shape")?;
        let (name, ty) = name.split_once(':').unwrap_or((name, ""));
        let name = names::known(name).ok_or("name")?;
        if fields.iter().any(|known| known.name == name) {
            return Err("repeated");
        }
        let value = read(name, ty, value).ok_or("value")?;
        fields.push(ContextField { name, value, crosses: true, declared: false });
        if fields.len() > FIELDS {
            return Err("too-many");
        }
    }
    Ok(fields)
}

fn read(name: &str, ty: &str, value: &str) -> Option<FieldValue<'static>> {
    Some(match ty {
        "" => {
            let text = unescape(value)?;
            let class = if builtin::rank(name) == u8::MAX { Class::Text } else { Class::Id };
            let safe = Rules::standard().by_class(&text, class, &[]).into_owned();
            FieldValue::Str(Cow::Owned(safe))
        }
        "u" => FieldValue::U64(value.parse().ok()?),
        "i" => FieldValue::I64(value.parse().ok()?),
        "f" => FieldValue::F64(value.parse().ok()?),
        "b" => FieldValue::Bool(value.parse().ok()?),
        _ => return None,
    })
}

fn escape(value: &str, text: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b':' | b'/') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
}

fn unescape(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        rest = if *first == b'%' {
            let [high, low, after @ ..] = after else { return None };
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(*high)? << 4 | digit(*low)?).ok()?);
            after
        } else {
            bytes.push(*first);
            after
        };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &'static str, value: impl Into<FieldValue<'static>>) -> ContextField {
        ContextField { name, value: value.into(), crosses: true, declared: false }
    }

    #[test]
    fn fields_read_back_as_they_were_written() {
        let fields = [
            field("session_id", "session-abc123"),
            field("pool", "größe 100 %, a=b"),
            field("jobs", 4u64),
            field("drift", -4i64),
            field("fill", 62.5),
            field("fragile", true),
        ];
        let text = encode(&fields).expect("some");
        assert!(text.is_ascii(), "{text}");
        assert_eq!(decode(text.as_bytes()), Ok(fields.to_vec()));
    }

    #[test]
    fn what_must_stay_stays() {
        let private = ContextField { crosses: false, ..field("remark", "ring twice") };
        assert_eq!(encode(&[private]), None);
        assert_eq!(encode(&[field("huge", "a".repeat(9000))]), None);
    }

    #[test]
    fn what_breaks_a_rule_is_refused_by_that_rule() {
        for (text, reason) in [
            ("pool", "shape"),
            ("Pool=1", "name"),
            ("trace_id=1", "name"),
            ("pool=1,pool=2", "repeated"),
            ("jobs:u=-1", "value"),
            ("jobs:x=1", "value"),
            ("pool=%4", "value"),
            ("pool=%FF", "value"),
        ] {
            assert_eq!(decode(text.as_bytes()), Err(reason), "{text}");
        }
        assert_eq!(decode(&[0xff]), Err("character"));
        assert_eq!(decode(&[b'a'; 9000]), Err("too-long"));
        let many: Vec<_> = (0..33).map(|n| format!("f{n}=1")).collect();
        assert_eq!(decode(many.join(",").as_bytes()), Err("too-many"));
    }

    #[test]
    fn a_secret_that_was_sent_is_found() {
        let sent = "note=password%3Dhunter2-is-long";
        let found = decode(sent.as_bytes()).expect("sound");
        assert!(!format!("{found:?}").contains("hunter2"), "{found:?}");
    }
}
