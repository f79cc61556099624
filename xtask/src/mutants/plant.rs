//! A copy of the workspace whose places have switches.
//!
//! In: the workspace and the places. Out: a folder below the target folder. A
//! file that is as it was the last time is left alone, so that cargo builds
//! what changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::change::{Mutant, switched};
use crate::failure::{Failure, Telling};
use crate::workspace::Workspace;

/// What reads the switch, at the end of each crate that has one. With a file to note it in, every
/// place that is passed is noted once. Tests take variables that begin with the product's name from
/// the processes they start, so these do not.
const SWITCH: &str = r#"
#[doc(hidden)]
pub(crate) fn mutant(number: usize) -> bool {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicBool, Ordering};
    static BROKEN: OnceLock<usize> = OnceLock::new();
    static PASSED: [AtomicBool; MOST] = [const { AtomicBool::new(false) }; MOST];
    static NOTES: OnceLock<Option<std::fs::File>> = OnceLock::new();
    let number_of = || std::env::var("MUTANT").ok()?.parse().ok();
    let broken = *BROKEN.get_or_init(|| number_of().unwrap_or(0));
    if broken == 0 && !PASSED[number].swap(true, Ordering::Relaxed) {
        let notes = NOTES.get_or_init(|| {
            let file = std::env::var_os("MUTANTS_PASSED")?;
            std::fs::OpenOptions::new().append(true).create(true).open(file).ok()
        });
        if let Some(mut notes) = notes.as_ref() {
            let mut line = *b"0000000\n";
            let mut rest = number;
            for digit in line[..7].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
            let _ = std::io::Write::write_all(&mut notes, &line);
        }
    }
    broken == number
}
"#;

/// Writes the copy.
pub(super) fn plant(workspace: &Workspace, mutants: &[Mutant]) -> Result<PathBuf, Failure> {
    let tree = workspace.target().join("mutants").join("workspace");
    let most = mutants.iter().map(|mutant| mutant.number).max().unwrap_or(0) + 1;
    let crates: BTreeSet<_> = mutants.iter().map(|mutant| root(&mutant.file)).collect();
    for file in workspace.files(&[""])? {
        let from = workspace.root.join(&file);
        let shown = || format!("cannot copy {}", file.display());
        let mut bytes = fs::read(&from).told(shown)?;
        let own: Vec<_> = mutants.iter().filter(|mutant| mutant.file == file).collect();
        if !own.is_empty() || crates.contains(&file) {
            let text = String::from_utf8(bytes).told(shown)?;
            let mut text = switched(&text, own.into_iter());
            if crates.contains(&file) {
                text.push_str(&SWITCH.replace("MOST", &most.to_string()));
            }
            bytes = text.into_bytes();
        }
        let to = tree.join(&file);
        if fs::read(&to).is_ok_and(|known| known == bytes) {
            continue;
        }
        fs::create_dir_all(to.parent().unwrap_or(&tree)).told(shown)?;
        fs::write(to, bytes).told(shown)?;
    }
    Ok(tree)
}

/// The root of the crate that a file belongs to.
fn root(file: &Path) -> PathBuf {
    let package =
        file.components().next().map_or(Path::new(""), |first| Path::new(first.as_os_str()));
    package.join("src/lib.rs")
}
