//! Which logs to read: in go paths, folders, globs and `-`, out come sources in a settled order,
//! and what could not be opened.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::Glob;
use ignore::WalkBuilder;

use super::container::{self, Container};
use super::spool::{self, Kept};
use super::{Event, Index, Stop, blocks, document, rotated, tail};

/// How the bytes of a source come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file as it is, which can be read at any place.
    Plain,
    /// A file packed by gzip.
    Gzip,
    /// A file packed by Zstandard.
    Zstd,
}

/// One log.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies; `-` for standard input.
    pub path: PathBuf,
    /// How to read it.
    pub input: Input,
    /// Its length in bytes as it lies, packed or not.
    pub length: u64,
    /// What could be read only once, kept in a nameless file.
    pub(super) spooled: Option<Arc<File>>,
    /// Which blocks may hold an id, where somebody made an index.
    pub(super) index: Option<Arc<Index>>,
    /// What is known where a container's runtime wrote it and it is not packed.
    pub(super) container: Option<Container>,
}

impl Source {
    /// Rows that were fetched from elsewhere and kept in a file.
    pub(crate) fn kept(path: &Path, file: File, length: u64) -> Self {
        let spooled = Some(Arc::new(file));
        Self {
            path: path.to_owned(),
            input: Input::Plain,
            length,
            spooled,
            index: None,
            container: None,
        }
    }

    /// Whether it is kept in a nameless file: a pipe, or a document whose objects are its lines.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.spooled.is_some()
    }

    /// Whether somebody made an index of it, which is in use.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.index.is_some()
    }

    /// Whether this is standard input.
    #[must_use]
    pub fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }

    pub(super) fn open(&self) -> io::Result<Arc<File>> {
        match &self.spooled {
            Some(file) => Ok(Arc::clone(file)),
            None => File::open(&self.path).map(Arc::new),
        }
    }

    /// The name of the service as the file's name suggests it: `pool-managerd` for
    /// `logs/pool-managerd.log.2.gz`.
    #[must_use]
    pub fn service(&self) -> &str {
        let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or("log");
        let end = name.find('.').filter(|end| *end > 0).unwrap_or(name.len());
        if self.is_stdin() { "stdin" } else { &name[..end] }
    }
}

/// What could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Which log.
    pub path: PathBuf,
    /// What is wrong.
    pub reason: String,
}

impl Trouble {
    pub(crate) fn new(path: &Path, reason: impl ToString) -> Self {
        Self { path: path.to_owned(), reason: reason.to_string() }
    }
}

/// The logs that were found.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// In the order they were named; a folder's in the order of their paths.
    pub found: Vec<Source>,
    /// Logs that say until when there are any, where those that were found do not.
    pub late: Vec<Source>,
    /// Those that could not be opened.
    pub troubles: Vec<Trouble>,
    /// The indexes that are there and cannot be used.
    pub stale: Vec<Trouble>,
    /// Whether somebody wished to stop while they were looked for.
    pub stopped: bool,
    /// Whether to stop reading.
    pub stop: Stop,
}

impl Sources {
    /// Finds the logs that were named: files, folders with everything below them, globs for
    /// shells that do not expand them, and `-` for standard input. A file that is named twice, or
    /// is reached by a link too, is read once.
    #[must_use]
    pub fn find(named: &[PathBuf]) -> Self {
        Self::find_until(named, Stop::default())
    }

    /// The same, until somebody wishes to stop.
    #[must_use]
    pub fn find_until(named: &[PathBuf], stop: Stop) -> Self {
        let mut sources = Self { stop, ..Self::default() };
        let mut seen = HashSet::new();
        for path in named {
            sources.add_named(path, &mut seen);
        }
        rotated::link(&mut sources.found);
        sources
    }

    /// The events at the ends of the logs.
    #[must_use]
    pub fn ends(&self) -> Vec<Event> {
        let logs = if self.late.is_empty() { &self.found } else { &self.late };
        let ends = logs.iter().enumerate().flat_map(|(index, source)| {
            let most = if self.late.is_empty() { tail::TAIL } else { u64::MAX };
            tail::tail(u32::try_from(index).unwrap_or(u32::MAX), source, most)
        });
        ends.collect()
    }

