//! Reads all logs at once: in go sources and what is looked for, out comes what was made of the
//! lines that may matter, in the order of the sources and their lines.

use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::Part;
use super::{Input, Matcher, Place, Source, Trouble, stream};

/// How much of a file one core takes at a time.
const PART: u64 = 8 << 20;

/// What was found.
#[derive(Debug)]
pub struct Scan<T> {
    /// In the order of the sources and their lines.
    pub found: Vec<T>,
    /// Lines that were too long to look into.
    pub too_long: u64,
    /// What could not be read, or not to its end.
    pub troubles: Vec<Trouble>,
}

impl<T> Default for Scan<T> {
    fn default() -> Self {
        Self { found: Vec::new(), too_long: 0, troubles: Vec::new() }
    }
}

/// A piece of work for one core.
enum Task<'a> {
    Part { index: u32, source: &'a Source, file: Arc<File>, range: Range<u64> },
    Packed { index: u32, source: &'a Source, file: Arc<File> },
    Lost(Trouble),
}

/// Reads every line that may matter, on all cores. `read` adds what it makes of a line.
pub fn scan<T: Send>(
    sources: &[Source],
    matcher: &Matcher,
    read: impl Fn(Place, &[u8], &mut Vec<T>) + Sync,
) -> Scan<T> {
    let tasks: Vec<Task<'_>> = sources.iter().enumerate().flat_map(tasks).collect();
    let parts: Vec<Scan<T>> = tasks
        .into_par_iter()
        .with_max_len(1)
        .map_init(Vec::new, |block, task| task.run(matcher, block, &read))
        .collect();
    let mut whole = Scan::default();
    for mut part in parts {
        whole.found.append(&mut part.found);
        whole.too_long += part.too_long;
        for trouble in part.troubles {
            if !whole.troubles.contains(&trouble) {
                whole.troubles.push(trouble);
            }
        }
    }
    whole
}

fn tasks((index, source): (usize, &Source)) -> Vec<Task<'_>> {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    let file = match source.open() {
        Ok(file) => file,
        Err(error) => return vec![Task::Lost(Trouble::new(&source.path, error))],
    };
    if source.input != Input::Plain {
        return vec![Task::Packed { index, source, file }];
    }
    (0..source.length.div_ceil(PART))
        .map(|part| {
            // The last range has no end of its own: the log may have grown.
            let end = if (part + 1) * PART >= source.length { u64::MAX } else { (part + 1) * PART };
            let range = part * PART..end;
            Task::Part { index, source, file: Arc::clone(&file), range }
        })
        .collect()
}

impl Task<'_> {
    fn run<T>(
        self,
        matcher: &Matcher,
        block: &mut Vec<u8>,
        read: &(impl Fn(Place, &[u8], &mut Vec<T>) + Sync),
    ) -> Scan<T> {
        let mut scan = Scan::default();
        match self {
            Self::Part { index, source, file, range } => {
                let found = &mut scan.found;
                let part = Part { file: &file, range, matcher };
                let result = part.scan(block, &mut |offset, line| {
                    read(Place { source: index, offset, item: 0 }, line, found);
                });
                match result {
                    Ok(too_long) => scan.too_long = too_long,
                    Err(error) => scan.troubles.push(Trouble::new(&source.path, error)),
                }
            }
            Self::Packed { index, source, file } => {
                let found = &mut scan.found;
                let outcome = stream::scan(&file, source.input, matcher, &mut |offset, line| {
                    read(Place { source: index, offset, item: 0 }, line, found);
                });
                scan.too_long = outcome.too_long;
                scan.troubles.extend(outcome.error.map(|error| Trouble::new(&source.path, error)));
            }
            Self::Lost(trouble) => scan.troubles.push(trouble),
        }
        scan
    }
}
