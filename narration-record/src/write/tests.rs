//! Lines as a user sees them.
