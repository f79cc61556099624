//! A vocabulary as it was in a git revision: in go a revision and a path, out comes the vocabulary
//! with what it extends, all of that revision.
//!
//! The files are put into a folder of their own, laid out as in the repository, one after the
//! other as loading asks for them.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use narration_taxonomy::{Loaded, Taxonomy, load};

use crate::exit::Exit;
use crate::fault::Fault;

/// Reads the vocabulary; a path is taken from where one stands.
pub(super) fn of_revision(revision: &str, path: &str) -> Result<Taxonomy, Fault> {
    let named = format!("{revision}:{path}");
    let fault = |why: &str| Fault::new(Exit::Unreadable, format!("{named} cannot be read: {why}"));
    let inside = inside_the_repository(path).map_err(|why| fault(&why))?;
    let file = show(revision, &inside).map_err(|why| fault(&why))?;
    let folder = tempfile::tempdir().map_err(|error| fault(&error.to_string()))?;
    let root = folder.path();
    put(root, &inside, &file).map_err(|error| fault(&error.to_string()))?;
    let loaded = complete(revision, root, &inside);
    let told = loaded.problems.iter().find(|problem| problem.is_error()).map(|problem| {
        let at = loaded.taxonomy.files.get(problem.place.file);
        let at = at.and_then(|at| at.strip_prefix(root).ok()).unwrap_or(&inside);
        let shown = problem.message.replace(&format!("{}/", root.display()), "");
        let (code, line) = (problem.rule.code, problem.place.line);
        format!("{revision}:{}:{line}: {code} {shown}", plain(at).display())
    });
    match told {
        Some(message) => Err(Fault::new(Exit::Findings, message)
            .help(format!("`git show {named}` prints it as it was"))),
        None => Ok(loaded.taxonomy),
    }
}

/// Loads the vocabulary; as long as files are missing that the revision has, gets them.
fn complete(revision: &str, root: &Path, file: &Path) -> Loaded {
    let governing = root.join(file);
    let governed = governing.parent().unwrap_or(root);
    let mut asked = HashSet::new();
    loop {
        let loaded = load(governed, Some(governing.as_os_str()));
        let missing = loaded.absent.iter().filter_map(|path| path.strip_prefix(root).ok());
        let missing: Vec<PathBuf> =
            missing.map(plain).filter(|path| asked.insert(path.clone())).collect();
        let got = missing
            .iter()
            .filter(|path| show(revision, path).is_ok_and(|file| put(root, path, &file).is_ok()));
        if got.count() == 0 {
            return loaded;
        }
    }
}

fn put(root: &Path, file: &Path, content: &[u8]) -> std::io::Result<()> {
    let path = root.join(file);
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, content)
}

/// The path from the repository's root.
fn inside_the_repository(path: &str) -> Result<PathBuf, String> {
    let ask = |what| git(&["rev-parse", what]);
    let line = |answer: Vec<u8>| String::from_utf8_lossy(&answer).trim_end().to_owned();
    let whole = if Path::new(path).is_absolute() {
        let top = line(ask("--show-toplevel")?);
        let inside = Path::new(path).strip_prefix(&top);
        inside.map_err(|_| format!("it is not in the repository {top}"))?.to_owned()
    } else {
        Path::new(&line(ask("--show-prefix")?)).join(path)
    };
    Ok(plain(&whole))
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::Normal(name) => plain.push(name),
            _ => {}
        }
    }
    plain
}

fn show(revision: &str, path: &Path) -> Result<Vec<u8>, String> {
    // Git separates folders alike on every system. Behind `--end-of-options` nothing is taken for
    // an option.
    let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    git(&["show", "--end-of-options", &format!("{revision}:{}", path.join("/"))])
}

fn git(words: &[&str]) -> Result<Vec<u8>, String> {
    let answer = Command::new("git").args(words).output();
    let answer = answer.map_err(|error| format!("git cannot be started: {error}"))?;
    if answer.status.success() {
        Ok(answer.stdout)
    } else {
        Err(String::from_utf8_lossy(&answer.stderr).trim().to_owned())
    }
}
