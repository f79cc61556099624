//! How a tracing event carries a narration.
//!
//! In: nothing. Out: the names that the macros write into every narration's
//! callsite and that the runtime finds again by their place.

/// The tracing fields that stand in front of a narration's own, in this order.
pub const HEAD: [&str; 4] = ["message", "actor", "action", "target"];
