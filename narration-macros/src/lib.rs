//! narrate!, #[narrated] and taxonomy!.
