//! How a tracing event carries a narration.
//!
//! In: nothing. Out: the names that the macros write into every narration's
//! callsite and that the runtime finds again by their place; and what opens the
//! text by which a callsite is found in a program.

/// The tracing fields that stand in front of a narration's own, in this order.
pub const HEAD: [&str; 4] = ["message", "actor", "action", "target"];

/// What opens the mark of a narration's callsite: a text that stands in every program the
/// callsite is compiled into, so that a reader of the program finds it. Behind it come the name
/// (`actor.action`), `@`, the source file as rustc names it, `:`, the line, and a line feed.
pub const SITE_MARK: &str = "narration-site:";
