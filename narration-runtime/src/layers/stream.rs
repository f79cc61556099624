//! Narrations of one story, live, to whoever asks for them.
//!
//! In: every line with its fields, from the layer that writes. Out: to each
//! reader the lines of the one id it asked for, and no others: an event without
//! that field never arrives, and an own field goes before an inherited one, as in the record.
//!
//! Without readers a line costs one look at a number.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use narration_record::{FieldName, Fields, Style};

use crate::context::CorrelationId;

mod reader;
#[cfg(feature = "stream")]
mod sse;

use reader::Shared;

pub use reader::{Live, LiveItem};
#[cfg(feature = "stream")]
pub use sse::ServerSentEvents;

/// Where readers of live narrations register. A handle: give copies of it to
/// whatever serves them. [`Guard::streams`](crate::Guard::streams) has the one of
/// [`init!`](crate::init); a layer of your own gets one by `with_streams`.
///
/// ```
/// # async fn serve() {
/// let narration = narration_runtime::init!();
/// let streams = narration.streams().clone();
///
/// let mut live = streams.job("job-7");
/// while let Some(item) = live.next().await {
///     // a line of `job-7`, or how many were missed because this loop was slow
///     # let _ = item;
/// }
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Streams(Arc<Hub>);

#[derive(Default)]
struct Hub {
    count: AtomicUsize,
    readers: RwLock<Vec<Arc<Shared>>>,
}

/// So many lines wait for a reader, unless said otherwise.
const WAITING: usize = 1024;

impl Streams {
    /// No readers yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is narrated from now on under this correlation id.
    #[must_use]
    pub fn correlation(&self, id: &CorrelationId) -> Live {
        self.field("correlation_id", id.as_str())
    }

    /// What is narrated from now on about this job: the field `job_id`.
    #[must_use]
    pub fn job(&self, id: &str) -> Live {
        self.field("job_id", id)
    }

    /// What is narrated from now on with this very text in this field.
    #[must_use]
    pub fn field(&self, name: &'static str, value: &str) -> Live {
        self.field_with(name, value, WAITING)
    }

    /// The same with another number of lines that may wait for the reader.
    #[must_use]
    pub fn field_with(&self, name: &'static str, value: &str, waiting: usize) -> Live {
        let shared = Arc::new(Shared::new(name, value, waiting));
        let mut readers = self.0.readers.write().unwrap_or_else(PoisonError::into_inner);
        readers.push(Arc::clone(&shared));
        self.0.count.store(readers.len(), Ordering::Release);
        Live { streams: self.clone(), shared }
    }

    /// Says that there is nothing more to come with this text in this field: readers get what
    /// waits for them, and their streams end.
    pub fn finish(&self, name: &str, value: &str) {
        let readers = self.0.readers.read().unwrap_or_else(PoisonError::into_inner);
        readers.iter().filter(|reader| reader.is_for(name, value)).for_each(|one| one.finish());
    }

    /// How many read now.
    #[must_use]
    pub fn readers(&self) -> usize {
        self.0.count.load(Ordering::Acquire)
    }

    /// Gives a line to those who asked for it.
    #[inline]
    pub(super) fn offer(&self, style: Style, line: &str, inherited: Option<&Fields>, own: &Fields) {
        if self.0.count.load(Ordering::Relaxed) > 0 {
            self.offer_to_readers(style, line, inherited, own);
        }
    }

    #[cold]
    fn offer_to_readers(&self, style: Style, line: &str, inherited: Option<&Fields>, own: &Fields) {
        let readers = self.0.readers.read().unwrap_or_else(PoisonError::into_inner);
        for reader in readers.iter() {
            let mut wanted = Fields::new(style);
            wanted.str(FieldName::from(reader.name), &reader.value);
            let found = own
                .spelled(reader.name)
                .or_else(|| inherited.and_then(|fields| fields.spelled(reader.name)));
            if found.is_some() && found == wanted.spelled(reader.name) {
                reader.push(line.trim_end_matches('\n'));
            }
        }
    }

    fn leave(&self, shared: &Arc<Shared>) {
        let mut readers = self.0.readers.write().unwrap_or_else(PoisonError::into_inner);
        readers.retain(|reader| !Arc::ptr_eq(reader, shared));
        self.0.count.store(readers.len(), Ordering::Release);
    }
}

impl std::fmt::Debug for Streams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams").field("readers", &self.readers()).finish()
    }
}
