//! Looks at every line of a log for a listing: in goes a line, out come [`Glimpse`]s of its events.
//!
//! A record of ours in JSON, which is what most lines are, is looked through as it lies, without
//! taking it apart; whatever is not spelled exactly as our writer spells it is read the long way.
//! Both ways see the same.

use std::hash::BuildHasher;

use jiff::Timestamp;
use narration_record::Value;

use super::entry::number;
use super::flat::{Flat, Token};
use super::glimpse::Print;
use super::{Entry, Glimpse, Nanos, Pack, Place, Shape, moment, read_line};

/// What a line is.
#[derive(Debug)]
pub enum Seen<'a> {
    /// An event.
    Event(Glimpse<'a>),
    /// A line that is no event.
    Raw,
}

/// Looks at lines; remembers what lines have in common.
#[derive(Debug, Default)]
pub struct Skimmer {
    minute: Minute,
    print: Print,
    pack: Pack,
    entries: Vec<Entry>,
}

impl Skimmer {
    /// Calls for every event of a line. `service` names who wrote it, in case the line does not;
    /// `prints` makes the fingerprints.
    pub fn read(
        &mut self,
        place: Place,
        service: &str,
        line: &[u8],
        prints: &impl BuildHasher,
        found: &mut impl FnMut(Seen<'_>),
    ) {
        if let Some(glimpse) = self.record(place, line, prints) {
            return found(Seen::Event(glimpse));
        }
        read_line(place, service, line, &mut self.entries);
        for entry in self.entries.drain(..) {
            if entry.shape == Shape::Raw {
                found(Seen::Raw);
            } else {
                found(Seen::Event(Glimpse::of(&self.pack.hold(entry), prints)));
            }
        }
    }

    /// Looks through a record of ours; nothing where it is anything else.
    fn record<'a>(
        &mut self,
        place: Place,
        line: &'a [u8],
        prints: &impl BuildHasher,
    ) -> Option<Glimpse<'a>> {
        let mut flat = Flat::of(line)?;
        let time = Some(self.minute.moment(flat.head("timestamp")?)?);
        let level = flat.head("level")?.parse().ok()?;
        let (actor, action) = (flat.head("actor")?, flat.head("action")?);
        let target = flat.head("target");
        let human = flat.text("human")?;
        self.print.clear();
        self.print.head(level, actor, action, target, &human);
        let mut glimpse = Glimpse {
            place,
            time,
            level,
            actor,
            action,
            correlation_id: None,
            session_id: None,
            trace_id: None,
            outcome: None,
            duration_ms: None,
            print: 0,
        };
        while let Some((name, token)) = flat.pair()? {
            take(&mut glimpse, name, &token)?;
            match &token {
                Token::Plain(text) => self.print.string(name, text),
                Token::Value(value) => self.print.field(name, value),
            }
        }
        glimpse.print = self.print.finish(prints);
        Some(glimpse)
    }
}

/// Takes what a listing needs; nothing where the full reader has to see the line.
fn take<'a>(glimpse: &mut Glimpse<'a>, name: &str, token: &Token<'a>) -> Option<()> {
    let slot = match name {
        "correlation_id" => &mut glimpse.correlation_id,
        "session_id" => &mut glimpse.session_id,
        "trace_id" => &mut glimpse.trace_id,
        "outcome" => &mut glimpse.outcome,
        "duration_ms" => {
            glimpse.duration_ms = number(&token.value());
            return Some(());
        }
        // It stands in front of the text, or is not where our writer puts it.
        "target" => return None,
        _ => return Some(()),
    };
    match token {
        Token::Plain(text) => *slot = Some(*text).filter(|text| !text.is_empty()),
        // An id is rarely spelled with an escape.
        Token::Value(Value::Str(_)) => return None,
        Token::Value(_) => {}
    }
    Some(())
}

/// The minute that was read last: most lines are of the same one, and need no calendar.
#[derive(Debug, Default)]
struct Minute {
    text: [u8; 17],
    begin: Nanos,
}

impl Minute {
    /// Reads `2026-11-21T18:34:05.123456Z`, with any number of digits up to nine, or none.
    fn moment(&mut self, text: &str) -> Option<Nanos> {
        let bytes = text.as_bytes();
        let (minute, rest) = bytes.split_at_checked(self.text.len())?;
        let (second, rest) = (rest.get(..2)?, rest.get(2..)?.strip_suffix(b"Z")?);
        if minute != self.text {
            let begin = format!("{}00Z", text.get(..minute.len())?);
            self.begin = moment::nanos(begin.parse::<Timestamp>().ok()?);
            self.text.copy_from_slice(minute);
        }
        let fraction = match rest {
            [] => b"0",
            [b'.', fraction @ ..] if (1..=9).contains(&fraction.len()) => fraction,
            _ => return None,
        };
        let seconds = digits(second).filter(|seconds| *seconds < 60)?;
        let scale = 10_i64.pow(9 - u32::try_from(fraction.len()).ok()?);
        self.begin.checked_add(seconds * 1_000_000_000 + digits(fraction)? * scale)
    }
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number: i64, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests;
