//! What the example shows when it is given nothing to do.
//!
//! In: an empty folder. Out: four stories: a good file, a file with another
//! digest than expected, a download, and a download that fails.

use std::fs;
use std::io;
use std::path::Path;

use crate::digest::Digest;
use crate::download::MODEL_FILE;
use crate::error::ProvisionError;
use crate::provisioner::{Model, Provisioner};

/// The content of the model that is made: the first bytes are those of its format.
const MODEL: &[u8] = b"GGUF\x03\0\0\0 a very small model";

/// What became of the four.
#[derive(Debug)]
pub struct Stories {
    /// A file that is what it should be.
    pub good: Result<Model, ProvisionError>,
    /// A file that is not.
    pub mismatch: Result<Model, ProvisionError>,
    /// A download of what the mirror has.
    pub download: Result<Model, ProvisionError>,
    /// A download of what it has not.
    pub absent: Result<Model, ProvisionError>,
}

/// Tells the four stories with files in `folder`.
///
/// # Errors
///
/// The files for the stories cannot be written. A story that ends badly is no error here.
pub fn run(folder: &Path) -> io::Result<Stories> {
    let (mirror, file) = (folder.join("mirror"), folder.join("tiny.gguf"));
    fs::create_dir_all(mirror.join("org/repo"))?;
    fs::write(&file, MODEL)?;
    fs::write(mirror.join("org/repo").join(MODEL_FILE), MODEL)?;
    let (digest, other) = (Digest::of(MODEL)?, Digest::of(&b"another model"[..])?);
    let provisioner = Provisioner::new(mirror, folder.join("models"));
    let file = format!("file:{}", file.display());
    Ok(Stories {
        good: provisioner.provide(&file, Some(digest)),
        mismatch: provisioner.provide(&file, Some(other)),
        download: provisioner.provide("hf:org/repo", Some(digest)),
        absent: provisioner.provide("hf:org/absent", None),
    })
}
