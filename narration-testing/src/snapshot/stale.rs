//! Files of stories that nobody tells any more.
//!
//! In: a package's folder. Out: nothing, or a failed test that names them. A file
//! says which source asserts it; it is stale when that source is gone or does not
//! have the story's name. So it can be told without running every test.

use std::fs;
use std::path::{Path, PathBuf};

use super::golden::{NAME, SOURCE, folder};
use crate::fail;

/// Fails when there is such a file.
#[doc(hidden)]
#[track_caller]
pub fn refuse(package: &str) {
    let mut stale = Vec::new();
    let mut files = files(&folder(package));
    files.sort();
    for file in files {
        if let Some(why) = why(Path::new(package), &file) {
            let shown = file.strip_prefix(package).unwrap_or(&file).display();
            stale.push(format!("  {shown}: {why}"));
        }
    }
    if !stale.is_empty() {
        fail::now(&format!("no test tells these stories any more:\n{}", stale.join("\n")));
    }
}

/// Why a file is stale.
fn why(package: &Path, file: &Path) -> Option<String> {
    let ends_with = |ending| file.extension().is_some_and(|extension| extension == ending);
    if ends_with("new") {
        return Some("a story that was not taken over".to_owned());
    }
    if !ends_with("story") {
        return None;
    }
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return Some(error.to_string()),
    };
    let after = |start| text.lines().find_map(|line: &str| line.strip_prefix(start));
    let (Some(name), Some(source)) = (after(NAME), after(SOURCE)) else {
        return Some("it does not say who asserts it".to_owned());
    };
    match fs::read_to_string(package.join(source)) {
        Ok(code) if code.contains(&format!("\"{name}\"")) => None,
        Ok(_) => Some(format!("{source} does not assert {name:?}")),
        Err(_) => Some(format!("there is no {source}")),
    }
}

/// A source from the package's folder; the compiler names it from the workspace's.
pub(super) fn source(package: &str, source: &str) -> String {
    let package = Path::new(package);
    let found = package.ancestors().map(|root| root.join(source)).find(|file| file.is_file());
    let file = found.unwrap_or_else(|| PathBuf::from(source));
    file.strip_prefix(package).unwrap_or(&file).display().to_string().replace('\\', "/")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}
