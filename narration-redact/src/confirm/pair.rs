//! Pairs that are spelled out: the end of a name that stands as a value itself goes in, the value
//! that belongs to it comes out.
//!
//! `"name": "DB_PASSWORD", "value": "…"`, `<key>ApiKey</key><string>…`, a form's parts, a variable's
//! default, `--name db_password --value …`.

use super::{
    joint::{Close, Joint, Kind},
    opened::opened,
    operator::{operator, skip_closers},
};
use crate::bytes::{self, ALNUM, DASH, DIGIT, UNDERSCORE, at, before, between, from, skip_blanks};

/// How far behind a name the word may stand that announces its value.
const MAX_APART: usize = 48;
/// How long a block or a form's headers may be before the value.
const MAX_BLOCK: usize = 192;

/// The value of the name that ends at a place, of which `closed` is the place behind its quotes.
pub(super) fn spelled_out(
    text: &[u8],
    name_end: usize,
    closed: usize,
    quoted: bool,
) -> Option<Joint> {
    if let Some(place) = beside(text, closed, quoted) {
        return opened(text, place, Kind::Equals, false);
    }
    match at(text, closed) {
        b'<' => element(text, closed),
        b'>' if quoted => behind_tag(text, closed),
        b' ' if quoted && from(text, closed).starts_with(b" with value ") => {
            opened(text, closed + b" with value ".len(), Kind::Equals, false)
        }
        b';' if quoted => serialized(text, closed),
        b',' if !quoted => tuple(text, closed),
        b'\r' | b'\n' | b'\\' if quoted => part_of_a_form(text, closed),
        b' ' if quoted && at(text, closed + 1) == b'{' => variable(text, closed + 2),
        b' ' if at(text, closed + 1) == b'|' => cell(text, closed + 2),
        b' ' if quoted => attributes(text, closed),
        b' ' | b'"' | b'\'' => flags(text, closed),
        b':' => workflow_command(text, name_end),
        b'/' => opened(text, closed + 1, Kind::Far, false),
        _ => None,
    }
}

/// `"DB_PASSWORD", "value": `, `DbPassword,ParameterValue=`: where the value starts.
fn beside(text: &[u8], place: usize, quoted: bool) -> Option<usize> {
    let mut next = place;
    while next < place + 32
        && matches!(at(text, next), b',' | b'\n' | b'\r' | b' ' | b'\t' | b'"' | b'\'' | b'\\')
    {
        next += 1;
    }
    let apart =
        quoted || between(text, place, next).iter().any(|byte| matches!(byte, b',' | b'\n'));
    let word = bytes::run_end(text, next, ALNUM | UNDERSCORE | DASH);
    let announces = bytes::ends_with_fold(between(text, next, word), b"value");
    if next == place || !apart || !announces || word > place + MAX_APART {
        return None;
    }
    let (closed, _) = skip_closers(text, word);
    let sign = skip_blanks(text, closed);
    operator(text, sign).map(|(len, _, _)| sign + len)
}

/// `<property name="password">…<`, also where an element stands between: `><value>…<`.
fn behind_tag(text: &[u8], tag_end: usize) -> Option<Joint> {
    let inner = [&b"<value>"[..], b"<string>"]
        .iter()
        .find(|inner| from(text, tag_end + 1).starts_with(inner))
        .map_or(0, |inner| inner.len());
    let joint = opened(text, tag_end + 1 + inner, Kind::Comma, false)?;
    // What a page shows is a label, what a setting holds is its value.
    let sets = inner > 0 || {
        let near = between(text, joint.value, (joint.value + MAX_BLOCK).min(text.len()));
        let end = memchr::memchr(b'<', near).unwrap_or(near.len());
        [&b"</prop"[..], b"</entry>", b"</param>", b"</setting>"]
            .iter()
            .any(|close| from(near, end).starts_with(close))
    };
    Some(Joint {
        kind: if sets { Kind::Equals } else { joint.kind },
        close: Close::Literally(b"<"),
        ..joint
    })
}

/// The attributes between a name and the end of its tag: `name="ApiSecret" serializeAs="String">`.
fn attributes(text: &[u8], place: usize) -> Option<Joint> {
    let near = between(text, place, (place + MAX_BLOCK).min(text.len()));
    let end = near.iter().position(|&byte| matches!(byte, b'>' | b'<' | b'\n'))?;
    let tag_end = place + end;
    let inside = near.get(end..)?.starts_with(b"><value>");
    behind_tag(text, tag_end).filter(|_| inside).or_else(|| flags(text, place))
}

/// `</key><string>`, `</param-name><param-value>`: the text of the element behind the name's.
fn element(text: &[u8], place: usize) -> Option<Joint> {
    let near = between(text, place, (place + MAX_BLOCK).min(text.len()));
    let open = near.strip_prefix(b"</")?;
    let end = 2 + open.iter().position(|&byte| byte == b'>')? + 1;
    let next = end + from(near, end).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let tag = bytes::run_end(near, next + 1, ALNUM | DASH | bytes::COLON);
    let word = between(near, next + 1, tag);
    let announces = bytes::ends_with_fold(word, b"value") || bytes::ends_with_fold(word, b"string");
    if at(near, next) != b'<' || !announces || at(near, tag) != b'>' {
        return None;
    }
    let joint = opened(text, place + tag + 1, Kind::Equals, false)?;
    Some(Joint { close: Close::Literally(b"<"), ..joint })
}

