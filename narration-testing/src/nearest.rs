//! The narration that comes nearest to what was asked.
//!
//! In: a query that nothing passes. Out: the event that passes most of it, and
//! the difference, key by key.

use similar::TextDiff;

use crate::event::Event;
use crate::query::Query;
use crate::test::Test;

/// The most events that are compared word by word.
const COMPARED: usize = 512;

/// The event that comes nearest, if any comes near at all.
pub(crate) fn nearest<'e>(query: &Query<'_>, events: &'e [Event]) -> Option<&'e Event> {
    let events = events.get(events.len().saturating_sub(COMPARED)..).unwrap_or(events);
    let scored = events.iter().map(|event| (score(query.tests(), event), event));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(score, _)| *score > 0.0).map(|(_, event)| event)
}

/// More for each test an event passes, and a part of that for coming near.
fn score(tests: &[Test], event: &Event) -> f32 {
    let part = |test: &Test| match test {
        // Nearly every narration passes these.
        Test::AtLeast(_) | Test::Heard(_) => {
            if test.passes(event) {
                0.2
            } else {
                0.0
            }
        }
        _ if test.passes(event) => 1.0,
        _ => similarity(test, event),
    };
    tests.iter().map(part).sum()
}

/// What having the key asked for is worth, whatever its value.
const KEY: f32 = 0.3;

/// How alike what is asked and what is there are: from 0 to below 1.
fn similarity(test: &Test, event: &Event) -> f32 {
    let (wanted, found) = match test {
        Test::Text(text) => (text.as_str(), Some(event.human.clone())),
        Test::Is(key, value) => (value.as_str(), event.value(key).map(|value| value.to_string())),
        _ => return 0.0,
    };
    let Some(found) = found else { return 0.0 };
    let alike = TextDiff::from_chars(wanted, found.as_str()).ratio().max(shared(wanted, &found));
    // What only shares letters is not near.
    let alike = if alike < 0.5 { 0.0 } else { alike * 0.9 };
    if event.field(test.key()).is_some() { alike.max(KEY) } else { alike }
}

/// The part of the wanted words that are found, in whatever order and form.
fn shared(wanted: &str, found: &str) -> f32 {
    let (wanted, found) = (wanted.to_lowercase(), found.to_lowercase());
    let known: Vec<_> = found.split_whitespace().collect();
    let (mut all, mut there) = (0_u8, 0_u8);
    for word in wanted.split_whitespace().take(usize::from(u8::MAX)) {
        all += 1;
        there += u8::from(known.iter().any(|known| same_stem(word, known)));
    }
    f32::from(there) / f32::from(all.max(1))
}

/// Whether two words begin alike for more than half of the longer one: `spawned`, `spawning`.
fn same_stem(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    same * 2 > one.chars().count().max(other.chars().count())
}

/// What was asked beside what the event has, for each test it does not pass.
pub(crate) fn difference(query: &Query<'_>, event: &Event) -> String {
    let mut text = String::new();
    for test in query.tests().iter().filter(|test| !test.passes(event)) {
        let key = test.key();
        text.push_str(&format!("    - {key}: {}\n", test.wanted()));
        text.push_str(&format!("    + {key}: {}\n", test.found(event)));
    }
    text
}
