//! Named values: a piece of a name goes in, the secret that the name announces comes out.
//!
//! This is the one place that decides whether `name` joined to `value` is a secret: the name says
//! how far to trust it, the joint how likely it is meant, the value whether it can be one.

use super::{
    Memory, change, columns, command, cookie, foreign,
    joint::{self, Close, Joint, Kind},
    named::{Announced, Named},
    pair, piped, placeholder, plain, scheme,
    site::{self, MAX_LOOK_BACK, Site},
    token,
    value::{self, Surroundings},
    vendor,
};
use crate::{
    bytes::{self, ALNUM, BASE64, COMMA, DIGIT, at, before, between, from},
    names::{self, Name, Noun, Trust},
    scan::Found,
    words::Words,
};

/// A value longer than this is never taken for something harmless.
const MAX_HARMLESS: usize = 256;
/// The value that belongs to the name around a place.
pub(crate) fn name(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let site = Site::around(text, start, memory)?;
    plain::assigned(text, site.start, site.end).or_else(|| at_length(text, start, site, memory))
}

/// The value that belongs to a name, whatever joins the two.
#[inline(never)]
pub(super) fn at_length(
    text: &[u8],
    start: usize,
    site: Site,
    memory: &mut Memory,
) -> Option<Found> {
    let Site { start: name_start, end: name_end, run_end } = site;
    if between(text, name_start.saturating_sub(10), name_start) == b"[redacted:" {
        return None;
    }
    let flag = at(text, name_start) == b'-' && !bytes::is(before(text, name_start), ALNUM);
    // Most names in prose are joined to nothing, and that is quicker to see than what they mean.
    if let Some(found) = piped_into(text, start, name_start, name_end, memory) {
        return Some(found);
    }
    let login = || pair::login(text, between(text, name_start, name_end), name_end);
    let spoken = command::spoken(text, name_start, name_end)
        .or_else(|| login().map(|joint| (joint, Noun::Password)));
    let tag = !flag && site::opens_tag(text, name_start);
    let joint = match spoken {
        Some((joint, _)) => joint,
        None if tag => joint::element(text, name_end)?,
        None if name_end < run_end => joint::led(text, name_end)?,
        None => joined(text, name_start, name_end, flag)?,
    };
    let name = match spoken {
        Some((_, noun)) => Name { noun, trust: Trust::Sure, compound: true },
        None => named(text, name_start, name_end)?,
    };
    let around = Surroundings {
        query: matches!(before(text, name_start), b'?' | b'&' | b'#')
            || bytes::escape_ends(text, name_start) && joint.percent,
        percent: joint.percent,
    };
    let announced = Announced { text, start: name_start, end: name_end, name, joint, around };
    judge(&announced, memory)
}

/// What is piped into the command that a name belongs to.
fn piped_into(
    text: &[u8],
    place: usize,
    start: usize,
    end: usize,
    memory: &Memory,
) -> Option<Found> {
    match between(text, start, end) {
        b"--password-stdin" => piped::to_flag(text, start, memory.done),
        b"chpasswd" => piped::to_chpasswd(text, place, memory.done),
        _ => None,
    }
}

/// What joins a name to its value, also where the two stand in lists of their own.
fn joined(text: &[u8], start: usize, end: usize, flag: bool) -> Option<Joint> {
    // `gdm-password]: …` names a process that opened a bracket elsewhere.
    if at(text, end) == b']' && before(text, start) == b' ' {
        return None;
    }
    let in_list = matches!(at(text, end), b',' | b')' | b'"' | b'`' | b']');
    let column = || columns::value(text, start, end).filter(|_| in_list);
    if let Some(joint) = joint::numbered(text, start, end) {
        return Some(joint);
    }
    let set = !matches!(at(text, end), b'=' | b':') && command::sets(text, start, end);
    joint::join(text, end, flag || set).or_else(column)
}

/// What the name says, or what two words say together: `API KEY`.
fn named(text: &[u8], start: usize, end: usize) -> Option<Name> {
    let letters = between(text, start, end);
    if let Some(name) = names::classify(letters) {
        return Some(name);
    }
    if letters.eq_ignore_ascii_case(b"pw") {
        return Some(Name { noun: Noun::Password, trust: Trust::Sure, compound: false });
    }
    if foreign::is_mot_de_passe(text, start, letters) {
        return Some(Name { noun: Noun::Password, trust: Trust::Sure, compound: true });
    }
    if !letters.eq_ignore_ascii_case(b"key") || before(text, start) != b' ' {
        return None;
    }
    let first = bytes::run_start(text, start - 1, 16, ALNUM);
    if speaks_of_an_api(text, start) {
        return Some(Name { noun: Noun::Key, trust: Trust::Opaque, compound: true });
    }
    if letters == b"KEY" && joins_by_blank(text, end) {
        return Some(Name { noun: Noun::Key, trust: Trust::Opaque, compound: true });
    }
    static KINDS: Words = Words::new(&[
        "api",
        "access",
        "secret",
        "private",
        "auth",
        "encryption",
        "signing",
        "master",
        "license",
        "unseal",
        "recovery",
    ]);
    let before_it = between(text, first, start - 1);
    if KINDS.have(before_it) {
        return Some(Name { noun: Noun::Key, trust: Trust::Sure, compound: true });
    }
    vendor::key(text, first, start, end)
}

