//! Anchors that gave nothing away: where they stand in a text goes in, where they stand in the
//! same text without its secrets comes out, to be judged once more there.
//!
//! What was found changes what stands around it, so that a name before a secret, or a scheme behind
//! one, may mean something that it did not mean before. Everything else stays as it is.

use std::ops::Range;

use crate::anchors::Clue;

/// How many anchors are remembered; where there are more, the whole text is looked at again.
const MOST: usize = 8;

/// Anchors that gave nothing away, in the order in which they were judged.
#[derive(Clone, Debug)]
pub(crate) struct Doubts {
    anchors: [(Clue, usize); MOST],
    len: usize,
    /// How many of them are where they stand without the secrets.
    followed: usize,
    too_many: bool,
}

impl Default for Doubts {
    #[inline]
    fn default() -> Self {
        Self { anchors: [(Clue::Provider(0), 0); MOST], len: 0, followed: 0, too_many: false }
    }
}

impl Doubts {
    /// Remembers an anchor.
    #[inline]
    pub(crate) fn push(&mut self, clue: Clue, start: usize) {
        match self.anchors.get_mut(self.len) {
            Some(anchor) => {
                *anchor = (clue, start);
                self.len += 1;
            }
            None => self.too_many = true,
        }
    }

    /// Remembers that there were others.
    pub(crate) fn push_many(&mut self) {
        self.too_many = true;
    }

    /// Whether there are none.
    pub(crate) fn are_none(&self) -> bool {
        self.len == 0
    }

    /// Whether there were more than are remembered.
    pub(crate) fn too_many(&self) -> bool {
        self.too_many
    }

    /// Follows the anchors pushed since the last time to where a part of the text stands now; what
    /// is outside of that part is gone.
    pub(crate) fn follow(&mut self, part: Range<usize>, now: usize) {
        let mut kept = self.followed;
        for index in self.followed..self.len {
            let Some(&(clue, start)) = self.anchors.get(index) else { break };
            if part.contains(&start)
                && let Some(anchor) = self.anchors.get_mut(kept)
            {
                *anchor = (clue, start - part.start + now);
                kept += 1;
            }
        }
        (self.len, self.followed) = (kept, kept);
    }

    /// The anchors and where they stand.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Clue, usize)> {
        self.anchors.iter().take(self.len).copied()
    }
}
