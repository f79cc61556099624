//! The call sites that programs carry.
//!
//! In: the programs of a test run. Out: every callsite that was compiled into
//! one of them and not thrown away, by the mark that its expansion leaves there.
//! The sources say what is written; this says what was built.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use memchr::memmem;
use narration_taxonomy::event::SITE_MARK;
use rayon::prelude::*;

/// How much of a program is looked at at once, in bytes.
const BLOCK: usize = 1 << 20;

/// The longest mark that is read, in bytes: a path may be long.
const LONGEST: usize = 1 << 13;

/// What programs carry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Programs {
    /// How many could be read.
    pub(crate) read: usize,
    /// How many could not: they are gone, as those of documentation tests are.
    pub(crate) gone: usize,
    /// The callsites of all of them.
    pub(crate) sites: BTreeSet<Carried>,
}

/// A callsite in a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Carried {
    pub(crate) actor: String,
    pub(crate) action: String,
    /// As rustc names it, with forward slashes.
    pub(crate) file: String,
    pub(crate) line: u64,
}

impl Programs {
    /// Looks into programs.
    pub(crate) fn read(paths: &BTreeSet<PathBuf>) -> Self {
        let looked: Vec<_> = paths.par_iter().map(|path| carried(path)).collect();
        let mut all = Self::default();
        for looked in looked {
            match looked {
                Ok(sites) => {
                    all.read += 1;
                    all.sites.extend(sites);
                }
                Err(_) => all.gone += 1,
            }
        }
        all
    }
}

fn carried(path: &Path) -> io::Result<BTreeSet<Carried>> {
    let mut program = File::open(path)?;
    let (mut sites, mut block) = (BTreeSet::new(), Vec::with_capacity(BLOCK + LONGEST));
    loop {
        let read = program.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        let last = read < BLOCK;
        // A mark that may go on in the next block is read there.
        let until = if last { block.len() } else { block.len().saturating_sub(LONGEST) };
        for start in memmem::find_iter(&block, SITE_MARK).take_while(|start| *start < until) {
            sites.extend(block.get(start + SITE_MARK.len()..).and_then(mark));
        }
        if last {
            return Ok(sites);
        }
        block.drain(..until);
    }
}

/// The rest of a mark: `actor.action@file:line` and a line feed. What only looks like one is none.
fn mark(bytes: &[u8]) -> Option<Carried> {
    let bytes = bytes.get(..LONGEST.min(bytes.len()))?;
    let text = str::from_utf8(bytes.get(..memchr::memchr(b'\n', bytes)?)?).ok()?;
    let (name, place) = text.split_once('@')?;
    let (actor, action) = name.split_once('.')?;
    let (file, line) = place.rsplit_once(':')?;
    let is_name = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
    };
    Some(Carried {
        actor: actor.to_owned(),
        action: action.to_owned(),
        file: file.replace('\\', "/"),
        line: line.parse().ok()?,
    })
    .filter(|_| is_name(actor) && is_name(action) && !file.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(bytes: &[u8]) -> (tempfile::TempDir, BTreeSet<PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program");
        std::fs::write(&path, bytes).unwrap();
        let gone = folder.path().join("gone");
        (folder, BTreeSet::from([path, gone]))
    }

    #[test]
    fn marks_are_found_across_blocks_and_what_is_none_is_left() {
        let mut bytes = vec![0_u8; BLOCK - 20];
        bytes.extend(b"narration-site:pool-managerd.spawn@src/a b.rs:17\nnarration-site:");
        bytes.extend(b"narration-site:no name@src/a.rs:1\nnarration-site:a.b@src/a.rs:x\n");
        bytes.extend(vec![b'x'; 2 * BLOCK]);
        bytes.extend(b"narration-site:a.b@src\\c.rs:3\n\xff narration-site:cut.off@src");
        let (_folder, paths) = program(&bytes);
        let all = Programs::read(&paths);
        assert_eq!((all.read, all.gone), (1, 1));
        let found: Vec<_> = all
            .sites
            .iter()
            .map(|site| (site.actor.as_str(), site.action.as_str(), site.file.as_str(), site.line))
            .collect();
        assert_eq!(
            found,
            [("a", "b", "src/c.rs", 3), ("pool-managerd", "spawn", "src/a b.rs", 17)]
        );
    }

    #[test]
    fn a_long_program_is_read_to_its_end() {
        let mut bytes = Vec::new();
        for line in 0..100_000 {
            bytes.extend(format!("narration-site:a.b@src/lib.rs:{line}\n").bytes());
        }
        let (_folder, paths) = program(&bytes);
        assert_eq!(Programs::read(&paths).sites.len(), 100_000);
    }
}
