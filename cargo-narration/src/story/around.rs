//! What else was told at a moment: in go logs, a moment and how long before and after it, out come
//! the events of all other requests and of none.

use super::{Step, merge};
use crate::logs::{Entry, Event, Matcher, Nanos, Shape, Source, Sources, read_line, scan};

/// More than these are counted: the closest to the moment are kept.
pub const MOST_AROUND: usize = 200;

/// What else was told at a moment.
#[derive(Clone, Debug)]
pub struct Around {
    /// The moment.
    pub moment: Nanos,
    /// How long before and after it, in nanoseconds.
    pub within: Nanos,
    /// What was told, in the order of time.
    pub steps: Vec<Step>,
    /// How many others there were, further from the moment.
    pub more: u64,
}

#[derive(Default)]
struct Part {
    entries: Vec<Event>,
    more: u64,
    read: Vec<Entry>,
}

/// Reads what was told at a moment, but for the story's own events.
#[must_use]
pub fn around(
    sources: &Sources,
    own: impl Fn(&Event) -> bool + Sync,
    moment: Nanos,
    within: Nanos,
) -> Around {
    let (first, last) = (moment.saturating_sub(within), moment.saturating_add(within));
    let read = scan(sources, &Matcher::every(), |place, line, part: &mut Part| {
        let service = sources.found.get(place.source as usize).map_or("log", Source::service);
        let mut read = std::mem::take(&mut part.read);
        read_line(place, service, line, &mut read);
        let told = |entry: &Entry| {
            let inside = entry.time.is_some_and(|time| time >= first && time <= last);
            inside && entry.shape != Shape::Raw
        };
        part.entries
            .extend(read.drain(..).filter(told).map(Event::from).filter(|event| !own(event)));
        part.read = read;
        // Whatever the span, the memory is bounded.
        if part.entries.len() > MOST_AROUND * 8 {
            part.more += keep_closest(&mut part.entries, moment);
        }
    });
    let (mut entries, mut more) = (Vec::new(), 0);
    for part in read.parts {
        entries.extend(part.entries);
        more += part.more;
    }
    merge::drop_repeated(&mut entries);
    more += keep_closest(&mut entries, moment);
    Around { moment, within, steps: merge::merge(entries), more }
}

/// Keeps the events that are closest to a moment; answers how many were left out.
fn keep_closest(entries: &mut Vec<Event>, moment: Nanos) -> u64 {
    let far = |entry: &Event| entry.time().map_or(u64::MAX, |time| time.abs_diff(moment));
    let before = entries.len();
    entries.sort_by_key(far);
    entries.truncate(MOST_AROUND);
    (before - entries.len()) as u64
}
