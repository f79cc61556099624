//! Whether a file is what it should be.
//!
//! In: a file and the digest it should have. Out: nothing, or why it is not
//! verified; `verify` is narrated before, `verified` or `verify-failed` after.

use std::path::Path;

use narration_runtime::narrated;

use crate::digest::Digest;
use crate::error::VerifyError;

/// Reads the file and compares. `model_id` and `digest` are in the action's
/// whitelist and so are recorded; `path` is not, and so is not.
#[narrated(action = "verify", error_kind = kind(err))]
pub(crate) fn verify(model_id: &str, digest: &Digest, path: &Path) -> Result<(), VerifyError> {
    let actual = Digest::of_file(path).map_err(VerifyError::Unreadable)?;
    if actual == *digest {
        return Ok(());
    }
    Err(VerifyError::Mismatch { expected: *digest, actual })
}

/// The word that dashboards count by.
fn kind(error: &VerifyError) -> &'static str {
    match error {
        VerifyError::Mismatch { .. } => "digest-mismatch",
        VerifyError::Unreadable(_) => "unreadable",
    }
}
