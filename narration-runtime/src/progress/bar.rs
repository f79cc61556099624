//! A live bar on a terminal.
//!
//! In: how far a work is. Out: a bar at the end of the screen, gone with the
//! work. Lines that are written meanwhile go above it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The process's terminal has one place for bars, whoever works.
static BARS: OnceLock<MultiProgress> = OnceLock::new();

/// How many bars there are: without any, lines need not ask.
static SHOWN: AtomicUsize = AtomicUsize::new(0);

/// How a bar looks, with a total and without.
const WITH_TOTAL: &str = "{prefix} {wide_bar} {percent:>3} % {eta:>4}";
const WITHOUT: &str = "{prefix} {spinner} {human_pos}";

fn bars() -> &'static MultiProgress {
    // Hidden where standard error is no terminal.
    BARS.get_or_init(|| MultiProgress::with_draw_target(ProgressDrawTarget::stderr()))
}

/// The bar of one work; nothing where nobody can see it.
pub(super) struct Bar(Option<ProgressBar>);

impl Bar {
    pub(super) fn new(total: Option<u64>) -> Self {
        if bars().is_hidden() {
            return Self(None);
        }
        let (bar, style) = match total {
            Some(total) => (ProgressBar::new(total), WITH_TOTAL),
            None => (ProgressBar::no_length(), WITHOUT),
        };
        let style =
            ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
        SHOWN.fetch_add(1, Ordering::Relaxed);
        Self(Some(bars().add(bar.with_style(style))))
    }

    pub(super) fn name(&self, name: String) {
        if let Some(bar) = &self.0 {
            // A name must not drive the terminal.
            bar.set_prefix(name.replace(char::is_control, " "));
        }
    }

    pub(super) fn at(&self, done: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(done);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
            bars().remove(&bar);
            SHOWN.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Writes to a terminal beside the bars: they make room, and come back below.
pub(crate) fn beside<R>(write: impl FnOnce() -> R) -> R {
    if SHOWN.load(Ordering::Relaxed) == 0 { write() } else { bars().suspend(write) }
}
