//! Did you mean …? In go logs and an id that is not there, out come ids that are and look like it.

use std::collections::BTreeSet;

use narration_record::Value;

use crate::logs::{Event, Matcher, Place, Source, Sources, read_line, scan_from};

/// How many are suggested.
const MOST: usize = 3;

/// So much of the end of a log with an index is looked through, in bytes: an index answers for whole
/// ids at once, and whoever made one does not want to wait for what is none.
pub const RECENT: u64 = 8 << 20;

/// Ids that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The ids.
    pub ids: Vec<String>,
    /// Whether there are logs of which no more than their ends was looked through.
    pub recent: bool,
}

/// Ids in these logs that may have been meant: those that hold what was asked for, and those at
/// the ends of the logs that are spelled almost like it.
#[must_use]
pub fn near(sources: &Sources, asked: &str) -> Near {
    let mut ids = holding(sources, asked);
    let mut known = BTreeSet::new();
    sources.ends().iter().for_each(|event| collect(event, &mut known));
    let near = narration_taxonomy::nearest(asked, known.iter().map(String::as_str));
    let near = near.filter(|near| !ids.iter().any(|id| id == near)).map(str::to_owned);
    ids.extend(near);
    ids.truncate(MOST);
    Near { ids, recent: sources.found.iter().any(|source| from(source) > 0) }
}

/// From where on a log is looked through.
fn from(source: &Source) -> u64 {
    if source.is_indexed() { source.length.saturating_sub(RECENT) } else { 0 }
}

/// Ids of which what was asked for is a part.
fn holding(sources: &Sources, asked: &str) -> Vec<String> {
    if asked.len() < 3 {
        return Vec::new();
    }
    let read = |place: Place, line: &[u8], ids: &mut BTreeSet<String>| {
        if ids.len() < MOST {
            let mut entries = Vec::new();
            read_line(place, "", line, &mut entries);
            let mut all = BTreeSet::new();
            entries.into_iter().for_each(|entry| collect(&Event::from(entry), &mut all));
            ids.extend(all.into_iter().filter(|id| id.contains(asked)));
        }
    };
    let found = scan_from(sources, &Matcher::part(asked), from, read);
    let ids: BTreeSet<String> = found.parts.into_iter().flatten().collect();
    ids.into_iter().collect()
}

/// The values of fields that are ids by their names.
fn collect(event: &Event, ids: &mut BTreeSet<String>) {
    for (name, value) in event.fields() {
        if let (true, Value::Str(id)) = (name == "id" || name.ends_with("_id"), value) {
            ids.insert(id);
        }
    }
}
