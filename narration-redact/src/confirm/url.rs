//! URLs: the place of a `://` or of a query parameter goes in, the secret in the URL comes out.

use memchr::{memchr, memchr3, memmem, memrchr};

use super::{Memory, dsn, keyed, placeholder, shapes, token};
use crate::{
    bytes::{self, ALNUM, COLON, DASH, DIGIT, DOT, NAME, at, before, between, from},
    marker,
    names::{self, Trust},
    scan::Found,
};

/// How far behind the scheme an `@` may stand.
const MAX_USER_INFO: usize = 1024;

/// The password before a URL's host, or the token that stands there in place of a name.
pub(crate) fn password(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let authority = authority_start(text, start)?;
    next_at(text, authority, memory).filter(|&sign| sign - authority <= MAX_USER_INFO)?;
    let region = between(text, authority, region_end(text, authority));
    let sign = user_info_end(region)?;
    let info = between(region, 0, sign);
    let colon = info.iter().position(|&byte| byte == b':');
    let user = between(info, 0, colon.unwrap_or(sign));
    let user_is_token =
        user.len() >= 16 && shapes::is_credential(user) && !shapes::is_camel_case(user);
    let first = match colon {
        _ if user_is_token || dsn::is_in_halves(info) => 0,
        Some(colon) => colon + 1,
        None => return None,
    };
    let secret = from(info, first);
    if secret.is_empty() || placeholder::is_placeholder(secret) {
        return None;
    }
    let (start, end) = (authority + first, authority + sign);
    let default = if user_is_token { "token" } else { "password" };
    Some(Found { start, end, rule: token::rule_of(text, start, end).unwrap_or(default) })
}

/// The place behind `://`, also where its slashes are escaped.
fn authority_start(text: &[u8], start: usize) -> Option<usize> {
    let behind = |sign: &[u8], from_place: usize| {
        bytes::starts_with_fold(from(text, from_place), sign).then_some(from_place + sign.len())
    };
    behind(b"://", start + 2)
        .or_else(|| behind(b":\\/\\/", start + 2))
        .or_else(|| behind(b"%3a%2f%2f", start))
}

/// The next `@`, looked for once for all the URLs before it.
fn next_at(text: &[u8], place: usize, memory: &mut Memory) -> Option<usize> {
    if let Some((looked_from, found)) = memory.next_at
        && looked_from <= place
        && place <= found
    {
        return (found < text.len()).then_some(found);
    }
    let found = memchr(b'@', from(text, place)).map_or(text.len(), |len| place + len);
    memory.next_at = Some((place, found));
    (found < text.len()).then_some(found)
}

/// Where the URL ends, or the next one starts.
fn region_end(text: &[u8], start: usize) -> usize {
    let window = between(text, start, (start + MAX_USER_INFO + 256).min(text.len()));
    let ends = |place: usize, byte: u8| match byte {
        0..=b' ' | b'"' | b'<' | b'>' | b'`' | b'\\' | 0x7f => true,
        b':' => from(window, place).starts_with(b"://"),
        b'%' => bytes::starts_with_fold(from(window, place), b"%3a%2f%2f"),
        _ => false,
    };
    let mut end = 0;
    loop {
        // Most of a URL is none of these.
        end = bytes::run_end(window, end, NAME);
        match window.get(end) {
            Some(&byte) if !ends(end, byte) => end += 1,
            _ => return start + end,
        }
    }
}

/// The `@` that ends the user's name and password.
///
/// A password may hold `/`, `?` and `#` as people write it, though a URL may not; it is told from
/// a path by the colon before it, which no port follows.
fn user_info_end(region: &[u8]) -> Option<usize> {
    let path = memchr3(b'/', b'?', b'#', region).unwrap_or(region.len());
    let host_follows = |sign: usize| {
        bytes::is(at(region, sign + 1), ALNUM) || matches!(at(region, sign + 1), b'[' | b'{' | b'$')
    };
    if let Some(sign) = memrchr(b'@', between(region, 0, path)) {
        return Some(sign);
    }
    let colon = between(region, 0, path).iter().position(|&byte| byte == b':')?;
    let port = between(region, colon + 1, path);
    if port.iter().all(u8::is_ascii_digit) || between(region, 0, colon).contains(&b'.') {
        return None;
    }
    (path..region.len()).filter(|&place| at(region, place) == b'@' && host_follows(place)).find(
        |&sign| {
            let host_end = bytes::run_end(region, sign + 1, ALNUM | DASH | DOT);
            bytes::is(at(region, host_end), COLON)
                || matches!(at(region, host_end), 0 | b'/' | b'?' | b'#')
        },
    )
}

