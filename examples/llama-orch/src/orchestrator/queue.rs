//! The requests of one pool: one is served, the others wait, and no more than
//! so many.
//!
//! In: requests. Out: each one's place, then the requests in their order.

use std::collections::VecDeque;
use std::time::Duration;

use super::pace::Pace;

/// A queue that is bounded.
#[derive(Debug)]
pub struct Queue<T> {
    waiting: VecDeque<T>,
    serving: bool,
    capacity: usize,
    pace: Pace,
}

/// A request's place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
    /// How many requests are ahead, the one being served included.
    pub position: usize,
    /// When it is expected to start.
    pub eta: Duration,
}

/// There is no room; with what was refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Full<T>(pub T);

impl<T> Queue<T> {
    /// An empty queue with room for so many that wait.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { waiting: VecDeque::new(), serving: false, capacity, pace: Pace::default() }
    }

    /// Where a request would stand that came now.
    #[must_use]
    pub fn place(&self) -> Place {
        let position = self.waiting.len() + usize::from(self.serving);
        Place { position, eta: self.pace.eta(position) }
    }

    /// Takes a request in.
    ///
    /// # Errors
    ///
    /// So many wait already. A queue without room still takes what can be served at once.
    pub fn admit(&mut self, request: T) -> Result<Place, Full<T>> {
        let place = self.place();
        if place.position > self.capacity {
            return Err(Full(request));
        }
        self.waiting.push_back(request);
        Ok(place)
    }

    /// The next request to be served, unless one is.
    pub fn take(&mut self) -> Option<T> {
        if self.serving {
            return None;
        }
        let next = self.waiting.pop_front()?;
        self.serving = true;
        Some(next)
    }

    /// The request that was served is done; `took` is how long it took, if that says anything.
    pub fn done(&mut self, took: Option<Duration>) {
        self.serving = false;
        if let Some(took) = took {
            self.pace.learn(took);
        }
    }

    /// Takes a request out that still waits.
    pub fn remove(&mut self, which: impl FnMut(&T) -> bool) -> Option<T> {
        let index = self.waiting.iter().position(which)?;
        self.waiting.remove(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_who_is_ahead_and_what_is_served_is_ahead_too() {
        let mut queue = Queue::new(8);
        assert_eq!(queue.admit('a'), Ok(Place { position: 0, eta: Duration::ZERO }));
        assert_eq!(queue.take(), Some('a'));
        for (request, position) in [('b', 1), ('c', 2), ('d', 3)] {
            assert_eq!(queue.admit(request).map(|place| place.position), Ok(position));
        }
        assert_eq!(queue.take(), None, "one is served");
        queue.done(None);
        assert_eq!((queue.take(), queue.place().position), (Some('b'), 3));
    }

    #[test]
    fn it_is_bounded_and_has_room_again() {
        let mut queue = Queue::new(2);
        assert!(queue.admit(1).is_ok() && queue.take() == Some(1));
        assert!(queue.admit(2).is_ok() && queue.admit(3).is_ok());
        assert_eq!(queue.admit(4), Err(Full(4)));
        assert_eq!(queue.remove(|request| *request == 2), Some(2));
        assert!(queue.admit(4).is_ok());
        assert_eq!(queue.remove(|request| *request == 2), None);
    }

    #[test]
    fn without_room_it_serves_what_it_can_at_once() {
        let mut queue = Queue::new(0);
        assert!(queue.admit(1).is_ok());
        assert_eq!(queue.take(), Some(1));
        assert_eq!(queue.admit(2), Err(Full(2)));
    }

    #[test]
    fn the_eta_learns_from_what_was_served() {
        let mut queue = Queue::new(8);
        for _ in 0..30 {
            assert!(queue.admit(()).is_ok() && queue.take().is_some());
            queue.done(Some(Duration::from_millis(40)));
        }
        assert!(queue.admit(()).is_ok() && queue.take().is_some());
        assert!((40..45).contains(&queue.place().eta.as_millis()), "{:?}", queue.place());
    }
}
