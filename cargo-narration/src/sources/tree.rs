//! The files of a package, found as the compiler finds them: from the root of
//! each target along its modules.
//!
//! In: a package. Out: every file of its modules once, with what stands in it.
//! What no target reaches is built by nobody and not looked at; nor is what a
//! build script writes, since no module leads there.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use narration_syntax::scan::{self, Found, FoundCall, NoSource};

use super::{Package, Text};
use crate::fault::Fault;

/// A file of a module.
pub(crate) struct SourceFile {
    /// Its text.
    pub(crate) text: Rc<Text>,
    /// Whether only tests, examples, benches or the build script are built with it.
    pub(crate) aside: bool,
    /// Whether a program wrote it.
    pub(crate) generated: bool,
    /// What stands in it, or why it cannot be told.
    pub(crate) found: Result<Vec<FoundCall>, NoSource>,
}

/// A module's file that is to be read.
struct Wanted {
    path: PathBuf,
    /// The folder of the modules below it.
    below: PathBuf,
    aside: bool,
}

/// The files of a package.
pub(crate) fn files(package: &Package, root: &Path) -> Result<Vec<SourceFile>, Fault> {
    // What is delivered comes first: a file that tests share is not theirs alone.
    let mut targets: Vec<_> = package.targets.iter().collect();
    targets.sort_by_key(|target| !target.is_delivered());
    let mut wanted: VecDeque<Wanted> = targets
        .into_iter()
        .map(|target| Wanted {
            path: target.src_path.clone(),
            below: parent(&target.src_path),
            aside: !target.is_delivered(),
        })
        .collect();
    let mut files: Vec<SourceFile> = Vec::new();
    let mut known: HashMap<PathBuf, usize> = HashMap::new();
    while let Some(Wanted { path, below, aside }) = wanted.pop_front() {
        let identity = path.canonicalize().unwrap_or_else(|_| path.clone());
        let earlier = known.get(&identity).copied();
        if earlier.and_then(|at| files.get(at)).is_some_and(|file| aside || !file.aside) {
            continue;
        }
        let file = read(&path, root, aside)?;
        for found in file.found.iter().flatten() {
            wanted.extend(module(found, &path, &below, aside));
        }
        match earlier.and_then(|at| files.get_mut(at)) {
            Some(earlier) => *earlier = file,
            None => {
                known.insert(identity, files.len());
                files.push(file);
            }
        }
    }
    Ok(files)
}

fn read(path: &Path, root: &Path, aside: bool) -> Result<SourceFile, Fault> {
    let bytes = fs::read(path).map_err(|error| Fault::unreadable(path, &error))?;
    let content =
        String::from_utf8(bytes).map_err(|_| Fault::unreadable(path, &"it is not UTF-8"))?;
    let text = Rc::new(Text::new(path, root, &content));
    let found = scan::calls(&text.content);
    Ok(SourceFile { aside, generated: is_generated(&text.content), found, text })
}

/// `@generated` in the first lines, as code hosts and formatters have it.
fn is_generated(content: &str) -> bool {
    let mut comments = content.lines().take(5).filter(|line| line.trim_start().starts_with("//"));
    comments.any(|line| line.contains("@generated"))
}

/// The file a module or an `include!` leads to, if it is there.
fn module(found: &FoundCall, from: &Path, below: &Path, aside: bool) -> Option<Wanted> {
    let aside = aside || found.testing;
    match &found.call {
        Found::Module { path, file } => {
            let (name, inline) = path.split_last()?;
            let folder = inline.iter().fold(below.to_owned(), |folder, name| folder.join(name));
            if let Some(file) = file {
                let base = if inline.is_empty() { parent(from) } else { folder };
                let path = base.join(file);
                return path.is_file().then(|| Wanted { below: parent(&path), path, aside });
            }
            let flat = folder.join(format!("{name}.rs"));
            if flat.is_file() {
                return Some(Wanted { path: flat, below: folder.join(name), aside });
            }
            let nested = folder.join(name).join("mod.rs");
            nested.is_file().then(|| Wanted { below: folder.join(name), path: nested, aside })
        }
        Found::Macro { path, arguments, .. } if path == "include" => {
            let file = syn::parse2::<syn::LitStr>(arguments.clone()).ok()?;
            let path = parent(from).join(file.value());
            path.is_file().then(|| Wanted { path, below: below.to_owned(), aside })
        }
        _ => None,
    }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}