/// The value of a query parameter whose name is harmless elsewhere: `?code=`, `&key=`.
pub(crate) fn parameter(text: &[u8], start: usize) -> Option<Found> {
    let name_start = start + usize::from(matches!(at(text, start), b'?' | b'&' | b'#'));
    let in_query = matches!(before(text, name_start), b'?' | b'&' | b'#');
    let name_end = bytes::run_end(text, name_start, ALNUM);
    let (name, sign) = (between(text, name_start, name_end), at(text, name_end));
    let rule = match name {
        b"key" => "key",
        _ if name.eq_ignore_ascii_case(b"code") => "code",
        _ if name.eq_ignore_ascii_case(b"appid") && is_of_weather(text, name_start) => "key",
        _ => return None,
    };
    let value_start = name_end + 1;
    let chained = || rule == "code" && opens_with_uuids(from(text, value_start));
    if sign != b'=' || !in_query && !chained() {
        return None;
    }
    let end = bytes::run_end(text, value_start, shapes::CREDENTIAL);
    let value = between(text, value_start, end);
    let is_secret = (ends_value(at(text, end)) || !in_query && at(text, end) == b',')
        && value.len() >= 10
        && value.iter().any(|&byte| bytes::is(byte, DIGIT))
        && shapes::is_credential(value);
    is_secret.then(|| Found {
        start: value_start,
        end,
        rule: token::rule_of(text, value_start, end).unwrap_or(rule),
    })
}

/// Whether a value opens with two UUIDs that a dot joins, as Keycloak makes its codes.
fn opens_with_uuids(value: &[u8]) -> bool {
    const LEN: usize = 36;
    shapes::is_uuid(between(value, 0, LEN))
        && at(value, LEN) == b'.'
        && shapes::is_uuid(between(value, LEN + 1, 2 * LEN + 1))
}

/// Whether the URL that a place is in is a weather service's, which calls its keys ids.
fn is_of_weather(text: &[u8], place: usize) -> bool {
    const MAX_LOOK_BACK: usize = 192;
    let near = between(text, place.saturating_sub(MAX_LOOK_BACK), place);
    let url = memrchr(b' ', near).map_or(near, |blank| from(near, blank));
    memmem::find(url, b"weathermap.").is_some()
}

/// The end of a query parameter's value.
pub(crate) fn value_end(text: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| ends_value(*byte);
    start + from(text, start).iter().position(ends).unwrap_or(text.len().saturating_sub(start))
}

fn ends_value(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'&' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'\\' | b')' | b';')
}

/// A URL with the values of its sensitive query and fragment parameters masked; `None` if it has none.
pub(crate) fn masked_parameters(url: &str) -> Option<String> {
    let mut clean = String::new();
    let mut copied = 0;
    let mut place = url.find(['?', '#'])?;
    while let Some(len) = url.get(place..).and_then(|rest| rest.find(['?', '&', '#'])) {
        let name_start = place + len + 1;
        let rest = url.get(name_start..).unwrap_or_default();
        let name_len = rest.find(['=', '&', '#']).unwrap_or(rest.len());
        place = name_start + name_len;
        if !url.get(place..).is_some_and(|rest| rest.starts_with('=')) {
            continue;
        }
        let end = value_end(url.as_bytes(), place + 1);
        let (name, value) =
            (rest.get(..name_len).unwrap_or_default(), url.get(place + 1..end).unwrap_or_default());
        if let Some(rule) = parameter_rule(name)
            && !value.is_empty()
            && !placeholder::is_placeholder(value.as_bytes())
        {
            clean.push_str(url.get(copied..=place).unwrap_or_default());
            marker::push(&mut clean, rule);
            copied = end;
        }
        place = end;
    }
    clean.push_str(url.get(copied..).unwrap_or_default());
    (copied > 0).then_some(clean)
}

/// What a query parameter of this name carries, if it is a secret.
fn parameter_rule(name: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    const ONLY_IN_URLS: [(&str, &str); 12] = [
        ("code", "code"), ("sig", "signature"), ("signature", "signature"), ("x-amz-signature", "signature"),
        ("x-goog-signature", "signature"), ("key", "key"), ("auth", "auth"), ("session", "session"), ("sid",
        "session"), ("ticket", "token"), ("assertion", "token"), ("samlresponse", "token"),
    ];
    let listed = ONLY_IN_URLS
        .iter()
        .find(|(listed, _)| name.eq_ignore_ascii_case(listed))
        .map(|(_, rule)| *rule);
    let named = || {
        names::classify(name.as_bytes())
            .filter(|name| name.trust == Trust::Sure)
            .map(|name| keyed::rule(name.noun))
    };
    listed.or_else(named)
}
