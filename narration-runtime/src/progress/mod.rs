//! Long work that says how far it is.
//!
//! In: how much more is done, as often as one likes. Out: a narration now and
//! then, and a live bar where somebody looks at a terminal.

#[cfg(feature = "progress")]
mod bar;
mod meter;

use std::time::{Duration, Instant};

#[cfg(feature = "progress")]
pub(crate) use bar::beside;
use meter::Meter;

/// How far a work is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reached {
    /// How much is done.
    pub done: u64,
    /// How much there is, if that is known.
    pub total: Option<u64>,
    /// How much of the total is done, if that is known: 0 to 100, and more when more came than was said.
    pub percent: Option<f64>,
}

/// Long work that says how far it is: a download, a build, an import.
///
/// [`add`](Self::add) may be called for every chunk. It is told when another ten
/// percent are done, but not twice within 200 ms; after ten seconds in any case;
/// and once when the total is reached. [`every`](Self::every) says otherwise. What
/// is told, and in whose name, stands at the call, where the compiler checks it:
///
/// ```
/// use narration_runtime::{Progress, narrate};
///
/// # let _narration = narration_runtime::init!();
/// # let chunks = [vec![0; 700], vec![0; 300]];
/// let model_ref = "hf:org/repo";
/// let mut progress = Progress::new(Some(1000), |at| {
///     narrate!(
///         actor = "model-provisioner",
///         action = "download",
///         human = "Downloading {model_ref}: {done} bytes",
///         done = at.done,
///         total = at.total,
///         percent = at.percent,
///     );
/// });
/// for chunk in chunks {
///     progress.add(chunk.len());
/// }
/// assert_eq!(progress.reached().percent, Some(100.0));
/// ```
///
/// With the feature `progress` there is a bar too, while standard error is a
/// terminal. Lines that this library writes to the terminal go above it.
#[must_use = "a work that is dropped at once has no progress"]
pub struct Progress<T> {
    meter: Meter,
    tell: T,
    #[cfg(feature = "progress")]
    bar: bar::Bar,
}

impl<T: FnMut(Reached)> Progress<T> {
    /// A work that begins now. Its total may not be known: `None`.
    pub fn new(total: impl Into<Option<u64>>, tell: T) -> Self {
        let total = total.into();
        Self {
            meter: Meter::new(total, Instant::now()),
            tell,
            #[cfg(feature = "progress")]
            bar: bar::Bar::new(total),
        }
    }

    /// Tells after so much more, in percent, but never twice within `least`; and after `most` in any case.
    pub fn every(mut self, percent: f64, least: Duration, most: Duration) -> Self {
        self.meter.every(percent, least, most);
        self
    }

    /// A word that stands before the bar.
    pub fn named(self, name: impl Into<String>) -> Self {
        #[cfg(feature = "progress")]
        self.bar.name(name.into());
        #[cfg(not(feature = "progress"))]
        drop(name.into());
        self
    }

    /// So much more is done. Counts in whatever the total counts in; a chunk's `len()` will do.
    pub fn add(&mut self, more: impl TryInto<u64>) {
        // What does not fit into 64 bits is more than any total.
        let due = self.meter.add(more.try_into().unwrap_or(u64::MAX), Instant::now());
        #[cfg(feature = "progress")]
        self.bar.at(self.meter.reached().done);
        if due {
            (self.tell)(self.meter.reached());
        }
    }

    /// How far it is.
    pub fn reached(&self) -> Reached {
        self.meter.reached()
    }
}

impl<T> std::fmt::Debug for Progress<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("reached", &self.meter.reached()).finish_non_exhaustive()
    }
}
