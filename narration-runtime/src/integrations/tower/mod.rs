//! Layers for servers and clients built on tower: axum, tonic, hyper.
//!
//! In: requests and responses. Out: the same, with their context and their story.

mod client;
mod server;
mod story;
mod within;

pub use client::{Client, ClientLayer};
pub use server::{Server, ServerLayer};
pub use story::{Story, StoryBody, StoryError, StoryFuture, StoryLayer};
pub use within::{ServerBody, ServerFuture};
