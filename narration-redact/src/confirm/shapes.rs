//! Values by their shape alone: a value goes in, what it looks like comes out.
//!
//! Identifiers that look random are no secrets; these tests keep them readable.

use crate::{
    bytes::{
        self, ALNUM, ANY_HEX, BASE64_ONLY, COLON, DASH, DIGIT, DOT, EQUALS, LOWER, MARKS, TILDE,
        UNDERSCORE, UPPER, at,
    },
    words::Words,
};

/// Whether a value is nothing but a number, with a unit or a total behind it at most: `42`,
/// `-0.5`, `1_000`, `30s`, `12ms`, `203/2339`, `0x1f`, `16:9`.
pub(crate) fn is_number(value: &[u8]) -> bool {
    let starts = |byte: &u8| byte.is_ascii_digit() || b"+-,_/:".contains(byte);
    // A number that counts something is short; one that opens something is not.
    if !value.first().is_some_and(starts)
        || value.len() > 24
        || !value.iter().any(u8::is_ascii_digit)
    {
        return false;
    }
    let body = value.strip_prefix(b"-").or_else(|| value.strip_prefix(b"+")).unwrap_or(value);
    if let Some(hex) = body.strip_prefix(b"0x") {
        return hex.len() <= 16 && hex.iter().all(u8::is_ascii_hexdigit);
    }
    let digits = body
        .iter()
        .take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'_' | b'/' | b':' | b'-'))
        .count();
    let unit = bytes::from(body, digits);
    digits > 0 && at(body, 0) != b'.' && (unit.is_empty() || is_unit(unit))
}

/// Whether a value is a number longer than anything that is counted or numbered.
pub(crate) fn is_endless_number(value: &[u8]) -> bool {
    value.len() >= 30 && bytes::run_end(value, 0, DIGIT) == value.len()
}

fn is_unit(unit: &[u8]) -> bool {
    static UNITS: Words = Words::new(&[
        "%", "s", "ms", "us", "ns", "m", "min", "h", "d", "b", "kb", "mb", "gb", "kib", "mib",
        "gib", "x",
    ]);
    UNITS.have(unit)
}

/// Whether a value is a mix of letters and digits with dashes at most: none of the signs is in it by
/// which a placeholder, a path or code is known.
pub(crate) fn is_plain_mix(value: &[u8]) -> bool {
    // `redacted-1` is somebody's marker.
    let marker = matches!(value.first(), Some(b'r' | b'R'));
    let any = |set| value.iter().any(|&byte| bytes::is(byte, set));
    !marker
        && bytes::run_end(value, 0, bytes::WORD) == value.len()
        && any(DIGIT)
        && any(ALNUM & !DIGIT)
}

/// Whether a value is a UUID: 32 hexadecimal digits in five groups.
pub(crate) fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(place, &byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => bytes::is(byte, ANY_HEX),
        })
}

/// Whether a value is a file's path or an address: what stands there can be read, not used.
pub(crate) fn is_path_or_url(value: &[u8]) -> bool {
    if is_url(value) {
        return true;
    }
    let rooted = [&b"/"[..], b"./", b"../", b"~/"].iter().any(|root| value.starts_with(root));
    let drive = value.len() > 3
        && at(value, 0).is_ascii_alphabetic()
        && matches!(bytes::between(value, 1, 3), b":\\" | b":/");
    let readable =
        |part: &[u8]| part.split(|&byte| !bytes::is(byte, ALNUM)).all(|run| run.len() < 20);
    let base64 = is_access_secret(value) || value.ends_with(b"=");
    (rooted && !base64 && value.len() > 2 && value.split(|&byte| byte == b'/').all(readable))
        || drive
}

/// Whether a value starts with a scheme and `://`.
fn is_url(value: &[u8]) -> bool {
    memchr::memchr(b':', value).is_some_and(|colon| {
        let scheme = bytes::between(value, 0, colon);
        colon > 1
            && bytes::from(value, colon).starts_with(b"://")
            && scheme.iter().all(|&byte| bytes::is(byte, ALNUM | DASH))
    })
}

/// Whether a value is one or a few plain words: letters alone, short, at most a capital in front.
pub(crate) fn is_word(value: &[u8]) -> bool {
    value.len() <= 18
        && !value.is_empty()
        && value.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'-'))
        && (value.iter().skip(1).all(|byte| !byte.is_ascii_uppercase())
            || value.iter().all(|byte| !byte.is_ascii_lowercase()))
}

