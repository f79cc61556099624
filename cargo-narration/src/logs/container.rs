//! A part of a container's log: in go a range and what its runtime left open around it, out come
//! the lines that begin in the range, put together where they were cut.
//!
//! A line belongs to the range its first piece stands in. Whoever reads the range before reads on
//! until it ends; whoever reads the one behind sees by a look back that its first pieces are
//! somebody else's.

use std::fs::File;
use std::io;
use std::sync::Arc;

use memchr::{memchr, memrchr};

use super::Matcher;
use super::blocks::{Losses, Part, Read, read_full};
use super::chunks::{Chunks, Runtime, Told, runtime};

/// What is known of a container's log beside its bytes.
#[derive(Clone, Debug)]
pub(super) struct Container {
    pub(super) runtime: Runtime,
    /// Which streams go on at its start with what the log before left open.
    pub(super) before: [bool; 2],
    /// The log that goes on where this one ends.
    pub(super) after: Option<Arc<File>>,
}

impl Container {
    /// What is known before its neighbours are.
    pub(super) fn of(runtime: Runtime) -> Self {
        Self { runtime, before: [false, false], after: None }
    }
}

/// So much of the begin of a log is looked at for who wrote it.
pub(super) const BEGIN: usize = 32 << 10;

/// So far before a range is looked for what is open there.
const BACK: u64 = 256 << 10;

/// So far behind a range is read for what is open in it.
const BEYOND: u64 = 32 << 20;

/// Who wrote a log, where a container's runtime did.
pub(super) fn written_by(file: &File) -> io::Result<Option<Runtime>> {
    let mut begin = vec![0; BEGIN];
    let length = read_full(file, &mut begin, 0)?;
    Ok(runtime(&begin[..length]))
}

/// What is open at a place in a log.
pub(super) fn resumed(file: &File, place: u64, runtime: Runtime) -> io::Result<Chunks> {
    let mut chunks = Chunks::new(runtime);
    let (start, lines) = lines_before(file, place)?;
    chunks.lines(start, &lines, u64::MAX, &mut Told::new(&Matcher::every(), &mut |_, _| {}));
    Ok(chunks)
}

/// The whole lines that stand before a place in a log, not many of them, and where they begin.
pub(super) fn lines_before(file: &File, place: u64) -> io::Result<(u64, Vec<u8>)> {
    let start = place.saturating_sub(BACK);
    let mut bytes = vec![0; usize::try_from(place - start).unwrap_or_default()];
    let length = read_full(file, &mut bytes, start)?;
    // A line that is still written is none yet.
    bytes.truncate(memrchr(b'\n', &bytes[..length]).map_or(0, |at| at + 1));
    // Where there is more before, the first of these lines is half a line.
    let half = if start == 0 { None } else { memchr(b'\n', &bytes) };
    let half = half.map_or(0, |at| at + 1);
    bytes.drain(..half);
    Ok((start + half as u64, bytes))
}

/// Looks through a part; says what is not told of it.
pub(super) fn scan(
    part: &Part<'_>,
    container: &Container,
    block: &mut Vec<u8>,
    found: &mut dyn FnMut(u64, &[u8]),
) -> io::Result<Losses> {
    let (matcher, until) = (part.matcher, part.range.end);
    let mut chunks = Chunks::new(container.runtime);
    chunks.begun_before(match part.range.start {
        0 => container.before,
        start => resumed(part.file, start, container.runtime)?.open(),
    });
    let mut told = Told::new(matcher, found);
    let at = part.walk(block, &mut |place, read| match read {
        Read::Lines(lines) => chunks.lines(place, lines, until, &mut told),
        Read::Long(line) => told.line(place, line),
        Read::TooLong => told.losses.too_long += 1,
    })?;
    go_on(part.file, at, block, &mut chunks, &mut told)?;
    if let Some(after) = &container.after {
        go_on(after, 0, block, &mut chunks, &mut told)?;
    }
    chunks.end(&mut told);
    Ok(told.losses)
}

/// Reads on until what is open has ended, or the log, or it is too far.
fn go_on(
    file: &File,
    from: u64,
    block: &mut [u8],
    chunks: &mut Chunks,
    told: &mut Told<'_>,
) -> io::Result<()> {
    let mut at = from;
    while chunks.is_open() && at - from < BEYOND {
        let length = read_full(file, block, at)?;
        let last = memrchr(b'\n', &block[..length]).map_or(0, |place| place + 1);
        let complete = if length < block.len() { length } else { last };
        if complete == 0 {
            break;
        }
        // Nothing begins here: every line is behind.
        chunks.lines(at, &block[..complete], 0, told);
        at += complete as u64;
    }
    Ok(())
}