/// `"password";s:9:"…"`, as PHP writes its variables.
fn serialized(text: &[u8], place: usize) -> Option<Joint> {
    let digits = place + b";s:".len();
    let sign = bytes::run_end(text, digits, DIGIT);
    let fits = from(text, place).starts_with(b";s:") && sign > digits && at(text, sign) == b':';
    opened(text, sign + 1, Kind::Equals, false).filter(|_| fits)
}

/// `{password,"…"}` and `{password,<<"…">>}`, as Erlang writes its pairs, and `[X-Api-Key, …]`, as .NET
/// shows them.
fn tuple(text: &[u8], place: usize) -> Option<Joint> {
    let name = bytes::run_start(text, place, MAX_APART, ALNUM | UNDERSCORE | DASH);
    if before(text, name) == b'[' && at(text, place + 1) == b' ' {
        let joint = opened(text, place + 1, Kind::Comma, false)?;
        let near = between(text, joint.value, (joint.value + MAX_BLOCK).min(text.len()));
        let end = near.iter().position(|&byte| matches!(byte, b',' | b']' | b'\n'))?;
        return (at(near, end) == b']').then_some(joint);
    }
    let quote = [&b"\""[..], b"<<\""].iter().any(|open| from(text, place + 1).starts_with(open));
    let fits = before(text, name) == b'{' && quote;
    opened(text, place + 1, Kind::Equals, false).filter(|_| fits)
}

/// A part of a multipart form: the line behind the empty one that ends its headers.
fn part_of_a_form(text: &[u8], place: usize) -> Option<Joint> {
    let near = between(text, place, (place + MAX_BLOCK).min(text.len()));
    let gaps = [&b"\r\n\r\n"[..], b"\n\n", b"\\r\\n\\r\\n", b"\\n\\n"];
    let (start, gap) =
        gaps.iter().find_map(|gap| Some((memchr::memmem::find(near, gap)?, gap.len())))?;
    let headers = between(near, 0, start);
    let plain =
        headers.is_empty() || bytes::starts_with_fold(headers.trim_ascii_start(), b"content-");
    let joint = opened(text, place + start + gap, Kind::Equals, false)?;
    let named =
        memchr::memmem::rfind(between(text, place.saturating_sub(MAX_BLOCK), place), b"name=");
    (plain && named.is_some()).then_some(joint)
}

/// `variable "db_password" { type = string, default = "…" }`.
fn variable(text: &[u8], block: usize) -> Option<Joint> {
    let near = between(text, block, (block + MAX_BLOCK).min(text.len()));
    let len = near.iter().position(|&byte| byte == b'}').unwrap_or(near.len());
    let word = memchr::memmem::find(between(near, 0, len), b"default")? + b"default".len();
    let sign = skip_blanks(text, block + word);
    let joint = opened(text, sign + 1, Kind::Equals, false)?;
    (at(text, sign) == b'=' && joint.close != Close::Bare).then_some(joint)
}

/// `--name db_password --type SecureString --value …`
fn flags(text: &[u8], place: usize) -> Option<Joint> {
    let near = between(text, place, (place + MAX_APART).min(text.len()));
    let flag = memchr::memmem::find(near, b" --value")?;
    let apart = between(near, 0, flag);
    let joint = opened(text, place + flag + b" --value".len() + 1, Kind::Flag, false)?;
    let flags_only = apart.is_empty() || apart.starts_with(b" --");
    (flags_only && !apart.contains(&b'\n')).then_some(joint)
}

/// `::set-output name=token::…`
fn workflow_command(text: &[u8], name_end: usize) -> Option<Joint> {
    let head = between(text, name_end.saturating_sub(MAX_BLOCK), name_end);
    let command = memchr::memmem::rfind(head, b"::set-")?;
    let named = memchr::memmem::find(from(head, command), b" name=").is_some();
    opened(text, name_end + 2, Kind::Equals, false)
        .filter(|_| named && at(text, name_end + 1) == b':')
}

/// `| password | … |`: the next cell of a table's row.
fn cell(text: &[u8], place: usize) -> Option<Joint> {
    opened(text, place, Kind::Blank, false).filter(|_| at(text, place) == b' ')
}

/// `BasicAuth('joe', '…')`, `auth=('joe', '…')`: the second of two quoted arguments, or the last of four,
/// of a name that ends at a place.
pub(super) fn login(text: &[u8], name: &[u8], end: usize) -> Option<Joint> {
    let open = end + usize::from(at(text, end) == b'=');
    let known = ["auth", "credential", "credentials"];
    if at(text, open) != b'('
        || !known.iter().any(|word| bytes::ends_with_fold(name, word.as_bytes()))
    {
        return None;
    }
    let user = opened(text, open + 1, Kind::Flag, false)?;
    let second = next_argument(text, &user)?;
    let fourth = next_argument(text, &second).and_then(|third| next_argument(text, &third));
    // The first two of four are what the user belongs to.
    Some(fourth.unwrap_or(second))
}

/// The quoted argument of a call behind another one.
fn next_argument(text: &[u8], argument: &Joint) -> Option<Joint> {
    let Close::Quote { mark, escapes: 0 } = argument.close else { return None };
    let near = between(text, argument.value, (argument.value + MAX_BLOCK).min(text.len()));
    let quote = argument.value + near.iter().position(|&byte| byte == mark)?;
    let comma = skip_blanks(text, quote + 1);
    let joint = opened(text, comma + 1, Kind::Call, false)?;
    (at(text, comma) == b',' && joint.close != Close::Bare).then_some(joint)
}
