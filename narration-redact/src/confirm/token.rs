//! Tokens that are recognised by themselves: the place of a prefix goes in, the token comes out.

use super::{Memory, shapes};
use crate::{
    anchors::Shape,
    base64,
    bytes::{
        self, ALNUM, BASE64, DASH, DIGIT, DOT, EQUALS, HEX, LOWER, Set, TILDE, UNDERSCORE, UPPER,
        WORD, at, before, between, from,
    },
    providers::{self, PROVIDERS, Provider},
    scan::Found,
};

/// How many bytes of a prefix may stand before another one in it.
const LONGEST_HEAD: usize = 12;

/// The token of a provider's row that starts at a place.
pub(crate) fn provider(text: &[u8], start: usize, row: u16, memory: &Memory) -> Option<Found> {
    let row = PROVIDERS.get(usize::from(row))?;
    let end = provider_end(text, start, row)?;
    // A short prefix may end a longer one, whichever was seen first: `live_` and `rk_live_`.
    let first = bytes::run_start(text, start, LONGEST_HEAD, ALNUM | UNDERSCORE);
    if first < start
        && first >= memory.done
        && let Some(rule) = rule_of(text, first, end)
    {
        return Some(Found { start: first, end, rule });
    }
    // Or begin one that says more: `sk-` and `sk-ant-`.
    let rule = rule_of(text, start, end).unwrap_or(row.rule);
    let end = with_secret(text, end, row);
    Some(Found { start: with_head(text, start, row, memory), end, rule })
}

/// The secret that an access key's id is joined to: `AKIA…:…`.
fn with_secret(text: &[u8], end: usize, row: &Provider) -> usize {
    const LEN: usize = 40;
    let joined = row.rule == "aws" && row.exact && at(text, end) == b':';
    let secret = run_within(text, end + 1, LEN + 1, BASE64);
    if joined && secret == end + 1 + LEN { secret } else { end }
}

/// A webhook is a secret as a whole, its scheme included; a registration token, with the id of the
/// installation before its colon.
fn with_head(text: &[u8], start: usize, row: &Provider, memory: &Memory) -> usize {
    if row.rule.ends_with("-webhook") {
        let head = between(text, start.saturating_sub(8), start);
        return if head == b"https://" { start - 8 } else { start };
    }
    let Some(colon) = start.checked_sub(1).filter(|&colon| at(text, colon) == b':') else {
        return start;
    };
    let first = bytes::run_start(text, colon, 23, WORD);
    let installed = row.prefix == "APA91b" && matches!(colon - first, 11 | 22);
    if installed && first >= memory.done { first } else { start }
}

fn provider_end(text: &[u8], start: usize, row: &Provider) -> Option<usize> {
    let body = start + row.prefix.len();
    if !from(text, start).starts_with(row.prefix.as_bytes()) || !bytes::word_starts(text, start) {
        return None;
    }
    if row.mixed && !is_mixed(between(text, body, (body + MIXED_WITHIN).min(text.len())), row.set) {
        return None;
    }
    if row.joined && bytes::run_end(text, body, ALNUM) - body >= usize::from(row.min) {
        return None;
    }
    let run = if row.exact {
        // One byte more than there may be tells as much as all of a longer run.
        run_within(text, body, usize::from(row.max) + 1, row.set)
    } else {
        bytes::run_end(text, body, row.set)
    };
    let end = trim_stops(text, body, run);
    let len = end.checked_sub(body)?;
    if len < usize::from(row.min) {
        return None;
    }
    // `pk_live_…` is there to be published, and `live_view_of_2024_…` are words.
    if row.prefix == "live_"
        && (between(text, 0, start).ends_with(b"pk_")
            || !shapes::is_opaque(between(text, body, end.min(body + MIXED_WITHIN))))
    {
        return None;
    }
    let glued = len > usize::from(row.max) || bytes::is(at(text, end), ALNUM | UNDERSCORE);
    (!(row.exact && glued)).then_some(end)
}

/// How soon a letter and a digit show in what nobody chose.
const MIXED_WITHIN: usize = 64;

