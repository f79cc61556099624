//! What the scenarios are called.
//!
//! In: attempts as their spans are opened, and the news that scenarios have
//! started. Out: the name of each attempt, for the stories that its steps held
//! against their files. A span says a number and an event a name, and nothing
//! says both; but cucumber opens the one right behind the other, in one task,
//! so that the first of the spans belongs to the first of the events.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::coverage::{self, Holding};

thread_local! {
    /// Attempts whose names are on their way; a cucumber stays on its thread.
    static UNNAMED: RefCell<VecDeque<Arc<Naming>>> = const { RefCell::new(VecDeque::new()) };
}

/// The name of an attempt, and what waits for it.
#[derive(Default)]
pub(crate) struct Naming(Mutex<Named>);

#[derive(Default)]
struct Named {
    name: Option<Arc<str>>,
    waiting: Vec<Holding>,
}

impl Naming {
    /// An attempt that begins on this thread.
    pub(super) fn begun() -> Arc<Self> {
        let naming = Arc::new(Self::default());
        let _ = UNNAMED.try_with(|unnamed| unnamed.borrow_mut().push_back(Arc::clone(&naming)));
        naming
    }

    /// The name, where it is known already; else the story is told again once it is.
    pub(crate) fn name_for(&self, holding: Holding) -> Option<Arc<str>> {
        let mut named = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if named.name.is_none() {
            named.waiting.push(holding);
        }
        named.name.clone()
    }
}

/// A cucumber begins on this thread: what another one left says nothing about it.
pub(super) fn begin() {
    let _ = UNNAMED.try_with(|unnamed| unnamed.borrow_mut().clear());
}

/// The next scenario of this thread has started.
pub(super) fn started(feature: &str, scenario: &str) {
    let next = UNNAMED.try_with(|unnamed| unnamed.borrow_mut().pop_front());
    let Ok(Some(naming)) = next else { return };
    let name: Arc<str> = format!("{feature}: {scenario}").into();
    let mut named = naming.0.lock().unwrap_or_else(PoisonError::into_inner);
    named.name = Some(Arc::clone(&name));
    let waiting = std::mem::take(&mut named.waiting);
    drop(named);
    waiting.iter().for_each(|holding| coverage::record(holding, Some(&name)));
}