/// Whether a value is a word behind a bracket that stays open: a cast, `(char *)`, or a remark in
/// several words, `[not given]`.
pub(crate) fn is_opened_word(value: &[u8]) -> bool {
    matches!(value, [b'(' | b'[', word @ ..] if !word.is_empty() && word.iter().all(u8::is_ascii_alphabetic))
}

/// Whether a value says which object it is, as Java shows one: `android.os.BinderProxy@2bd79ce`,
/// `Token{78af589`.
pub(crate) fn is_identity(value: &[u8]) -> bool {
    let shown = value.strip_suffix(b"}").unwrap_or(value);
    // The hash has five to eight digits, so the sign is looked for only there.
    let sign = (6..=9).filter_map(|len| shown.len().checked_sub(len));
    let Some(sign) = { sign }.find(|&sign| matches!(at(shown, sign), b'@' | b'{')) else {
        return false;
    };
    let (class, hash) = (bytes::between(shown, 0, sign), bytes::from(shown, sign + 1));
    class.last().is_some_and(u8::is_ascii_alphabetic)
        && class.iter().any(u8::is_ascii_uppercase)
        && class.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'$'))
        && !is_opaque(class)
        && hash.iter().all(|&byte| bytes::is(byte, ANY_HEX))
}

/// Whether a value is a package's or a service's name, written from the domain down:
/// `com.example.store.activity/4505`.
pub(crate) fn is_package(value: &[u8]) -> bool {
    const DOMAINS: [&[u8]; 6] = [b"com.", b"org.", b"net.", b"io.", b"dev.", b"java."];
    DOMAINS.iter().any(|domain| value.starts_with(domain))
        && value.iter().filter(|&&byte| byte == b'.').count() >= 2
        && value
            .iter()
            .all(|&byte| bytes::is(byte, ALNUM | DOT | DASH | UNDERSCORE | COLON | BASE64_ONLY))
        && !is_opaque(value)
}

/// Whether a value is another name with a value of its own: `issuer=https://idp.local`.
pub(crate) fn is_pair(value: &[u8]) -> bool {
    let name = value.iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_').count();
    (2..=24).contains(&name) && at(value, name) == b'=' && !matches!(at(value, name + 1), 0 | b'=')
}

/// Whether a long name is made of words: letters alone, with a capital now and then.
pub(crate) fn is_camel_case(value: &[u8]) -> bool {
    let capitals = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    value.iter().all(u8::is_ascii_alphabetic) && capitals * 4 <= value.len()
}

/// Whether a value is 40 letters of base64 that nobody chose, as the secrets of cloud storage are.
pub(crate) fn is_access_secret(value: &[u8]) -> bool {
    let count = |set| value.iter().filter(|&&byte| bytes::is(byte, set)).count();
    value.len() == 40
        && count(ALNUM | BASE64_ONLY) == 40
        && count(DIGIT) >= 1
        && count(UPPER) >= 8
        && count(LOWER) >= 8
}

/// Whether small letters and capitals mix in a value as nobody writes them; it may have no digit.
pub(crate) fn is_restless(value: &[u8]) -> bool {
    value.len() >= 10
        && value.iter().filter(|byte| byte.is_ascii_lowercase()).count() >= 3
        && value.iter().all(u8::is_ascii_alphabetic)
        && !is_camel_case(value)
}

/// Whether a value is a piece of text as a language model's vocabulary has it, marked where a word
/// starts: `Ġthe`, `▁the`.
pub(crate) fn is_piece_of_text(value: &[u8]) -> bool {
    ["Ġ", "▁", "Ċ"].iter().any(|mark| value.starts_with(mark.as_bytes()))
}

/// Whether a value looks as if nobody chose it: a long run in which letters and digits mix, or in
/// which capitals stand where no writer puts them.
pub(crate) fn is_opaque(value: &[u8]) -> bool {
    if is_uuid(value) {
        return false;
    }
    value.split(|&byte| !bytes::is(byte, ALNUM)).any(|run| {
        let count = |set| run.iter().filter(|&&byte| bytes::is(byte, set)).count();
        let (digits, upper, lower) = (count(DIGIT), count(UPPER), count(LOWER));
        (run.len() >= 14 && digits >= 2 && upper + lower >= 2)
            || (run.len() >= 20 && upper >= 4 && lower >= 4)
    })
}

