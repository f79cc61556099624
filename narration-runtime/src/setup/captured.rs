//! A process whose tests hear what it narrates.
//!
//! In: the subscriber of the process. Out: whether a test kit installed it. A
//! service that sets itself up inside of a test then has nothing to complain of:
//! it is heard, and by nobody else.

use tracing_core::{Subscriber, dispatcher};
use tracing_subscriber::Layer;

/// Marks a subscriber by which tests hear: `init!()` leaves hearing to it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Captured;

impl<S: Subscriber> Layer<S> for Captured {}

/// Whether the subscriber here is a test's.
pub(super) fn is_captured() -> bool {
    dispatcher::get_default(|dispatch| dispatch.is::<Captured>())
}
