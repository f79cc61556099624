//! Every line of a request: in go logs and any id, out come the events that belong to it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use narration_record::Value;

use super::Key;
use super::merge::drop_repeated;
use crate::logs::{
    Entry, Event, Matcher, Pack, Place, Shape, Source, Sources, Trouble, read_line, scan,
};

/// So many of the places where an id is only mentioned are kept.
const FEW: usize = 3;

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
    pub entries: Vec<Event>,
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
    pack: Pack,
    read: Vec<Entry>,
    mentions: u64,
    mentioned: Vec<Place>,
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
    let mut entries = selection.read(sources, &ids, &HashSet::new());
    selection.key = entries.first().and_then(|entry| entry.key_of(asked)).map(str::to_owned);
    let direct = entries.iter().any(|entry| entry.correlation_id() == Some(asked));
    let mut found: BTreeSet<String> = if direct {
        selection.key = Some("correlation_id".to_owned());
        ids
    } else {
        entries.iter().filter_map(Event::correlation_id).map(str::to_owned).collect()
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

/// Adds the events of other programs that share a trace with the story and have no correlation
/// id.
pub fn join_traces(sources: &Sources, selection: &mut Selection) {
    let entries = &selection.entries;
    let of_ids = entries.iter().filter(|entry| entry.correlation_id().is_some());
    let traces: BTreeSet<String> =
        of_ids.filter_map(|entry| entry.text("trace_id")).map(str::to_owned).collect();
    if traces.is_empty() {
        return;
    }
    let known: HashSet<Place> = entries.iter().map(|entry| entry.place()).collect();
    let shared = |entry: &Event| entry.text("trace_id").is_some_and(|id| traces.contains(id));
    let more = Selection::default().read(sources, &traces, &known);
    let more = more.into_iter().filter(|entry| entry.correlation_id().is_none() && shared(entry));
    selection.entries.extend(more);
    selection.entries.sort_by_key(|entry| entry.place());
    selection.repeated += drop_repeated(&mut selection.entries);
}

/// The events of several ids of a kind, each event once.
#[must_use]
pub fn gather(sources: &Sources, ids: &BTreeSet<String>, key: Key) -> BTreeMap<String, Vec<Event>> {
    let mut by_id: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    if ids.is_empty() {
        return by_id;
    }
    for entry in Selection::default().read(sources, ids, &HashSet::new()) {
        if let Some(id) = entry.text(key.field()).filter(|id| ids.contains(*id)) {
            by_id.entry(id.to_owned()).or_default().push(entry);
        }
    }
    for entries in by_id.values_mut() {
        drop_repeated(entries);
    }
    by_id
}

impl Selection {
    /// Reads every event that has one of the ids as a value, but for those that are known.
    fn read(
        &mut self,
        sources: &Sources,
        ids: &BTreeSet<String>,
        known: &HashSet<Place>,
    ) -> Vec<Event> {
        let names: Vec<(Matcher, &str)> =
            ids.iter().map(|id| (Matcher::any([id]), id.as_str())).collect();
        let read = scan(sources, &Matcher::any(ids), |place, line, part: &mut Part| {
            let service = sources.found.get(place.source as usize).map_or("log", Source::service);
            read_line(place, service, line, &mut part.read);
            let mut held = false;
            for entry in part.read.drain(..).filter(|entry| holds(entry, ids)) {
                held = true;
                if !known.contains(&entry.place) {
                    part.pack.add(entry);
                }
            }
            if !held && names_one(line, &names) {
                part.mention(place);
            }
        });
        self.too_long += read.too_long;
        for trouble in read.troubles {
            if !self.troubles.contains(&trouble) {
                self.troubles.push(trouble);
            }
        }
        let mut events = Vec::with_capacity(read.parts.iter().map(|part| part.pack.count()).sum());
        for part in read.parts {
            part.pack.append_to(&mut events);
            self.mentions += part.mentions;
            for place in part.mentioned {
                if let Some(source) =
                    sources.found.get(place.source as usize).filter(|_| self.mentioned.len() < FEW)
                {
                    self.mentioned.push((source.path.clone(), place.offset));
                }
            }
        }
        events
    }

    /// Adds every event of the ids that the first reading led to.
    fn follow(&mut self, sources: &Sources, ids: &BTreeSet<String>, entries: &mut Vec<Event>) {
        let known: HashSet<Place> = entries.iter().map(|entry| entry.place()).collect();
        entries.append(&mut self.read(sources, ids, &known));
        entries.sort_unstable_by_key(|entry| entry.place());
    }

    /// Leaves out the events of other requests, which only name this one.
    fn relate(&mut self, entries: &mut Vec<Event>, ids: &BTreeSet<String>, direct: bool) {
        let mut related = BTreeSet::new();
        entries.retain(|entry| match entry.correlation_id() {
            Some(id) if ids.contains(id) || (!direct && entry.key_of(&self.asked).is_some()) => {
                true
            }
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

impl Part {
    fn mention(&mut self, place: Place) {
        self.mentions += 1;
        if self.mentioned.len() < FEW {
            self.mentioned.push(place);
        }
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

/// Whether a line that has no such field has an id in its text, whole.
fn names_one(line: &[u8], ids: &[(Matcher, &str)]) -> bool {
    ids.iter().any(|(matcher, id)| {
        matcher.is_in(line) && memchr::memmem::find(line, id.as_bytes()).is_some()
    })
}