/// Whether letters and digits, or small letters and capitals, take turns in a value more often than
/// in anything that was named by someone.
pub(crate) fn is_scrambled(value: &[u8]) -> bool {
    let turns = |left: u8, right: u8| {
        (bytes::is(left, DIGIT) && bytes::is(right, ALNUM & !DIGIT))
            || (bytes::is(right, DIGIT) && bytes::is(left, ALNUM & !DIGIT))
            || (bytes::is(left, LOWER) && bytes::is(right, UPPER))
    };
    let count = value
        .windows(2)
        .filter(|pair| matches!(pair, [left, right] if turns(*left, *right)))
        .count();
    value.len() >= 12
        && count >= 3
        && value.iter().any(u8::is_ascii_digit)
        && !is_uuid(value)
        && !value.contains(&b'.')
}

/// Whether a value looks like an API's key and like no digest and no identifier: a long run of letters
/// and digits, of which a hexadecimal one has the length of no digest.
pub(crate) fn is_keylike(value: &[u8]) -> bool {
    /// Digits of an object's id, of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512.
    const DIGESTS: [usize; 7] = [24, 32, 40, 56, 64, 96, 128];
    let count = |set| value.iter().filter(|&&byte| bytes::is(byte, set)).count();
    let all = |set| count(set) == value.len();
    let identifier = match value.len() {
        25 => value.starts_with(b"c") && all(LOWER | DIGIT),
        26 => all(UPPER | DIGIT),
        46 => value.starts_with(b"Qm"),
        _ => false,
    };
    value.len() >= 24
        && all(ALNUM)
        && count(DIGIT) >= 3
        && count(UPPER | LOWER) >= 3
        && !identifier
        && !(all(ANY_HEX) && DIGESTS.contains(&value.len()))
}

/// Whether a value is a product's key: five groups of five capitals and digits, joined with dashes.
pub(crate) fn is_product_key(value: &[u8]) -> bool {
    value.len() == 29
        && value.split(|&byte| byte == b'-').count() == 5
        && value
            .split(|&byte| byte == b'-')
            .all(|group| group.len() == 5 && bytes::run_end(group, 0, UPPER | DIGIT) == group.len())
}

/// What a credential that nobody announced is made of.
pub(crate) const CREDENTIAL: bytes::Set =
    ALNUM | DASH | UNDERSCORE | DOT | TILDE | BASE64_ONLY | EQUALS | COLON | MARKS;

/// Whether a value could be a credential nobody announced: long, unbroken and mixed.
pub(crate) fn is_credential(value: &[u8]) -> bool {
    let admitted = bytes::run_end(value, 0, CREDENTIAL) == value.len()
        && memchr::memchr3(b'!', b'$', b'%', value).is_none();
    if value.len() < 12 || !admitted || is_uuid(value) {
        return false;
    }
    let any = |set| value.iter().any(|&byte| bytes::is(byte, set));
    (any(DIGIT) && any(ALNUM & !DIGIT)) || (value.len() >= 20 && any(UPPER) && any(LOWER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_is_none() {
        for text in
            ["42", "-0.5", "1_000", "30s", "12ms", "203/2339", "0x1f", "16:9", "85%", "2025-09-30"]
        {
            assert!(is_number(text.as_bytes()), "{text}");
        }
        for text in ["", "abc", "4f9d27c1", "12monkeys", ".", "0xzz", "5e44c1-9"] {
            assert!(!is_number(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn opaque_values_and_readable_ones() {
        for text in
            ["77yg7tx91p4lag", "abcdef0123456789abcdef0123456789", "DjayBenyJrtpvydFCzAphcqc"]
        {
            assert!(is_opaque(text.as_bytes()), "{text}");
        }
        for text in ["ABC123DEF456", "u+3xVszZ-b4m+T6d23KA"] {
            assert!(is_scrambled(text.as_bytes()), "{text}");
        }
        for text in ["eu-west-1-pool-22", "user_12345678", "2025-09-30T12:34:56"] {
            assert!(!is_scrambled(text.as_bytes()), "{text}");
        }
        for text in [
            "created_at",
            "user_123",
            "default",
            "eu-west-1",
            "llama-3.1-8b-instruct",
            "5689c00a-ec72-49ab-9f8c-639949e0fe1e",
        ] {
            assert!(!is_opaque(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn paths_and_addresses() {
        for text in
            ["/run/secrets/db", "./key.pem", "~/.ssh/id", "https://vault/x", "C:\\keys\\a.pem"]
        {
            assert!(is_path_or_url(text.as_bytes()), "{text}");
        }
        for text in ["hunter2", "/9j/4AAQSkZJRgABAQEASABIAAD", "a/b"] {
            assert!(!is_path_or_url(text.as_bytes()), "{text}");
        }
    }
}
