//! Where in the logs something stands.
//!
//! In: places by their bytes. Out: files and lines, as an editor has them.

use std::fs::File;
use std::io::{BufReader, Read as _};

use anstyle::{AnsiColor, Effects, Style};

use crate::logs::{Input, Place, Source};

/// The log of a place.
pub(super) fn file(sources: &[Source], place: Place) -> String {
    let source = sources.get(place.source as usize);
    source.map_or_else(String::new, |source| source.path.display().to_string())
}

/// The lines of the places, counted from 1. What is packed or was piped in has none.
pub(super) fn lines(sources: &[Source], places: impl Iterator<Item = Place>) -> Vec<Option<u64>> {
    let mut sorted: Vec<(usize, Place)> = places.enumerate().collect();
    sorted.sort_by_key(|(_, place)| *place);
    let mut lines = vec![None; sorted.len()];
    for group in sorted.chunk_by(|(_, a), (_, b)| a.source == b.source) {
        let source = group.first().and_then(|(_, place)| sources.get(place.source as usize));
        let Some(source) =
            source.filter(|source| source.input == Input::Plain && !source.is_stdin())
        else {
            continue;
        };
        let Ok(file) = File::open(&source.path) else { continue };
        let mut reader = BufReader::with_capacity(1 << 20, file);
        let (mut line, mut at) = (1, 0);
        for (index, place) in group {
            let mut between = Vec::new();
            let skipped = place.offset.saturating_sub(at);
            if reader.by_ref().take(skipped).read_to_end(&mut between).is_err() {
                break;
            }
            line += memchr::memchr_iter(b'\n', &between).count() as u64;
            at = place.offset;
            if let Some(slot) = lines.get_mut(*index) {
                *slot = Some(line);
            }
        }
    }
    lines
}

/// The colour of a severity.
pub(super) fn style(severity: &str) -> Style {
    let colour = if severity == "error" { AnsiColor::Red } else { AnsiColor::Yellow };
    colour.on_default().effects(Effects::BOLD)
}
