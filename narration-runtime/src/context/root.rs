//! What the whole process happens in.
//!
//! In: the environment the process was started with. Out: what holds wherever
//! no span says otherwise.

use std::sync::{Arc, OnceLock};

use super::carried::Carried;
use super::extract::{Extracted, Trust, read};
use super::{Environment, opened, uncorrelated};

/// Set at most once, while the process is set up: a copy of what its environment says.
static ROOT: OnceLock<Arc<Carried>> = OnceLock::new();

/// What the process happens in, if it was started inside a context.
pub(crate) fn carried() -> Option<&'static Arc<Carried>> {
    ROOT.get()
}

/// The context this process was started in, on its way to be installed.
pub(crate) struct Root {
    extracted: Extracted,
    pub(crate) carried: Arc<Carried>,
}

impl Root {
    /// What the environment says; nothing where it says nothing. Who starts a process can do
    /// anything to it, so it is trusted.
    pub(crate) fn of_process() -> Option<Self> {
        let environment = Environment::of_process();
        if environment.is_empty() {
            return None;
        }
        let extracted = read(&environment, Trust::Adopt);
        let carried = Arc::new(opened::carried(&extracted.correlation));
        Some(Self { extracted, carried })
    }

    /// Makes it the context of everything that has no other, and tells what was refused of it.
    pub(crate) fn install(self) {
        uncorrelated::known();
        if ROOT.set(self.carried).is_ok() {
            self.extracted.tell();
        }
    }
}
