//! How many narrations there may be in a stretch of time.
//!
//! In: narrations, with their stories where they have one. Out: whether there
//! is room. A story that was let in is told to its end, one that was kept out
//! stays out; of how many that is remembered is bounded.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Of so many stories it is remembered what was decided.
const REMEMBERED: usize = 4096;

/// A stretch of time and what happened in it.
#[derive(Debug, Default)]
pub(super) struct Window {
    began: Option<Instant>,
    used: u32,
    decided: HashMap<u64, bool>,
}

impl Window {
    /// Whether one more may be told.
    pub(super) fn admits(
        &mut self,
        story: Option<u64>,
        most: u32,
        stretch: Duration,
        now: Instant,
    ) -> bool {
        if self.began.is_none_or(|began| now.duration_since(began) >= stretch) {
            self.began = Some(now);
            self.used = 0;
        }
        let decided = story.and_then(|story| self.decided.get(&story).copied());
        let admitted = decided.unwrap_or(self.used < most);
        self.used = self.used.saturating_add(admitted.into());
        if let (Some(story), None) = (story, decided) {
            if self.decided.len() >= REMEMBERED {
                self.decided.clear();
            }
            self.decided.insert(story, admitted);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn so_many_in_a_stretch_and_again_in_the_next() {
        let (mut window, now) = (Window::default(), Instant::now());
        let heard = |window: &mut Window, at| {
            (0..10).filter(|_| window.admits(None, 3, SECOND, at)).count()
        };
        assert_eq!(heard(&mut window, now), 3);
        assert_eq!(heard(&mut window, now + SECOND / 2), 0);
        assert_eq!(heard(&mut window, now + SECOND), 3);
    }

    #[test]
    fn a_story_is_let_in_or_kept_out_as_a_whole() {
        let (mut window, now) = (Window::default(), Instant::now());
        for story in 0..4 {
            assert_eq!(window.admits(Some(story), 2, SECOND, now), story < 2);
        }
        for story in 0..4 {
            assert_eq!(window.admits(Some(story), 2, SECOND, now), story < 2, "to its end");
            assert_eq!(window.admits(Some(story), 2, SECOND, now + SECOND), story < 2);
        }
    }
}
