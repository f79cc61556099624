//! A vocabulary and the files it extends.
//!
//! In: the governing file. Out: every file as a layer, bases first; a file
//! reached twice is read once, and one that extends itself is refused.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Loader;
use crate::files::ReadFault;
use crate::findings::quoted;
use crate::locate::{Located, Origin};
use crate::manifest::Manifest;
use crate::merge::Layer;
use crate::model::{Place, Placed};
use crate::rules;
use crate::sections;
use crate::source::Source;

pub(super) struct Layers {
    /// Bases before what extends them.
    pub(super) merged: Vec<Layer>,
    pub(super) sources: Vec<Source>,
    /// Whether every file could be read to its end: what a base declares is
    /// not missing anywhere then.
    pub(super) is_sound: bool,
    /// The files being read, outermost first, by what they really are.
    open: Vec<PathBuf>,
    known: HashMap<PathBuf, usize>,
    /// What each file extends, directly or not.
    reach: HashMap<usize, HashSet<usize>>,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            merged: Vec::new(),
            sources: Vec::new(),
            is_sound: true,
            open: Vec::new(),
            known: HashMap::new(),
            reach: HashMap::new(),
        }
    }
}

impl Loader {
    /// Reads a file over the files it extends; answers where its head stands.
    pub(super) fn layer(&mut self, file: usize, path: &Path, text: &str) -> Place {
        let identity = identity(path);
        self.layers.known.insert(identity.clone(), file);
        self.layers.open.push(identity);
        let source = Source::new(file, text);
        let draft = sections::read(&source, &mut self.findings);
        let head = draft.head;
        self.layers.is_sound &= draft.is_sound;
        self.layers.sources.push(source);
        let mut extends = HashSet::new();
        for base in &draft.extends {
            if let Some(base) = self.base(path, base) {
                extends.insert(base);
                extends.extend(self.layers.reach.get(&base).into_iter().flatten().copied());
            }
        }
        self.layers.open.pop();
        self.layers.reach.insert(file, extends.clone());
        self.layers.merged.push(Layer { draft, extends });
        head
    }

    fn base(&mut self, from: &Path, named: &Placed<String>) -> Option<usize> {
        let path = from.parent().unwrap_or(Path::new("")).join(&named.value);
        let identity = identity(&path);
        if self.layers.open.contains(&identity) {
            let message = format!("{} leads back to a file that extends it", quoted(&named.value));
            self.findings.add(&rules::EXTENDS_CYCLE, named.place, message);
            return None;
        }
        if let Some(file) = self.layers.known.get(&identity) {
            return Some(*file);
        }
        match self.files.read(&path) {
            Ok(text) => {
                let file = self.paths.len();
                self.paths.push(path.clone());
                self.layer(file, &path, &text);
                Some(file)
            }
            Err(fault) => {
                self.layers.is_sound = false;
                let message = format!("{} cannot be read: {fault}", quoted(&named.value));
                self.findings.add(&rules::EXTENDS_UNREADABLE, named.place, message);
                None
            }
        }
    }
}

/// Where to point for a governing file that has no text: at what names it,
/// or at the first byte that is wrong.
pub(super) fn unreadable_place(fault: &ReadFault, located: &Located, manifest: &Manifest) -> Place {
    if let ReadFault::NotUtf8(valid) = fault {
        return Source::new(0, valid).place(valid.len());
    }
    let named = manifest.taxonomy.as_ref().filter(|_| located.origin == Some(Origin::Manifest));
    named.map_or(Place { file: 0, line: 1, column: 1 }, |named| named.place)
}

/// What a path leads to, whichever way it is written.
fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
