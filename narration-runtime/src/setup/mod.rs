//! One line of set-up for a service.
//!
//! In: the environment, and what a [`Builder`] says instead. Out: a subscriber
//! for the whole process and a [`Guard`]. What is wrong in the environment is
//! told through the very subscriber it configures; nothing is printed besides.

mod builder;
mod captured;
mod destination;
mod environment;
mod error;
mod export;
mod filter;
mod gate;
mod guard;
#[cfg(all(unix, feature = "signals"))]
mod signals;

pub use builder::Builder;
pub use captured::Captured;
pub use error::SetupError;
pub use filter::{Filter, FilterError};
pub use guard::Guard;

/// Sets up narration for a service and gives a [`Guard`] to hold until it ends.
///
/// The service's name is its package's. `RUST_LOG` filters (by actor:
/// `pool-managerd=debug`, by action: `pool-managerd::spawn=trace`; default
/// `info`), `NARRATION_FORMAT` is one of `json`, `logfmt`, `pretty`, `story`
/// (default: `pretty` on a terminal, else `json`), `NARRATION_FILE` is a file to
/// append to (default: standard output), `NARRATION_SINK` is `stdout`, `stderr`, `journald` or
/// `syslog` where there is no file (see [`Sink`](crate::Sink)), `NARRATION_DELIVERY` is `direct`, `block` or
/// `drop-newest` (see [`Delivery`](crate::Delivery)), `NARRATION_PROVENANCE=1` adds
/// `emitted_by` and `source_location` to each record. A [`Builder`] overrides
/// any of them. What other crates log is redacted by the crate's own vocabulary, if it has one.
///
/// A process that was started in a context (see [`InContext`](crate::InContext)) goes on with it:
/// the id, the trace and the fields in its environment are on everything it narrates.
///
/// In a test that captures (`narration_testing::capture()`) the capture goes on hearing: the guard
/// says so by [`Guard::is_installed`], and nothing is wrong.
///
/// A wrong setting does not stop the service: narration goes on by the default,
/// and the fault is narrated as an error and kept in [`Guard::faults`].
///
/// ```
/// let _narration = narration_runtime::init!();
/// ```
#[macro_export]
macro_rules! init {
    () => {
        $crate::builder!().init()
    };
}

/// The [`Builder`] that [`init!`](crate::init) starts from: it knows the package's
/// name, and what its vocabulary says of redaction, samples and limits.
///
/// ```
/// use narration_runtime::Tail;
///
/// let _narration = narration_runtime::builder!().tail(Tail::new()).init();
/// ```
#[macro_export]
macro_rules! builder {
    () => {
        $crate::Builder::new(::core::env!("CARGO_PKG_NAME"))
            .policy($crate::__private::policy!())
            .rates($crate::__private::sampling!())
    };
}

/// The [`Sampler`](crate::Sampler) for a subscriber of one's own: by `sample` and `limit` of the
/// crate's vocabulary, if it has one.
///
/// ```
/// use tracing_subscriber::prelude::*;
///
/// let sampler = narration_runtime::sampler!();
/// let stack = tracing_subscriber::registry().with(sampler).with(narration_runtime::layer());
/// # let _ = stack;
/// ```
#[macro_export]
macro_rules! sampler {
    () => {
        $crate::Sampler::new($crate::__private::sampling!())
    };
}
