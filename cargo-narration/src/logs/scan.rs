//! Reads all logs at once: in go sources and what is looked for, out comes what was made of the
//! lines that may matter, in the order of the sources and their lines.

use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Input, Matcher, Place, Source, Sources, Trouble, blocks, stream};

/// How much of a file one core takes at a time.
const PART: u64 = 8 << 20;

/// What was found.
#[derive(Debug)]
pub struct Scan<A> {
    /// What was made of the lines of each part, in the order of the sources and their lines.
    pub parts: Vec<A>,
    /// Lines that were too long to look into.
    pub too_long: u64,
    /// What could not be read, or not to its end.
    pub troubles: Vec<Trouble>,
}

/// A piece of work for one core.
enum Task<'a> {
    Part { index: u32, source: &'a Source, file: Arc<File>, range: Range<u64> },
    Packed { index: u32, source: &'a Source, file: Arc<File> },
    Lost(Trouble),
}

/// Reads every line that may matter, on all cores. `read` adds what it makes of a line to what
/// it made of the lines before it in the same part.
pub fn scan<A: Default + Send>(
    sources: &Sources,
    matcher: &Matcher,
    read: impl Fn(Place, &[u8], &mut A) + Sync,
) -> Scan<A> {
    scan_from(sources, matcher, |_| 0, read)
}

/// The same of every log from a place on, in bytes. A packed one is read as a whole, or, from a
/// place behind its start on, not at all.
pub(crate) fn scan_from<A: Default + Send>(
    sources: &Sources,
    matcher: &Matcher,
    from: impl Fn(&Source) -> u64,
    read: impl Fn(Place, &[u8], &mut A) + Sync,
) -> Scan<A> {
    let stop = &sources.stop;
    let tasks: Vec<Task<'_>> = sources
        .found
        .iter()
        .enumerate()
        .flat_map(|source| tasks(source, matcher, from(source.1)))
        .collect();
    let done: Vec<(A, Losses)> = tasks
        .into_par_iter()
        .with_max_len(1)
        .map_init(Vec::new, |block, task| match stop.is_set() {
            true => Default::default(),
            false => task.run(matcher, block, &read),
        })
        .collect();
    let mut scan = Scan { parts: Vec::with_capacity(done.len()), too_long: 0, troubles: vec![] };
    for (part, losses) in done {
        scan.parts.push(part);
        scan.too_long += losses.too_long;
        if let Some(trouble) = losses.trouble.filter(|new| !scan.troubles.contains(new)) {
            scan.troubles.push(trouble);
        }
    }
    scan
}

/// What could not be looked into.
#[derive(Default)]
struct Losses {
    too_long: u64,
    trouble: Option<Trouble>,
}

fn tasks<'a>((index, source): (usize, &'a Source), matcher: &Matcher, from: u64) -> Vec<Task<'a>> {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    let file = match source.open() {
        Ok(file) => file,
        Err(error) => return vec![Task::Lost(Trouble::new(&source.path, error))],
    };
    let known = source.index.as_ref().zip(matcher.probes());
    if source.input != Input::Plain {
        let may_have = known.is_none_or(|(index, probes)| index.may_have(probes));
        return Vec::from_iter((may_have && from == 0).then_some(Task::Packed {
            index,
            source,
            file,
        }));
    }
    // The last range has no end of its own: the log may have grown.
    let whole = || std::iter::once(0..u64::MAX).collect();
    let ranges = known.map_or_else(whole, |(index, probes)| index.ranges(probes));
    let ranges = ranges.into_iter().filter(|range| range.end > from);
    let ranges = ranges.map(|range| range.start.max(from)..range.end);
    let parts = ranges.flat_map(|range| parts(range, source.length));
    parts.map(|range| Task::Part { index, source, file: Arc::clone(&file), range }).collect()
}

/// Cuts a range so that several cores can share it.
fn parts(range: Range<u64>, length: u64) -> impl Iterator<Item = Range<u64>> {
    let known = range.end.min(length).saturating_sub(range.start).div_ceil(PART);
    // A range without an end has a last part, even where nothing was behind its start yet.
    let count = if range.end == u64::MAX { known.max(1) } else { known };
    (0..count).map(move |part| {
        let start = range.start + part * PART;
        start..if part + 1 == count { range.end } else { start + PART }
    })
}

impl Task<'_> {
    fn run<A: Default>(
        self,
        matcher: &Matcher,
        block: &mut Vec<u8>,
        read: &(impl Fn(Place, &[u8], &mut A) + Sync),
    ) -> (A, Losses) {
        let (mut part, mut losses) = (A::default(), Losses::default());
        match self {
            Self::Part { index, source, file, range } => {
                let container = source.container.as_ref();
                let range = blocks::Part { file: &file, range, matcher, container };
                let result = range.scan(block, &mut |offset, line| {
                    read(Place { source: index, offset, item: 0 }, line, &mut part);
                });
                match result {
                    Ok(lost) => losses.too_long = lost.too_long,
                    Err(error) => losses.trouble = Some(Trouble::new(&source.path, error)),
                }
            }
            Self::Packed { index, source, file } => {
                let outcome = stream::scan(&file, source.input, matcher, &mut |offset, line| {
                    read(Place { source: index, offset, item: 0 }, line, &mut part);
                });
                losses.too_long = outcome.losses.too_long;
                losses.trouble = outcome.error.map(|error| Trouble::new(&source.path, error));
            }
            Self::Lost(trouble) => losses.trouble = Some(trouble),
        }
        (part, losses)
    }
}
