//! The place of a step or an operation in its list, in half of the memory: in goes an index, out
//! comes the same.

use std::num::NonZeroU32;

/// An index below four billion, which is more than memory holds. None takes no room of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At(NonZeroU32);

impl At {
    /// The index, if it is small enough.
    pub(super) fn of(index: usize) -> Option<Self> {
        u32::try_from(index).ok()?.checked_add(1).and_then(NonZeroU32::new).map(Self)
    }

    /// The index.
    pub(super) const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}
