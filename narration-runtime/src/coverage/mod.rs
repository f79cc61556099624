//! Which narrations a run reached: what `cargo narration coverage` counts.
//!
//! In: callsites that are asked for and events that are dispatched. Out: one
//! line for whatever is new about a callsite, appended to a file of this
//! process at once, so that nothing is lost when the process is killed. Its
//! first line names the program.
//!
//! Off unless `NARRATION_COVERAGE` names a folder: then no layer is installed,
//! and nothing is paid.

mod facets;
mod handed;
mod layer;
mod recorder;
mod seen;

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use recorder::{Place, Recorder};

/// The environment variable that names the folder of the recordings.
pub const COVERAGE: &str = "NARRATION_COVERAGE";

/// Records which narrations were reached, with what, in a folder.
///
/// A layer for a subscriber of your own; [`init!`](crate::init) and the test
/// kit add it by themselves where `NARRATION_COVERAGE` names a folder. It
/// belongs on the outside of a stack: callsites that a filter keeps silent are
/// recorded as reached only when they pass here first. Clones record together.
///
/// ```no_run
/// use tracing_subscriber::prelude::*;
///
/// let coverage = narration_runtime::coverage::Coverage::from_env().transpose()?;
/// let stack = tracing_subscriber::registry().with(narration_runtime::layer()).with(coverage);
/// # let _ = stack;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Coverage(Arc<Recorder>);

/// A story that was held against its file.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The file.
    pub file: &'a Path,
    /// The digest of what it holds, in hexadecimal digits.
    pub sha256: &'a str,
    /// The test that held it, where that is known.
    pub test: Option<&'a str>,
    /// The scenario whose step held it, where a scenario did.
    pub scenario: Option<&'a str>,
    /// Where the source says so: file and line.
    pub at: &'a str,
}

impl Coverage {
    /// Records into the folder that `NARRATION_COVERAGE` names; nothing where it is not set.
    ///
    /// # Errors
    ///
    /// Why no file can be made there.
    #[must_use]
    pub fn from_env() -> Option<io::Result<Self>> {
        folder().map(|folder| Self::to_folder(&folder))
    }

    /// Records into a folder, which is made if need be.
    ///
    /// # Errors
    ///
    /// Why no file can be made there.
    pub fn to_folder(folder: &Path) -> io::Result<Self> {
        Recorder::new(folder).map(|recorder| Self(Arc::new(recorder)))
    }

    /// Records that a test made sure of a narration: the test kit's assertions call this.
    pub fn asserted(&self, actor: &str, action: &str) {
        self.0.asserted(&Place::of(actor, action));
    }

    /// Records that a test held a story against its file, and that they were the same: the test
    /// kit's snapshots call this.
    pub fn held(&self, story: &Held<'_>) {
        self.0.held(story);
    }

    /// How often something could not be written. What an event shows is tried again with the
    /// next event that shows it.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.0.lost()
    }
}

fn folder() -> Option<PathBuf> {
    env::var_os(COVERAGE).filter(|path| !path.is_empty()).map(PathBuf::from)
}