/// Whether the run of a set's bytes that a text starts with holds both a letter and a digit.
fn is_mixed(text: &[u8], set: Set) -> bool {
    // Most that only starts like a token has no digit anywhere near, and that is quick to see.
    if !text.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return false;
    }
    let (mut digit, mut letter) = (false, false);
    text.iter().take_while(|&&byte| bytes::is(byte, set)).any(|&byte| {
        digit |= bytes::is(byte, DIGIT);
        letter |= bytes::is(byte, ALNUM & !DIGIT);
        digit && letter
    })
}

/// A full stop, a dash or a comma behind a token belongs to the sentence.
pub(super) fn trim_stops(text: &[u8], start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start && matches!(at(text, end - 1), b'.' | b':' | b'|' | b'!') {
        end -= 1;
    }
    end
}

/// The rule for a value that is one token from its start to its end, or nearly.
#[inline]
pub(crate) fn rule_of(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let value = between(text, start, end);
    let opening = *value.first_chunk()?;
    if providers::may_start_with(opening) || opening == *b"ey" {
        return rule_opening_with(opening, text, start, end);
    }
    None
}

#[inline(never)]
fn rule_opening_with(
    opening: [u8; 2],
    text: &[u8],
    start: usize,
    end: usize,
) -> Option<&'static str> {
    if at(text, start + 2) == b'J' && opening == *b"ey" && jwt_end(text, start) == Some(end) {
        return Some("jwt");
    }
    providers::starting_with(opening)
        .find(|row| provider_end(text, start, row).is_some_and(|found| found == end))
        .map(|row| row.rule)
}

/// A JSON web token: two or more base64 parts joined with dots, the first of them an object.
pub(crate) fn jwt(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let starts = start >= memory.token_end
        && !bytes::is(before(text, start), UNDERSCORE | DASH)
        && bytes::word_starts(text, start);
    if !starts {
        return None;
    }
    let found = jwt_end(text, start);
    if found.is_none() {
        memory.token_end = bytes::run_end(text, start, WORD | DOT);
    }
    found.map(|end| Found { start, end, rule: "jwt" })
}

fn jwt_end(text: &[u8], start: usize) -> Option<usize> {
    let end = trim_stops(text, start, bytes::run_end(text, start, WORD | DOT | EQUALS));
    let mut parts = between(text, start, end).split(|&byte| byte == b'.');
    let header = parts.next()?;
    let payload = parts.next()?;
    let object = payload.starts_with(b"eyJ") || payload.len() >= 16;
    (header.len() >= 12 && payload.len() >= 8 && object).then_some(end)
}

/// A token recognised by its middle or its end.
pub(crate) fn shaped(text: &[u8], start: usize, shape: Shape, memory: &Memory) -> Option<Found> {
    let (first, end, rule) = match shape {
        Shape::Facebook => {
            let (first, end) = around(text, start + 2, start + 3, (DIGIT, 13, 17), (WORD, 24, 40))?;
            (first, end, "facebook")
        }
        Shape::Terraform => {
            let (first, end) =
                around(text, start, start + 9, (ALNUM, 10, 20), (WORD | EQUALS, 50, 400))?;
            (first, end, "terraform")
        }
        Shape::MaxMind => {
            let secret = bytes::run_start(text, start + 1, 30, ALNUM);
            let account = bytes::run_start(text, secret.checked_sub(1)?, 8, ALNUM);
            let fits = start + 1 - secret == 29
                && before(text, secret) == b'_'
                && secret - 1 - account == 6;
            (fits.then_some(account)?, start + 5, "maxmind")
        }
        Shape::Authress => {
            let (first, end) = authress(text, start)?;
            (first, end, "authress")
        }
        Shape::Discord => match discord_end(text, start) {
            Some(end) => (start, end, "discord"),
            None => (start, numbered_end(text, start)?, "atlassian"),
        },
        Shape::Telegram => {
            let (first, end) = around(text, start + 1, start + 2, (DIGIT, 7, 12), (WORD, 33, 37))?;
            (first, end, "telegram")
        }
        Shape::AzureAd => {
            let set = ALNUM | UNDERSCORE | TILDE | DOT | DASH;
            let first = start.checked_sub(3)?;
            // A few stops behind it may be the sentence's.
            let end = trim_stops(text, start, run_within(text, start + 3, 48, set));
            let fits = (30..=36).contains(&(end - start - 3))
                && between(text, first, start).iter().all(|&byte| bytes::is(byte, set));
            (fits.then_some(first)?, end, "azure-ad")
        }
        Shape::AzureDevOps => {
            let end = run_within(text, start + 4, 16, ALNUM);
            let first = bytes::run_start(text, start, 84, ALNUM);
            let fits = end - first == 84 && end - start <= 12;
            (fits.then_some(first)?, end, "azure-devops")
        }
        Shape::AzureAi => {
            let first = bytes::run_start(text, start, 53, ALNUM);
            let end = run_within(text, start, 33, ALNUM);
            ((start - first, end - start) == (52, 32)).then_some((first, end, "azure-ai"))?
        }
        Shape::NewRelic => {
            let end = start + 5;
            let first = bytes::run_start(text, end, 41, ALNUM);
            let fits = end - first == 40 && !bytes::is(at(text, end), ALNUM | UNDERSCORE);
            (fits.then_some(first)?, end, "newrelic")
        }
        Shape::Mailchimp => {
            let end = bytes::run_end(text, start + 4, DIGIT);
            let first = bytes::run_start(text, start + 1, 33, HEX);
            let fits =
                start + 1 - first == 32 && end - start - 4 <= 2 && !bytes::is(at(text, end), ALNUM);
            (fits.then_some(first)?, end, "mailchimp")
        }
    };
    // A bot's token stands in the path of its requests.
    let starts = bytes::word_starts(text, first)
        || shape == Shape::Telegram && between(text, 0, first).ends_with(b"/bot");
    (first >= memory.done && starts).then_some(Found { start: first, end, rule })
}

