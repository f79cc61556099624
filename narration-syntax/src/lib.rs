//! The grammar and the rules of narrate! and #[narrated].
