//! Behaviour a user sees.
