//! Compresses a file that was put away.
//!
//! In: the file. Out: the same with `.gz` behind its name; the file itself goes
//! only when that is whole. Where another process has it open it stays as it is
//! until next time.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::lock;

/// Replaces a file by its compressed self, unless somebody may still write to it.
pub(super) fn replace(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().read(true).append(true).open(path)?;
    lock::alone(&file, || {
        let (part, whole) = (with(path, ".gz.part"), with(path, ".gz"));
        write(&file, &part)?;
        fs::rename(&part, &whole)?;
        fs::remove_file(path)
    })
    .unwrap_or(Ok(()))
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(feature = "compress")]
fn write(mut from: &File, to: &Path) -> io::Result<()> {
    let mut encoder =
        flate2::write::GzEncoder::new(File::create(to)?, flate2::Compression::default());
    io::copy(&mut from, &mut encoder)?;
    encoder.finish()?.sync_all()
}

/// Nobody can ask for it.
#[cfg(not(feature = "compress"))]
fn write(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
