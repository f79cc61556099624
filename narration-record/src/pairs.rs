//! The spelling of `key=value`: in goes a name or a value, out comes a token that ends at the
//! next blank, so that `grep actor=pool-managerd` finds it to the letter.

use crate::escape;

/// Appends a name as a key. Bytes that would end the key, or could not be seen, are written as
/// `%XX`, so that different names stay different and a reader can undo it.
pub(crate) fn key(out: &mut String, name: &str) {
    if name.is_empty() {
        out.push('%');
    } else if name.bytes().all(is_plain_in_key) {
        out.push_str(name);
    } else {
        encode_key(out, name);
    }
}

fn is_plain_in_key(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'=' | b'%')
}

fn encode_key(out: &mut String, name: &str) {
    for byte in name.bytes() {
        if is_plain_in_key(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 0xF] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
        }
    }
}

/// Appends a string as a value: bare where nothing can be misread, quoted otherwise.
pub(crate) fn value(out: &mut String, text: &str) {
    if is_bare(text) {
        out.push_str(text);
    } else {
        out.push('"');
        escape::quoted(out, text);
        out.push('"');
    }
}

/// Whether a string can stand without quotes and still be read back as that very string.
fn is_bare(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'=' | b'\\'))
        && !matches!(text, "true" | "false")
        && !is_number(text)
}

/// Whether a bare token is a number, so that a string that looks like one needs quotes.
pub(crate) fn is_number(token: &str) -> bool {
    token.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        && token.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(text: &str) -> String {
        let mut out = String::new();
        value(&mut out, text);
        out
    }

    fn key_of(name: &str) -> String {
        let mut out = String::new();
        key(&mut out, name);
        out
    }

    #[test]
    fn names_ids_paths_and_times_need_no_quotes() {
        for text in ["pool-managerd", "req-xyz", "/var/lib/models", "1.2.3", "2026-11-21T18:34:05Z"]
        {
            assert_eq!(value_of(text), text);
        }
    }

    #[test]
    fn what_could_be_misread_is_quoted() {
        assert_eq!(value_of(""), r#""""#);
        assert_eq!(value_of("two words"), r#""two words""#);
        assert_eq!(value_of("a=b"), r#""a=b""#);
        assert_eq!(value_of("it's"), r#""it's""#);
        assert_eq!(value_of("say \"hi\"\n"), r#""say \"hi\"\n""#);
        assert_eq!(value_of("C:\\tmp"), r#""C:\\tmp""#);
        assert_eq!(value_of("größe"), r#""größe""#);
    }

    #[test]
    fn a_string_that_looks_like_another_type_is_quoted() {
        for text in ["42", "-1", "1e5", "0.5", "true", "false"] {
            assert_eq!(value_of(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn a_key_ends_only_at_its_equals_sign_and_stays_unique() {
        assert_eq!(key_of("pool_id"), "pool_id");
        assert_eq!(key_of("http.status"), "http.status");
        assert_eq!(key_of("a b=\"c\"\n"), "a%20b%3D%22c%22%0A");
        assert_eq!(key_of("100%"), "100%25");
        assert_eq!(key_of("ü"), "%C3%BC");
        assert_eq!(key_of(""), "%");
    }
}
