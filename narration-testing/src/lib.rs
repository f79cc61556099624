//! Tests that read what a service narrates.
