//! Where a request enters a service, and where it leaves it.
//!
//! In: what other libraries hand over. Out: the same, with the request's context.

mod headers;
#[cfg(feature = "reqwest")]
pub mod reqwest;
#[cfg(feature = "tower")]
pub mod tower;
