//! Why a request's story cannot be told.

use std::error::Error;
use std::fmt;

use crate::Fault;

/// A vocabulary does not allow what a [`StoryLayer`](super::StoryLayer) would tell.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryError {
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) faults: Vec<Fault>,
}

impl StoryError {
    /// Everything that is wrong, under the codes the compiler would have used.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for StoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { actor, action, faults } = self;
        write!(f, "requests cannot be told as `{action}` of `{actor}`")?;
        faults.iter().enumerate().try_for_each(|(index, fault)| {
            write!(f, "{}{fault}", if index == 0 { ": " } else { "; " })
        })
    }
}

impl Error for StoryError {}
