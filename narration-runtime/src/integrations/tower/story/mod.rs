//! The story of a request: its start, and exactly one outcome.
//!
//! In: an actor and an action of a vocabulary, and requests. Out: one narration
//! when a request comes in, and one when the last byte of its answer is handed
//! over, or when it fails, or when nobody waits for it any more.

mod asked;
mod body;
mod draft;
mod ending;
mod error;
mod future;
mod grpc;
mod layer;
mod plan;
mod running;
mod supplied;
mod upload;

pub use body::StoryBody;
pub use error::StoryError;
pub use future::StoryFuture;
pub use layer::{Story, StoryLayer};
