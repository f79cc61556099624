//! One request, from its admission to its end.
//!
//! In: a task and the context it came in. Out: how far it is, for whoever asks,
//! and a way to give it up.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use tokio::sync::{Notify, watch};

use crate::api::{Progress, Stage, Task};
use crate::wire::Context;

/// One request.
pub(super) struct Job {
    pub(super) id: String,
    pub(super) task: Task,
    /// What it was admitted in: its id, its session and its pool belong to all that is told of it.
    pub(super) context: Context,
    pub(super) admitted: Instant,
    progress: watch::Sender<Progress>,
    leaving: AtomicBool,
    given_up: Notify,
}

/// A request that is being given up.
pub(super) struct Leaving<'j>(&'j Job);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.given_up.notify_one();
    }
}

impl Job {
    pub(super) fn new(id: String, task: Task, context: Context) -> Self {
        let progress =
            Progress { stage: Stage::Queued, tokens: 0, text: String::new(), error: None };
        Self {
            id,
            task,
            context,
            admitted: Instant::now(),
            progress: watch::Sender::new(progress),
            leaving: AtomicBool::new(false),
            given_up: Notify::new(),
        }
    }

    /// How far it is, when it has so many tokens or will have no more.
    pub(super) async fn progress(&self, tokens: u64) -> Progress {
        let mut progress = self.progress.subscribe();
        let enough = |now: &Progress| now.tokens >= tokens || now.stage.is_final();
        match progress.wait_for(enough).await {
            Ok(now) => now.clone(),
            Err(_) => self.progress.borrow().clone(),
        }
    }

    /// It goes on; what has ended stays as it ended.
    pub(super) fn is_now(&self, stage: Stage, error: Option<String>) {
        self.progress.send_if_modified(|progress| {
            let changes = !progress.stage.is_final();
            if changes {
                progress.stage = stage;
                progress.error = error;
            }
            changes
        });
    }

    /// A token came.
    pub(super) fn add(&self, token: &str) {
        self.progress.send_modify(|progress| {
            if progress.tokens > 0 {
                progress.text.push(' ');
            }
            progress.text.push_str(token);
            progress.tokens += 1;
        });
    }

    pub(super) fn stage(&self) -> Stage {
        self.progress.borrow().stage
    }

    /// It is being given up: whoever serves it stops when the guard is dropped,
    /// and takes what goes wrong until then for what it is.
    pub(super) fn leave(&self) -> Leaving<'_> {
        self.leaving.store(true, Ordering::Relaxed);
        Leaving(self)
    }

    /// Whether it is being given up.
    pub(super) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// Ready once somebody asked.
    pub(super) async fn given_up(&self) {
        self.given_up.notified().await;
    }
}
