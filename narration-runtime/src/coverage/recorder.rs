//! The file of one process.
//!
//! In: what is new about a callsite. Out: a line that says so, in the very
//! format of narrations, each written at once by one call.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::process;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use narration_record::{Clock, Fields, Format, Head, Level, Style, write_line};
use tracing_core::{Event, Metadata};
use uuid::Uuid;

use super::Held;
use super::facets::{CORRELATED, EMITTED, Facets, REACHED, joined};
use super::handed::Handed;
use super::seen::{Key, Seen};
use crate::CorrelationId;
use crate::layers::is_narration;

const STYLE: Style = Style { format: Format::Json, colour: false };

/// Writes the recording of one process.
#[derive(Debug)]
pub(super) struct Recorder {
    file: File,
    seen: Seen,
    asserted: Mutex<Vec<(String, String)>>,
    lost: AtomicU64,
}

/// A callsite, or a narration that was asserted on.
pub(super) struct Place<'a> {
    pub(super) actor: &'a str,
    pub(super) action: &'a str,
    pub(super) level: Level,
    pub(super) module: Option<&'a str>,
    pub(super) file: Option<&'a str>,
    pub(super) line: u32,
}

impl<'a> Place<'a> {
    /// What is about an action alone.
    pub(super) fn of(actor: &'a str, action: &'a str) -> Self {
        Self { actor, action, level: Level::Info, module: None, file: None, line: 0 }
    }

    /// What is about the recording itself.
    fn own(action: &'a str) -> Self {
        Self::of("narration", action)
    }
}

impl Recorder {
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        // A process id comes back; the rest of the name does not.
        let name = format!("{}-{}.jsonl", process::id(), Uuid::now_v7().simple());
        let file = OpenOptions::new().append(true).create_new(true).open(folder.join(name))?;
        let (seen, asserted, lost) = Default::default();
        let recorder = Self { file, seen, asserted, lost };
        recorder.process();
        Ok(recorder)
    }

    /// Says which program this is: the reader looks into it for what was compiled.
    fn process(&self) {
        let program = std::env::current_exe().ok();
        let program = program.as_deref().map(Path::to_string_lossy);
        let place = Place { file: program.as_deref(), ..Place::own("coverage") };
        self.write(&place, "process", &[]);
    }

    /// Records that a callsite was executed, where that is new.
    pub(super) fn reached(&self, metadata: &Metadata<'_>) {
        if is_narration(metadata) {
            self.shows(self.seen.key(metadata, Handed::NOTHING), metadata, REACHED);
        }
    }

    /// Records what an event shows about its callsite, where it is new.
    #[inline]
    pub(super) fn told(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let key = self.seen.key(metadata, Handed::now());
        if !Seen::is_complete(key) {
            self.shown(key, event);
        }
    }

    /// The same for a callsite that may show something new.
    #[inline(never)]
    fn shown(&self, key: Key, event: &Event<'_>) {
        let metadata = event.metadata();
        if !is_narration(metadata) {
            return;
        }
        let mut facets = Facets::of(event);
        if key.handed().is_correlated() {
            facets = facets.with(CORRELATED);
        }
        if !Seen::knows(key, facets) {
            // The process itself may have an id, or the event a span it is not in.
            let correlated = facets.has(CORRELATED) || CorrelationId::current().is_some();
            let facets = if correlated { facets.with(CORRELATED) } else { facets };
            self.shows(key, metadata, facets);
        }
    }

    #[cold]
    fn shows(&self, key: Key, metadata: &Metadata<'_>, facets: Facets) {
        self.seen.note(key, facets, Facets::all(metadata), |new| {
            let Some((actor, action)) = metadata.target().split_once("::") else { return true };
            let place = Place {
                actor,
                action,
                level: crate::layers::level(metadata),
                module: metadata.module_path(),
                file: metadata.file(),
                line: metadata.line().unwrap_or(0),
            };
            let names = metadata.fields().iter().map(|field| field.name());
            let own = new.fields(names);
            let handed = if new.has(EMITTED) { key.handed().names() } else { Vec::new() };
            self.write(&place, &new.names(), &[("with", &joined(own.chain(handed)))])
        });
    }

    /// Records that a test made sure of a narration, where it is new.
    pub(super) fn asserted(&self, place: &Place<'_>) {
        let mut known = self.asserted.lock().unwrap_or_else(PoisonError::into_inner);
        let new =
            !known.iter().any(|(actor, action)| actor == place.actor && action == place.action);
        if new && self.write(place, "asserted", &[]) {
            known.push((place.actor.to_owned(), place.action.to_owned()));
        }
    }

    /// Records that a test held a story against its file.
    pub(super) fn held(&self, held: &Held<'_>) {
        let file = held.file.to_string_lossy();
        let place = Place { file: Some(&file), ..Place::own("story") };
        let (test, scenario) = (held.test.unwrap_or_default(), held.scenario.unwrap_or_default());
        let more =
            [("sha256", held.sha256), ("test", test), ("scenario", scenario), ("at", held.at)];
        self.write(&place, "story", &more);
    }

    pub(super) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// `more` are fields that are left out where they are empty.
    fn write(&self, place: &Place<'_>, facets: &str, more: &[(&'static str, &str)]) -> bool {
        let mut fields = Fields::new(STYLE);
        fields.str("facets", facets);
        for (name, text) in more.iter().filter(|(_, text)| !text.is_empty()) {
            fields.str(*name, text);
        }
        if let Some(file) = place.file {
            fields.str("file", file);
            fields.u64("line", u64::from(place.line));
        }
        let (mut line, mut clock) = (String::new(), Clock::new());
        let head = Head {
            timestamp: clock.stamp(SystemTime::now()),
            level: place.level,
            actor: place.actor,
            action: place.action,
            declared: false,
            target: place.module,
            human: "Covered",
        };
        write_line(&mut line, STYLE, &head, None, &fields);
        let written = (&self.file).write_all(line.as_bytes()).is_ok();
        if !written {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        written
    }
}
