//! Files that were put away.
//!
//! In: the path that is written to. Out: a name to put it away under; the files
//! that bear such names, compressed and as many as are to be kept.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use narration_record::Clock;

use super::rotation::Rotation;

/// What the time in a name looks like: `d` stands for a digit.
const SHAPE: &[u8] = b"ddddddddTdddddd.ddddddZ";

/// The name a file is put away under at a time; nobody else's. Where the clock stands still or
/// was set back, the next microsecond that is free.
pub(super) fn name(path: &Path, mut time: SystemTime) -> PathBuf {
    let (stem, ending) = halves(path);
    loop {
        let stamp = Clock::new().stamp(time).replace(['-', ':'], "");
        let name = path.with_file_name(format!("{stem}.{stamp}{ending}"));
        if !name.exists() {
            return name;
        }
        time += Duration::from_micros(1);
    }
}

/// Compresses what was put away and removes what is not to be kept.
pub(super) fn tidy(path: &Path, rotation: &Rotation) -> io::Result<()> {
    if rotation.compress {
        for file in all(path)?.iter().filter(|file| !is_compressed(file)) {
            super::compress::replace(file)?;
        }
    }
    let Some(keep) = rotation.keep else { return Ok(()) };
    let all = all(path)?;
    let surplus = all.len().saturating_sub(keep);
    all.iter().take(surplus).try_for_each(fs::remove_file)
}

/// Everything that was put away, the oldest first.
fn all(path: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let (stem, ending) = halves(path);
    let mut all = Vec::new();
    for entry in fs::read_dir(folder.unwrap_or(Path::new(".")))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let bare = name.strip_suffix(".gz").unwrap_or(&name);
        let time = bare
            .strip_prefix(&stem)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.strip_suffix(&ending));
        if time.is_some_and(is_time) {
            all.push(entry.path());
        }
    }
    all.sort();
    Ok(all)
}

/// A file's name before its ending, and its ending with the dot.
fn halves(path: &Path) -> (String, String) {
    let text = |part: Option<&std::ffi::OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let ending = path.extension().map(|_| format!(".{}", text(path.extension())));
    (text(path.file_stem()), ending.unwrap_or_default())
}

fn is_time(text: &str) -> bool {
    text.len() == SHAPE.len()
        && text.bytes().zip(SHAPE).all(|(byte, shape)| match shape {
            b'd' => byte.is_ascii_digit(),
            other => byte == *other,
        })
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "gz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_ending_has_such_names_too() {
        let away = name(Path::new("narrations"), SystemTime::now());
        let name = away.file_name().unwrap().to_string_lossy().into_owned();
        assert!(is_time(name.strip_prefix("narrations.").unwrap()), "{name}");
    }
}
