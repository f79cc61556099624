//! Services in processes of their own: what the environment says, and what goes wrong with it.
//!
//! In: `depot`, a small service, with arguments and an environment. Out: its lines, wherever they
//! went.

mod filters;
mod provenance;
mod service;
mod setup;
mod threads;
mod writing;