    /// Whether not everything was read.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.stopped || self.stop.is_set()
    }

    fn add_named(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) {
        if path == Path::new("-") {
            if seen.insert(path.to_owned()) {
                self.add_stream(path, &mut io::stdin().lock());
            }
        } else if path.is_dir() {
            self.add_folder(path, seen, |_| true);
        } else if path.exists() {
            self.add_file(path, seen);
        } else {
            self.add_glob(path, seen);
        }
    }

    fn add_folder(
        &mut self,
        folder: &Path,
        seen: &mut HashSet<PathBuf>,
        wanted: impl Fn(&Path) -> bool,
    ) {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(false).hidden(true).follow_links(true);
        walk.sort_by_file_path(Path::cmp);
        for entry in walk.build() {
            match entry {
                Ok(entry) if entry.path().is_file() && wanted(entry.path()) => {
                    self.add_file(entry.path(), seen);
                }
                Ok(_) => {}
                Err(error) => self.troubles.push(Trouble::new(folder, error)),
            }
        }
    }

    fn add_glob(&mut self, pattern: &Path, seen: &mut HashSet<PathBuf>) {
        let text = pattern.to_string_lossy();
        let glob = text.contains(['*', '?', '[', '{']).then(|| Glob::new(&text));
        let Some(Ok(glob)) = glob else {
            return self.troubles.push(Trouble::new(pattern, "there is no such file or folder"));
        };
        let glob = glob.compile_matcher();
        let base = fixed_part(pattern);
        let before = self.found.len();
        if base.is_dir() {
            let strip = pattern.is_relative() && !pattern.starts_with(".");
            self.add_folder(&base, seen, |path| {
                let path = if strip { path.strip_prefix(".").unwrap_or(path) } else { path };
                glob.is_match(path)
            });
        }
        if self.found.len() == before {
            self.troubles.push(Trouble::new(pattern, "no file matches"));
        }
    }

    fn add_file(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !seen.insert(real) {
            return;
        }
        let opened = path.metadata().and_then(|metadata| Ok((metadata, File::open(path)?)));
        match opened {
            Ok((metadata, mut file)) if !metadata.is_file() => self.add_stream(path, &mut file),
            Ok((metadata, file)) => match document::lines(&file) {
                Ok(Some(kept)) => self.add_kept(path, kept),
                _ => self.add(path, &file, metadata.len(), None),
            },
            Err(error) => self.troubles.push(Trouble::new(path, error)),
        }
    }

    /// Keeps what a pipe gives, for it gives it once.
    fn add_stream(&mut self, path: &Path, stream: &mut dyn Read) {
        match spool::keep(stream, &self.stop) {
            Ok(kept) => match document::lines(&kept.file) {
                Ok(Some(lines)) => {
                    self.stopped |= kept.stopped;
                    self.add_kept(path, lines);
                }
                _ => self.add_kept(path, kept),
            },
            Err(error) => self.troubles.push(Trouble::new(path, error)),
        }
    }

    fn add_kept(&mut self, path: &Path, kept: Kept) {
        if let Some(error) = kept.error {
            self.troubles.push(Trouble::new(path, error));
        }
        self.stopped |= kept.stopped;
        let file = Arc::new(kept.file);
        self.add(path, &Arc::clone(&file), kept.length, Some(file));
    }

    fn add(&mut self, path: &Path, file: &File, length: u64, spooled: Option<Arc<File>>) {
        let index = match spooled {
            Some(_) => Ok(None),
            None => Index::load(path, file),
        };
        let index = index.unwrap_or_else(|reason| {
            self.stale.push(Trouble::new(path, reason));
            None
        });
        let index = index.map(Arc::new);
        let path = path.to_owned();
        match input(file) {
            Ok(input) => {
                let runtime = container::written_by(file).ok().flatten();
                let container = runtime.filter(|_| input == Input::Plain).map(Container::of);
                self.found.push(Source { path, input, length, spooled, index, container });
            }
            Err(error) => self.troubles.push(Trouble::new(&path, error)),
        }
    }
}

/// The folder in front of a glob's first wildcard.
fn fixed_part(pattern: &Path) -> PathBuf {
    let wild = |part: &Path| part.to_string_lossy().contains(['*', '?', '[', '{']);
    let fixed: PathBuf = pattern.components().take_while(|part| !wild(part.as_ref())).collect();
    if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed }
}

/// How to read a file: what it is packed with shows in its first bytes, not in its name.
fn input(file: &File) -> io::Result<Input> {
    let mut magic = [0; 4];
    let length = blocks::read_full(file, &mut magic, 0)?;
    Ok(match magic[..length] {
        [0x1F, 0x8B, ..] => Input::Gzip,
        [0x28, 0xB5, 0x2F, 0xFD] => Input::Zstd,
        _ => Input::Plain,
    })
}
