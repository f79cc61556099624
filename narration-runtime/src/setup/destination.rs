//! Where a service's lines go.
//!
//! In: what was said in code and in the environment. Out: the sink that is asked
//! for, not open yet.

use std::path::PathBuf;

use super::environment;
use super::error::SetupError;
use crate::sink::{Delivery, Rotation, Sink, SinkBuilder};

/// What was said in code about where lines go.
#[derive(Clone, Debug, Default)]
pub(super) struct Destination {
    pub(super) sink: Option<SinkBuilder>,
    pub(super) file: Option<PathBuf>,
    pub(super) stderr: bool,
    pub(super) delivery: Option<Delivery>,
    pub(super) rotation: Option<Rotation>,
}

impl Destination {
    /// The sink that is asked for.
    pub(super) fn choose(&self, faults: &mut Vec<SetupError>) -> SinkBuilder {
        let file = || self.file.clone().or_else(environment::file);
        let chosen = self.sink.clone().or_else(|| file().map(Sink::file));
        let chosen = chosen.or_else(|| environment::sink(faults));
        let stream = || if self.stderr { Sink::stderr() } else { Sink::stdout() };
        let chosen = chosen.unwrap_or_else(stream);
        let chosen = match &self.rotation {
            Some(rotation) => chosen.rotation(rotation.clone()),
            None => chosen,
        };
        match self.delivery.or_else(|| environment::delivery(faults)) {
            // What the sink itself was told holds before the environment.
            Some(delivery) if self.delivery.is_some() || chosen.delivery.is_none() => {
                chosen.delivery(delivery)
            }
            _ => chosen,
        }
    }
}
