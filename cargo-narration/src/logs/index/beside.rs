//! The file beside a log: in goes an index, out come bytes; and back, when they still belong to
//! that log.
//!
//! A line of JSON says of which log and how far; behind it stands what is known of its blocks. A log that has
//! grown is known up to where the index ends. Where anything is doubtful the index is not used.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::block::Block;
use super::{BLOCK, Probe, number};
use crate::logs::blocks::read_full;

/// What the first line of the file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    narration_index: u32,
    /// The length of the log, in bytes as it lies.
    length: u64,
    /// When the log was written to last, in nanoseconds since 1970.
    modified: u64,
    /// The file the system has under the log's name.
    file: (u64, u64),
    /// How much of the log is in the index, in bytes, unpacked.
    covered: u64,
    /// Whether the log is packed, and can be read only as a whole.
    packed: bool,
    /// The number of some of the bytes of the log.
    sample: u64,
    /// The number of what is known of the blocks.
    blocks: u64,
}

/// A change of what the bytes mean makes a new version.
const VERSION: u32 = 4;

/// So many pieces of a log are compared.
const SAMPLES: u64 = 16;

/// Of this length, in bytes.
const SAMPLE: usize = 4 << 10;

/// What is known of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    head: Head,
    pub(super) blocks: Vec<Block>,
}

/// Where the index of a log lies: beside it, hidden, so that it is not taken for a log.
#[must_use]
pub fn beside(log: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(log.file_name().unwrap_or_default());
    name.push(".narration-index");
    log.with_file_name(name)
}

impl Index {
    /// Puts together what is known of a log.
    pub(super) fn new(
        log: &File,
        packed: bool,
        covered: u64,
        blocks: Vec<Block>,
    ) -> io::Result<Self> {
        let metadata = log.metadata()?;
        let (length, modified) = (metadata.len(), modified(&metadata));
        let extent = if packed { length } else { covered };
        let sample = sample(log, extent)?;
        let head = Head {
            narration_index: VERSION,
            length,
            modified,
            file: file(&metadata),
            covered,
            packed,
            sample,
            blocks: 0,
        };
        Ok(Self { head, blocks })
    }

    /// The index of a log, if there is one.
    ///
    /// # Errors
    ///
    /// Why the one that is there cannot be used.
    pub fn load(path: &Path, log: &File) -> Result<Option<Self>, String> {
        let bytes = match fs::read(beside(path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let index = Self::from_bytes(&bytes).ok_or("it is damaged, or of another version")?;
        index.belongs_to(log)?;
        Ok(Some(index))
    }

    fn belongs_to(&self, log: &File) -> Result<(), String> {
        let metadata = log.metadata().map_err(|error| error.to_string())?;
        let (length, head) = (metadata.len(), &self.head);
        let untouched = length == head.length && modified(&metadata) == head.modified;
        let grown = length > head.length && !head.packed;
        if file(&metadata) != head.file {
            return Err("the log is another file by now".to_owned());
        }
        if !(untouched || grown) {
            return Err("the log was written to since".to_owned());
        }
        let extent = if head.packed { length } else { head.covered };
        match sample(log, extent) {
            Ok(sample) if sample == head.sample => Ok(()),
            Ok(_) => Err("the log says something else by now".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// How much of the log is in the index, in bytes, unpacked.
    #[must_use]
    pub fn covered(&self) -> u64 {
        self.head.covered
    }

    /// The parts of a plain log that may hold one of these ids: blocks side by side in one, and
    /// last whatever was added since.
    pub(in crate::logs) fn ranges(&self, probes: &[Probe]) -> Vec<Range<u64>> {
        let mut ranges: Vec<Range<u64>> = Vec::new();
        for (at, _) in self.blocks.iter().enumerate().filter(|(_, one)| may_have(one, probes)) {
            let start = at as u64 * BLOCK;
            let end = (start + BLOCK).min(self.head.covered);
            match ranges.last_mut().filter(|last| last.end == start) {
                Some(last) => last.end = end,
                None => ranges.push(start..end),
            }
        }
        ranges.push(self.head.covered..u64::MAX);
        ranges
    }

    /// Whether a packed log may hold one of these ids.
    pub(in crate::logs) fn may_have(&self, probes: &[Probe]) -> bool {
        self.blocks.iter().any(|block| may_have(block, probes))
    }

    /// The file's bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut blocks = Vec::new();
        for block in &self.blocks {
            let bytes = block.bytes();
            blocks.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
            blocks.extend_from_slice(&bytes);
        }
        let head = Head { blocks: number(&blocks), ..self.head.clone() };
        // Numbers alone: there is nothing to fail.
        let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
        bytes.push(b'\n');
        bytes.extend_from_slice(&blocks);
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let end = memchr::memchr(b'\n', bytes)?;
        let (head, mut rest) = (bytes.get(..end)?, bytes.get(end + 1..)?);
        let head: Head = serde_json::from_slice(head).ok()?;
        if head.narration_index != VERSION || head.blocks != number(rest) {
            return None;
        }
        let mut blocks = Vec::new();
        while let Some((length, behind)) = rest.split_first_chunk() {
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            let (block, behind) = behind.split_at_checked(length)?;
            blocks.push(Block::from_bytes(block));
            rest = behind;
        }
        let whole = blocks.len() as u64 == head.covered.div_ceil(BLOCK);
        let head = Head { blocks: 0, ..head };
        whole.then_some(Self { head, blocks })
    }
}

fn may_have(block: &Block, probes: &[Probe]) -> bool {
    let all = |probe: &Probe| probe.tokens().iter().all(|token| block.may_have(token));
    probes.iter().any(all)
}

/// The number of pieces of a log from its start to its end.
fn sample(log: &File, length: u64) -> io::Result<u64> {
    let mut bytes = length.to_le_bytes().to_vec();
    let last = length.saturating_sub(SAMPLE as u64);
    let mut piece = vec![0; SAMPLE];
    for at in 0..=SAMPLES {
        // Of a log that grew, nothing behind the index may count.
        let place = last / SAMPLES * at + last % SAMPLES * at / SAMPLES;
        let left = usize::try_from(length - place).unwrap_or(SAMPLE).min(SAMPLE);
        let read = read_full(log, &mut piece[..left], place)?;
        bytes.extend_from_slice(&piece[..read]);
    }
    Ok(number(&bytes))
}

fn modified(metadata: &fs::Metadata) -> u64 {
    let modified = metadata.modified().ok();
    let since = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default()
}

#[cfg(unix)]
fn file(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn file(metadata: &fs::Metadata) -> (u64, u64) {
    let created = metadata.created().ok();
    let since = created.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    (0, since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default())
}
