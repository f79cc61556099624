//! Makes or renews the index of a log: in goes the log, out comes the file beside it.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;

use rayon::prelude::*;

use super::block::{Block, Tokens};
use super::{BLOCK, Index, beside, tokens};
use crate::logs::blocks::{Part, read_full};
use crate::logs::{Input, Matcher, Source, stream};

/// What became of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Where it lies.
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
    /// How much of the log was read for it, in bytes; less than the log where an index was
    /// renewed.
    pub read: u64,
}

/// Makes the index of a log, or renews it: what the old one has of a log that only grew stays.
///
/// # Errors
///
/// What the system says when the log cannot be read or the index cannot be written.
pub fn build(source: &Source) -> io::Result<Built> {
    let log = source.open()?;
    let path = beside(&source.path);
    let old = Index::load(&source.path, &log).ok().flatten();
    let (index, read) = match source.input {
        Input::Plain => plain(source, &log, old)?,
        _ => packed(source, &log)?,
    };
    let bytes = index.to_bytes();
    // Whoever reads it meanwhile sees the old one or the new one.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(".".as_ref()))?;
    file.write_all(&bytes)?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(Built { path, length: bytes.len() as u64, read })
}

fn plain(source: &Source, log: &File, old: Option<Index>) -> io::Result<(Index, u64)> {
    let end = last_line_end(log)?;
    let mut blocks = old.map(|old| old.blocks).unwrap_or_default();
    // The last block of the old index may have got more lines.
    blocks.pop();
    let begin = blocks.len() as u64;
    let new: io::Result<Vec<Block>> = (begin..end.div_ceil(BLOCK))
        .into_par_iter()
        .map_init(Vec::new, |bytes, at| {
            let range = at * BLOCK..((at + 1) * BLOCK).min(end);
            let (matcher, container) = (&Matcher::every(), source.container.as_ref());
            block(&Part { file: log, range, matcher, container }, bytes)
        })
        .collect();
    blocks.append(&mut new?);
    Ok((Index::new(log, false, end, blocks)?, end - begin * BLOCK))
}

fn block(part: &Part<'_>, bytes: &mut Vec<u8>) -> io::Result<Block> {
    let mut known = Tokens::default();
    let lost = part.scan(bytes, &mut |_, line| tokens::each(line, &mut |run| known.add(run)))?;
    // What is cut off may go on by now.
    Ok(if lost.too_long + lost.cut > 0 { Block::Unknown } else { Block::of(known) })
}

/// A packed log has blocks of its unpacked bytes; all in one filter would be as large.
fn packed(source: &Source, log: &File) -> io::Result<(Index, u64)> {
    let (mut blocks, mut known, mut covered) = (Vec::new(), Tokens::default(), 0);
    let outcome = stream::scan(log, source.input, &Matcher::every(), &mut |offset, line| {
        while offset / BLOCK > blocks.len() as u64 {
            blocks.push(Block::of(std::mem::take(&mut known)));
        }
        tokens::each(line, &mut |run| known.add(run));
        covered = covered.max(offset + line.len() as u64);
    });
    if let Some(error) = outcome.error {
        return Err(error);
    }
    blocks.push(Block::of(known));
    // The last line may reach into a block in which none begins.
    let count = usize::try_from(covered.div_ceil(BLOCK)).unwrap_or(usize::MAX);
    blocks.resize_with(count, || Block::of(Tokens::default()));
    if outcome.losses.too_long > 0 {
        blocks.fill(Block::Unknown);
    }
    Ok((Index::new(log, true, covered, blocks)?, source.length))
}

/// Where the last whole line of a log ends.
fn last_line_end(log: &File) -> io::Result<u64> {
    let mut end = log.metadata()?.len();
    let mut block = vec![0; BLOCK as usize];
    while end > 0 {
        let begin = end.saturating_sub(BLOCK);
        let wanted = usize::try_from(end - begin).unwrap_or_default();
        let length = read_full(log, &mut block[..wanted], begin)?;
        if let Some(at) = memchr::memrchr(b'\n', &block[..length]) {
            return Ok(begin + at as u64 + 1);
        }
        end = begin;
    }
    Ok(0)
}
