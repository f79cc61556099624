//! Logs as they lie around: the quick way to the lines of an id misses none.
//!
//! In: the bytes of a file, packed or not. Out: the same events as the slow way
//! finds, and reports in every form.

use std::cell::OnceCell;
use std::fs;

use cargo_narration::logs::{Event, Input, Shape, Source, Sources};
use cargo_narration::render::every_form;
use cargo_narration::story::{Story, Surroundings, select};
use tempfile::TempDir;

use crate::story::{adds_up, entries};

const ID: &str = "req-xyz";

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

pub(crate) fn check(data: &[u8]) {
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir().expect("a folder"));
        let path = folder.path().join("fuzz.log");
        fs::write(&path, data).expect("a file");
        find(&Sources::find(&[path]), data);
    });
}

fn find(sources: &Sources, data: &[u8]) {
    // A document that is damaged is told; what is kept of it has places of its own.
    let document = sources.found.iter().any(Source::is_kept);
    assert!(document || sources.troubles.is_empty(), "{:?}", sources.troubles);
    let plain = !document && sources.found.iter().all(|source| source.input == Input::Plain);
    let mut selection = select(sources, ID);
    if plain {
        // What names an id without a structure is a mention, and told as such.
        let structured = |entry: &&Event| entry.shape != Shape::Raw;
        let own = |entry: &&Event| entry.correlation_id() == Some(ID);
        let slow = entries(data);
        for wanted in slow.iter().filter(structured).filter(own) {
            let found = selection.entries.iter().any(|entry| same(entry, wanted));
            assert!(found, "not found: {wanted:?}");
        }
    }
    let story = Story::tell(std::mem::take(&mut selection.entries), &Surroundings::default());
    adds_up(&story);
    for (form, text) in every_form(&selection, &story, &sources.found) {
        if form == "json" {
            // For programs, which escape on their own; it has to be JSON.
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        } else {
            let marks = |c: char| c.is_control() && !matches!(c, '\n' | '\u{1b}');
            assert!(!text.contains(marks), "{form}: {text:?}");
        }
    }
}

/// An event that is read twice is told once, wherever it stood first.
fn same(one: &Event, other: &Event) -> bool {
    (one.time(), &one.actor, &one.action, one.human())
        == (other.time(), &other.actor, &other.action, other.human())
        && one.fields().eq(other.fields())
}
