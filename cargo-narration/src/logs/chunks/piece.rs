//! One line as a container's runtime wrote it: in goes the line, out comes which stream it is of,
//! whether it is the last piece of what the container wrote, and what it says.

use memchr::memmem;

use crate::logs::{Nanos, moment};

/// How a container's output lies in its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::logs) enum Runtime {
    /// `2026-11-21T18:34:05.123456789Z stdout P text`, as containerd, CRI-O and Podman write.
    Cri,
    /// `{"log":"text\n","stream":"stdout","time":"…"}`, as Docker's json-file writes.
    Docker {
        /// Whether a text without a line feed is a piece however short it is: there are others
        /// with one. Collectors that write the same keys take the line feed off.
        feeds: bool,
    },
}

/// A line, or a piece of one.
#[derive(Debug, PartialEq)]
pub(super) struct Piece<'a> {
    /// 0 for the standard output, 1 for the standard error.
    pub(super) stream: usize,
    pub(super) last: bool,
    /// What stands before the text.
    pub(super) head: &'a [u8],
    pub(super) text: &'a [u8],
    /// What stands behind it.
    pub(super) tail: &'a [u8],
}

/// When a line was written, as its runtime says.
pub(in crate::logs) fn time(line: &[u8]) -> Option<Nanos> {
    let text = |bytes| std::str::from_utf8(bytes).ok();
    if let Some(piece) = cri(line) {
        return moment(text(piece.head.split(|byte| *byte == b' ').next()?)?);
    }
    let tail = json_file(line)?.tail;
    let at = memmem::rfind(tail, b"\"time\":\"")?;
    moment(text(tail.get(at..)?.split(|byte| *byte == b'"').nth(3)?)?)
}

/// Docker cuts after so many bytes.
const DOCKER: usize = 16 << 10;

/// A line of CRI has its text at most this far from its start.
const PREFIX: usize = 64;

/// How the log lies whose first bytes these are; nothing where no container wrote it.
pub(in crate::logs) fn runtime(begin: &[u8]) -> Option<Runtime> {
    let mut docker = None;
    for line in begin.split(|byte| *byte == b'\n') {
        if cri(line).is_some() {
            return Some(Runtime::Cri);
        }
        if let Some(piece) = json_file(line) {
            let feeds = ends_with_feed(piece.text) || docker == Some(true);
            docker = Some(feeds);
        }
    }
    docker.map(|feeds| Runtime::Docker { feeds })
}

/// Reads a line; nothing where it is none of this runtime's.
pub(super) fn piece(runtime: Runtime, line: &[u8]) -> Option<Piece<'_>> {
    match runtime {
        Runtime::Cri => cri(line),
        Runtime::Docker { feeds } => {
            let piece = json_file(line)?;
            let last = ends_with_feed(piece.text) || !(feeds || piece.text.len() >= DOCKER);
            Some(Piece { last, ..piece })
        }
    }
}

fn cri(line: &[u8]) -> Option<Piece<'_>> {
    let prefix = line.get(..PREFIX.min(line.len()))?;
    let mut words = prefix.splitn(4, |byte| *byte == b' ');
    let (time, stream, tag) = (words.next()?, words.next()?, words.next()?);
    // An empty text may stand without its blank.
    let rest = words.next().map_or(line.len(), |rest| prefix.len() - rest.len());
    let is_time = time.len() > 18 && time.first()?.is_ascii_digit() && time.contains(&b'T');
    let (head, text) = line.split_at_checked(rest)?;
    let last = match tag {
        b"F" => true,
        b"P" => false,
        _ => return None,
    };
    is_time.then_some(Piece { stream: stream_of(stream)?, last, head, text, tail: b"" })
}

fn stream_of(name: &[u8]) -> Option<usize> {
    match name {
        b"stdout" => Some(0),
        b"stderr" => Some(1),
        _ => None,
    }
}

fn json_file(line: &[u8]) -> Option<Piece<'_>> {
    const OPENING: &[u8] = b"{\"log\":\"";
    const BEHIND: &[u8] = b"\",\"stream\":\"";
    let rest = line.strip_prefix(OPENING)?;
    // Inside a text no quote stands without a backslash.
    let end = memmem::find(rest, BEHIND)?;
    let (text, tail) = rest.split_at_checked(end)?;
    let name = tail.get(BEHIND.len()..)?.split(|byte| *byte == b'"').next()?;
    Some(Piece { stream: stream_of(name)?, last: true, head: OPENING, text, tail })
}

/// Whether a text of JSON ends with a line feed: `\n` behind an even number of backslashes.
fn ends_with_feed(text: &[u8]) -> bool {
    let Some(before) = text.strip_suffix(b"n") else { return false };
    let slashes = before.iter().rev().take_while(|byte| **byte == b'\\').count();
    slashes % 2 == 1
}
