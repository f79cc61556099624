//! Every line of a request: in go logs and any id, out come the events that belong to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use narration_record::Value;

use super::merge::drop_repeated;
use crate::logs::{Entry, Matcher, Place, Shape, Source, Sources, Trouble, read_line, scan};

/// What was found for an id.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// What was asked for.
    pub asked: String,
    /// The field that holds it: `session_id`, for instance.
    pub key: Option<String>,
    /// The correlation ids it leads to.
    pub ids: Vec<String>,
    /// The events, in the order of the logs.
    pub entries: Vec<Entry>,
    /// Correlation ids whose events name this one in a field of theirs, `caused_by` for instance.
    pub related: Vec<(String, String)>,
    /// Lines that were dropped because the very same event was read before.
    pub repeated: u64,
    /// Lines that name the id in their text or are cut off.
    pub mentions: u64,
    /// Where the first of them are: the log and the place in bytes.
    pub mentioned: Vec<(PathBuf, u64)>,
    /// Lines that were too long to look into.
    pub too_long: u64,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// What a part of a log has.
#[derive(Default)]
struct Part {
    entries: Vec<Entry>,
    mentions: Vec<Place>,
}

/// Finds what belongs to an id: the lines that have it as the value of a field, the correlation
/// ids of those, and every line of these ids. A correlation id leads to itself alone.
#[must_use]
pub fn select(sources: &Sources, asked: &str) -> Selection {
    let mut selection = Selection {
        asked: asked.to_owned(),
        troubles: sources.troubles.clone(),
        ..Selection::default()
    };
    let ids = BTreeSet::from([asked.to_owned()]);
    let mut entries = selection.read(sources, &ids);
    selection.key = entries.first().and_then(|entry| entry.key_of(asked)).map(str::to_owned);
    let direct = entries.iter().any(|entry| entry.correlation_id() == Some(asked));
    let mut found: BTreeSet<String> = if direct {
        selection.key = Some("correlation_id".to_owned());
        ids
    } else {
        entries.iter().filter_map(Entry::correlation_id).map(str::to_owned).collect()
    };
    if found.is_empty() {
        // Services that have no correlation ids may still share a trace.
        found =
            entries.iter().filter_map(|entry| entry.text("trace_id")).map(str::to_owned).collect();
        found.remove(asked);
        if !found.is_empty() {
            selection.follow(sources, &found, &mut entries);
        }
    } else if !direct {
        selection.follow(sources, &found, &mut entries);
    }
    selection.relate(&mut entries, &found, direct);
    selection.repeated = drop_repeated(&mut entries);
    selection.ids = found.into_iter().collect();
    selection.entries = entries;
    selection
}

/// The events of several correlation ids, each event once.
#[must_use]
pub fn gather(sources: &Sources, ids: &BTreeSet<String>) -> BTreeMap<String, Vec<Entry>> {
    let mut by_id: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    if ids.is_empty() {
        return by_id;
    }
    for entry in Selection::default().read(sources, ids) {
        if let Some(id) = entry.correlation_id().filter(|id| ids.contains(*id)) {
            by_id.entry(id.to_owned()).or_default().push(entry);
        }
    }
    for entries in by_id.values_mut() {
        drop_repeated(entries);
    }
    by_id
}

impl Selection {
    /// Reads every event that has one of the ids as a value.
    fn read(&mut self, sources: &Sources, ids: &BTreeSet<String>) -> Vec<Entry> {
        let matcher = Matcher::any(ids);
        let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
        let read = scan(sources, &matcher, |place, line, part: &mut Part| {
            let service = sources.found.get(place.source as usize).map_or("log", Source::service);
            let before = part.entries.len();
            read_line(place, service, line, &mut part.entries);
            let mut at = before;
            while let Some(entry) = part.entries.get(at) {
                if holds(entry, ids) {
                    at += 1;
                } else {
                    part.entries.remove(at);
                }
            }
            if at == before && names_one(line, &wanted) {
                part.mentions.push(place);
            }
        });
        self.too_long += read.too_long;
        for trouble in read.troubles {
            if !self.troubles.contains(&trouble) {
                self.troubles.push(trouble);
            }
        }
        let mut entries = Vec::new();
        for mut part in read.parts {
            entries.append(&mut part.entries);
            self.mentions += part.mentions.len() as u64;
            for place in part.mentions {
                if let Some(source) =
                    sources.found.get(place.source as usize).filter(|_| self.mentioned.len() < 3)
                {
                    self.mentioned.push((source.path.clone(), place.offset));
                }
            }
        }
        entries
    }

    /// Adds every event of the ids that the first reading led to.
    fn follow(&mut self, sources: &Sources, ids: &BTreeSet<String>, entries: &mut Vec<Entry>) {
        let known: BTreeSet<Place> = entries.iter().map(|entry| entry.place).collect();
        let more = self.read(sources, ids);
        entries.extend(more.into_iter().filter(|entry| !known.contains(&entry.place)));
        entries.sort_by_key(|entry| entry.place);
    }

    /// Leaves out the events of other requests, which only name this one.
    fn relate(&mut self, entries: &mut Vec<Entry>, ids: &BTreeSet<String>, direct: bool) {
        let mut related = BTreeSet::new();
        entries.retain(|entry| match entry.correlation_id() {
            Some(id) if ids.contains(id) || (!direct && entry.has_value(&self.asked)) => true,
            Some(id) => {
                let key = ids.iter().find_map(|id| entry.key_of(id)).unwrap_or_default();
                related.insert((id.to_owned(), key.to_owned()));
                false
            }
            None => true,
        });
        self.related = related.into_iter().collect();
    }
}

fn holds(entry: &Entry, ids: &BTreeSet<String>) -> bool {
    entry.shape != Shape::Raw
        && (entry.correlation_id().is_some_and(|id| ids.contains(id))
            || entry.target.as_ref().is_some_and(|target| ids.contains(target))
            || entry.fields.iter().any(|(_, value)| match value {
                Value::Str(text) => ids.contains(text),
                other => ids.contains(&other.to_string()),
            }))
}

/// Whether a line that has no such field has the id in its text, whole.
fn names_one(line: &[u8], ids: &[&str]) -> bool {
    ids.iter().any(|id| {
        Matcher::any([id]).is_in(line) && memchr::memmem::find(line, id.as_bytes()).is_some()
    })
}
