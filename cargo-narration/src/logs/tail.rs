//! The end of a log: in goes a plain source, out come the events of its last lines, which say
//! until when the log was written.

use super::blocks::read_full;
use super::{Event, Input, Place, Source, read_line};

/// How much of the end is looked at.
pub(super) const TAIL: u64 = 64 << 10;

/// The events of the lines in the last bytes of a log that is not packed.
pub(super) fn tail(index: u32, source: &Source, most: u64) -> Vec<Event> {
    let mut entries = Vec::new();
    let Some(file) = (source.input == Input::Plain).then(|| source.open().ok()).flatten() else {
        return Vec::new();
    };
    let start = source.length.saturating_sub(most);
    let mut bytes = vec![0; usize::try_from(source.length - start).unwrap_or(0)];
    let length = read_full(&file, &mut bytes, start).unwrap_or(0);
    // Where the log is longer, the first of these lines is cut in two.
    let skip = usize::from(start > 0);
    for line in bytes[..length].split(|byte| *byte == b'\n').skip(skip) {
        let place = Place { source: index, offset: start, item: 0 };
        read_line(place, source.service(), line, &mut entries);
    }
    entries.into_iter().map(Event::from).collect()
}
