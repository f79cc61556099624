//! From a rendered line to the operating system.
//!
//! In: whole lines from any thread. Out: the same lines, in one order, in a
//! file or on a stream; what could not be written is counted by its reason and
//! told as soon as the sink takes lines again.

mod account;
mod batch;
mod builder;
mod delivery;
mod file;
mod flush;
mod handle;
mod losses;
mod outlet;
mod output;
mod queue;
#[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
mod relay;
mod stream;
mod sync;

pub use builder::SinkBuilder;
pub use delivery::{Delivery, UnknownDelivery};
pub use file::Rotation;
pub use flush::{FlushError, flush};
pub use handle::{Line, Sink, Unwritten};
pub use losses::{Loss, LossReason, Losses};
#[cfg(all(unix, feature = "syslog"))]
pub use relay::{SyslogAddress, UnknownSyslogAddress};
