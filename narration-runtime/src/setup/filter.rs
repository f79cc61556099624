//! The filter of a service, which may be changed while it runs.
//!
//! In: directives. Out: the filter that holds now.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tracing_subscriber::EnvFilter;

use super::environment;
use super::error::SetupError;

/// The filter of a service, which may be changed while it runs. A handle: give
/// copies of it to whatever is to change it.
///
/// ```
/// let narration = narration_runtime::init!();
/// let filter = narration.filter().clone();
/// filter.set("warn,pool-managerd=debug,pool-managerd::spawn=trace")?;
/// assert!(filter.set("pool-managerd=loudest").is_err(), "and the former one holds");
/// # Ok::<(), narration_runtime::FilterError>(())
/// ```
#[derive(Clone)]
pub struct Filter(Arc<RwLock<EnvFilter>>);

/// Directives that cannot be read.
#[derive(Debug)]
pub struct FilterError(Vec<SetupError>);

impl Filter {
    pub(super) fn new(filter: EnvFilter) -> Self {
        Self(Arc::new(RwLock::new(filter)))
    }

    /// From now on these directives hold, for every thread: by level, by actor
    /// (`pool-managerd=debug`), by actor and action (`pool-managerd::spawn=trace`), by
    /// another crate's target, as `RUST_LOG` takes them.
    ///
    /// # Errors
    ///
    /// Each directive that cannot be read; then nothing was changed.
    pub fn set(&self, directives: &str) -> Result<(), FilterError> {
        let mut faults = Vec::new();
        let filter = environment::filter(Some(directives.to_owned()), &mut faults);
        if !faults.is_empty() {
            return Err(FilterError(faults));
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = filter;
        // Every callsite asks anew whether it is heard.
        tracing_core::callsite::rebuild_interest_cache();
        Ok(())
    }

    pub(super) fn current(&self) -> RwLockReadGuard<'_, EnvFilter> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The directives that hold now.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", *self.current())
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filter({self})")
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let SetupError::Filter { given, reason } = fault else { continue };
            let before = if index > 0 { "; " } else { "" };
            write!(f, "{before}cannot read the filter {given:?}: {reason}")?;
        }
        f.write_str(
            ". The former filter holds; directives look like `info,pool-managerd::spawn=debug`",
        )
    }
}

impl std::error::Error for FilterError {}
