//! What the whole process happens in.
//!
//! In: the context its parent handed over, once. Out: what holds wherever no
//! span says otherwise.

use std::sync::{Arc, OnceLock};

use super::carried::Carried;

/// Set at most once, while the process is set up: a copy of what its environment says.
static ROOT: OnceLock<Arc<Carried>> = OnceLock::new();

/// What the process happens in, if it was started inside a context.
pub(crate) fn carried() -> Option<&'static Arc<Carried>> {
    ROOT.get()
}
