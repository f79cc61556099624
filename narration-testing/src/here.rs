//! Which capture the running code is in, as far as the place it runs at says.
//!
//! In: captures that begin and end. Out: the innermost one of the running task,
//! else of the thread. A task of tokio is known by its id, since it moves from
//! thread to thread; what is no task stays on its thread.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use tokio::task::{self, Id};

use crate::recording::Recording;

thread_local! {
    static ON_THREAD: RefCell<Vec<Arc<Recording>>> = const { RefCell::new(Vec::new()) };
}

static IN_TASKS: LazyLock<RwLock<HashMap<Id, Vec<Arc<Recording>>>>> =
    LazyLock::new(RwLock::default);

/// How many tasks have captures: mostly none, and then nobody has to look.
static TASKS: AtomicUsize = AtomicUsize::new(0);

/// Where a capture was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Here {
    /// In a task.
    Task(Id),
    /// On a thread.
    Thread,
}

impl Here {
    /// Where the running code is.
    pub(crate) fn now() -> Self {
        task::try_id().map_or(Self::Thread, Self::Task)
    }

    /// Begins a capture here.
    pub(crate) fn begin(self, recording: &Arc<Recording>) {
        match self {
            Self::Thread => {
                let _ = ON_THREAD.try_with(|here| here.borrow_mut().push(Arc::clone(recording)));
            }
            Self::Task(id) => {
                let mut tasks = IN_TASKS.write().unwrap_or_else(PoisonError::into_inner);
                tasks.entry(id).or_default().push(Arc::clone(recording));
                TASKS.store(tasks.len(), Ordering::Release);
            }
        }
    }

    /// Ends it. On another thread than it was begun on it is only dead, and
    /// taken away when that thread is next looked at.
    pub(crate) fn end(self, recording: &Arc<Recording>) {
        match self {
            Self::Thread => {
                let _ = ON_THREAD.try_with(|here| here.borrow_mut().retain(|one| one.is_live()));
            }
            Self::Task(id) => {
                let mut tasks = IN_TASKS.write().unwrap_or_else(PoisonError::into_inner);
                if let Some(here) = tasks.get_mut(&id) {
                    here.retain(|one| !Arc::ptr_eq(one, recording));
                    if here.is_empty() {
                        tasks.remove(&id);
                    }
                }
                TASKS.store(tasks.len(), Ordering::Release);
            }
        }
    }
}

/// The innermost capture of the running task, else of the thread.
pub(crate) fn innermost() -> Option<Arc<Recording>> {
    in_task().or_else(on_thread)
}

fn in_task() -> Option<Arc<Recording>> {
    if TASKS.load(Ordering::Acquire) == 0 {
        return None;
    }
    let id = task::try_id()?;
    let tasks = IN_TASKS.read().unwrap_or_else(PoisonError::into_inner);
    tasks.get(&id)?.iter().rev().find(|one| one.is_live()).cloned()
}

fn on_thread() -> Option<Arc<Recording>> {
    ON_THREAD
        .try_with(|here| here.borrow().iter().rev().find(|one| one.is_live()).cloned())
        .ok()
        .flatten()
}