/// Whether what stands before a bare `key` says that it is an API's: `the geo API, using key=`.
fn speaks_of_an_api(text: &[u8], upto: usize) -> bool {
    let near = between(text, upto.saturating_sub(MAX_LOOK_BACK), upto);
    let using = memchr::memmem::rfind(near, b"sing ");
    using.is_some_and(|using| {
        // At most the vendor's name stands between.
        near.len() - using < 32 && memchr::memmem::find(near, b" API").is_some()
    })
}

/// `vendor KEY value`: a blank and no operator behind the name.
fn joins_by_blank(text: &[u8], end: usize) -> bool {
    at(text, end) == b' ' && bytes::is(at(text, end + 1), ALNUM)
}

/// The secret that a name, what joins it to a value, and the value make.
pub(super) fn judge(announced: &Announced<'_>, memory: &mut Memory) -> Option<Found> {
    let Announced { text, name, joint, around, .. } = *announced;
    if announced.is_joined() {
        if name.noun == Noun::Cookie {
            return cookie::pairs(text, announced.letters(), joint, around);
        }
        if name.noun == Noun::Authorization && name.trust == Trust::Sure {
            return scheme::credentials(text, joint, around);
        }
    }
    if name.noun == Noun::Signature
        && let Some(found) = versioned(text, joint.value)
    {
        return Some(found);
    }
    let case = valued(announced)?;
    if announced.is_joined() && opens_scheme(from(text, joint.value)) {
        return scheme::credentials(text, joint, around);
    }
    let found = found_in(&case);
    match change::new_value(&case) {
        None => found,
        Some(joint) => changed(&Announced { joint, ..*announced }, found, memory),
    }
}

/// The signatures behind the version that they are of, and behind a stamp: `v1,…`,
/// `t=1749625364,v1=…,v0=…`.
fn versioned(text: &[u8], place: usize) -> Option<Found> {
    const MAX_LEN: usize = 512;
    let near = between(text, 0, (place + MAX_LEN).min(text.len()));
    let stamp =
        from(near, place).starts_with(b"t=").then(|| bytes::run_end(near, place + 2, DIGIT));
    let version = stamp.map_or(place, |end| end + 1);
    let start = bytes::run_end(near, version + 1, DIGIT) + 1;
    let end = bytes::run_end(near, start, BASE64 | COMMA);
    let fits = at(text, version) == b'v'
        && start > version + 2
        && matches!(before(text, start), b'=' | b',')
        && end >= start + 32;
    fits.then_some(Found { start, end, rule: rule(Noun::Signature) })
}

/// Whether a value opens with a scheme's name, whatever its own is.
#[inline]
pub(super) fn opens_scheme(value: &[u8]) -> bool {
    // `Token { kind: … }` is a type's name.
    matches!(at(value, 0), b'b' | b'B' | b't' | b'T')
        && [&b"bearer "[..], b"basic ", b"token "]
            .iter()
            .any(|word| bytes::starts_with_fold(value, word) && at(value, word.len()) != b'{')
}

/// What a secret was changed to stands behind it.
#[cold]
fn changed(new: &Announced<'_>, old: Option<Found>, memory: &mut Memory) -> Option<Found> {
    let next = valued(new).and_then(|case| found_in(&case));
    memory.changed = true;
    if old.is_some() {
        memory.next = next;
    }
    old.or(next)
}

/// The value behind a joint, unless it is a marker or nothing.
fn valued<'a, 't>(announced: &'a Announced<'t>) -> Option<Named<'a, 't>> {
    let Announced { text, joint, around, .. } = *announced;
    let marked = placeholder::is_marker(bytes::unescaped(from(text, joint.value)));
    let value_end = match joint.kind {
        Kind::Says if joint.close == Close::Bare => value::word_end(text, joint.value),
        _ => value::end(text, joint.value, joint.close, around),
    };
    let value = between(text, joint.value, value_end);
    let value_end = match joint.close {
        Close::Quote { mark, escapes: 0 } => value::joined_end(text, value_end, mark),
        _ => value_end,
    };
    if joint.folded && value.ends_with(b":") {
        return None;
    }
    let case = Named { announced, value, value_end };
    // What was empty or hidden may have been changed to something that is not.
    (!(marked || value.is_empty()) || change::follows(&case)).then_some(case)
}

/// The secret that a named value is, if it is one.
fn found_in(case: &Named<'_, '_>) -> Option<Found> {
    let Named { announced, value, value_end: end } = *case;
    let Announced { text, name, joint, around, .. } = *announced;
    if placeholder::is_marker(value) {
        return None;
    }
    let signed = around.query && name.noun == Noun::Signature && value.len() >= 8;
    let secret = announced.is_joined()
        && (value.len() > MAX_HARMLESS || signed && !placeholder::is_placeholder(value))
        || case.is_secret();
    let grouped = joint.kind == Kind::Equals && name.noun == Noun::Password;
    let end = if grouped { value::grouped_end(text, joint.value, end) } else { end };
    secret.then(|| Found {
        start: joint.value,
        end,
        rule: token::rule_of(text, joint.value, end).unwrap_or(rule(name.noun)),
    })
}

pub(crate) const fn rule(noun: Noun) -> &'static str {
    match noun {
        Noun::Password => "password",
        Noun::Secret => "secret",
        Noun::Token => "token",
        Noun::Key => "key",
        Noun::Authorization => "auth",
        Noun::Cookie => "cookie",
        Noun::Credential => "credential",
        Noun::Session => "session",
        Noun::Signature => "signature",
        Noun::Code => "code",
    }
}