/// The key of a service's client around `.acc`, if it starts as one.
fn authress(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let (left, right) = (WORD | DOT, WORD | DOT | BASE64);
    let (first, end) = around(text, start, start + 5, (left, 12, 48), (right, 40, 160))?;
    let kinds = [&b"sc_"[..], b"ext_", b"scauth_", b"authress_"];
    let known = kinds.iter().any(|kind| from(text, first).starts_with(kind));
    known.then(|| (first, trim_stops(text, start, end)))
}

/// The end of a run of a set's bytes, of which at most so many are looked at.
fn run_within(text: &[u8], start: usize, limit: usize, set: Set) -> usize {
    bytes::run_end(between(text, 0, (start + limit).min(text.len())), start, set)
}

/// A run of so many bytes before a middle and one of so many behind it.
fn around(
    text: &[u8],
    left_end: usize,
    right_start: usize,
    left: (Set, usize, usize),
    right: (Set, usize, usize),
) -> Option<(usize, usize)> {
    let first = bytes::run_start(text, left_end, left.2 + 1, left.0);
    let end = run_within(text, right_start, right.2 + 1, right.0);
    let fits = (left.1..=left.2).contains(&(left_end - first))
        && (right.1..=right.2).contains(&(end - right_start));
    fits.then_some((first, end))
}

/// The end of a number of twelve digits, a colon and twenty random bytes, all in one piece of base64,
/// as Jira and Confluence make tokens.
fn numbered_end(text: &[u8], start: usize) -> Option<usize> {
    const LEN: usize = 44;
    const DIGITS: usize = 12;
    let end = run_within(text, start, LEN + 1, BASE64);
    let mut place = 0;
    let numbered = base64::decode(between(text, start, end), |byte| {
        let fits =
            if place < DIGITS { bytes::is(byte, DIGIT) } else { place > DIGITS || byte == b':' };
        place += 1;
        fits
    });
    (numbered && end == start + LEN && at(text, end - 1) != b'=').then_some(end)
}

/// A bot's id in base64, a stamp and a signature.
fn discord_end(text: &[u8], start: usize) -> Option<usize> {
    let id = bytes::run_end(text, start, ALNUM);
    let stamp = bytes::run_end(text, id + 1, WORD);
    let signature = bytes::run_end(text, stamp + 1, WORD);
    let fits = (23..=28).contains(&(id - start))
        && at(text, id) == b'.'
        && (6..=7).contains(&(stamp - id - 1))
        && at(text, stamp) == b'.'
        && (27..=45).contains(&(signature - stamp - 1));
    let cased = between(text, start, id).iter().any(|&byte| bytes::is(byte, UPPER))
        && between(text, start, id).iter().any(|&byte| bytes::is(byte, LOWER | DIGIT));
    (fits && cased).then_some(signature)
}
