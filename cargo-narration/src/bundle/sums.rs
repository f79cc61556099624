//! Checksums of a bundle, in the form that `sha256sum -c` reads.
//!
//! In: parts, or a folder. Out: `SHA256SUMS`, or every file that is missing,
//! changed or was not there when it was written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Part;
use crate::fault::Fault;

/// The name of the file.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// A file that is not as the sums say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Mismatch {
    /// The file, from the bundle's folder.
    pub(crate) file: String,
    /// What is wrong with it.
    pub(crate) what: &'static str,
}

/// The text of the sums of parts.
pub(crate) fn sums(parts: &[Part]) -> String {
    let mut lines: Vec<_> =
        parts.iter().map(|part| format!("{}  {}\n", digest(&part.bytes), part.path)).collect();
    lines.sort_by(|a, b| a.get(64..).cmp(&b.get(64..)));
    lines.concat()
}

/// The sums of a bundle, by file.
pub(crate) fn read_sums(folder: &Path) -> Result<BTreeMap<String, String>, Fault> {
    let path = folder.join(SUMS);
    let text = fs::read_to_string(&path).map_err(|error| {
        Fault::unreadable(&path, &error)
            .help("a bundle is a folder that `cargo narration bundle` made")
    })?;
    let mut sums = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let entry = line.split_once("  ").filter(|(sum, file)| sum.len() == 64 && is_inside(file));
        let Some((sum, file)) = entry else {
            return Err(Fault::unreadable(&path, &"it is no list of checksums"));
        };
        sums.insert(file.to_owned(), sum.to_owned());
    }
    Ok(sums)
}

/// A path that leads out of the bundle proves nothing about it.
fn is_inside(file: &str) -> bool {
    let path = Path::new(file);
    path.is_relative()
        && path.components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// Everything in a bundle that is not as its sums say.
pub(crate) fn verify(folder: &Path) -> Result<Vec<Mismatch>, Fault> {
    let sums = read_sums(folder)?;
    let mut mismatches = Vec::new();
    for (file, sum) in &sums {
        let path = folder.join(file);
        let what = match digest_of(&path) {
            Ok(actual) if actual == *sum => continue,
            Ok(_) => "is changed",
            Err(error) if error.kind() == io::ErrorKind::NotFound => "is missing",
            Err(error) => return Err(Fault::unreadable(&path, &error)),
        };
        mismatches.push(Mismatch { file: file.clone(), what });
    }
    let mut walk = WalkBuilder::new(folder);
    walk.standard_filters(false);
    for entry in walk.build().flatten().filter(|entry| entry.path().is_file()) {
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let file = slashed(inside);
        if file != SUMS && !sums.contains_key(&file) {
            mismatches.push(Mismatch { file, what: "is not in the list" });
        }
    }
    mismatches.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(mismatches)
}

/// The same text on every system.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn digest_of(path: &PathBuf) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut block = vec![0; 1 << 16];
    loop {
        let read = io::Read::read(&mut file, &mut block)?;
        match block.get(..read) {
            Some(bytes) if read > 0 => hasher.update(bytes),
            _ => return Ok(hex(&hasher.finalize())),
        }
    }
}

/// SHA-256, in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
