//! The export over OTLP, where the environment asks for one.
//!
//! In: the environment. Out: an export and its layer; neither of them without
//! the feature `otel`.

#[cfg(feature = "otel")]
pub(super) use exporting::{Export, close, layer, start, watch};
#[cfg(not(feature = "otel"))]
pub(super) use silent::{Export, close, layer, start, watch};

#[cfg(feature = "otel")]
mod exporting {
    use crate::otel::{Otel, OtelLayer};
    use crate::setup::error::SetupError;
    use crate::sink::Sink;
    use crate::taxonomy::Policy;

    pub(crate) type Export = Option<Otel>;

    /// Starts the export that the environment asks for.
    pub(crate) fn start(
        service: &str,
        policy: Option<&'static Policy>,
        faults: &mut Vec<SetupError>,
    ) -> Export {
        if !Otel::is_asked_for() {
            return None;
        }
        let started = Otel::builder(service).policy(policy).build();
        started
            .map_err(|fault| faults.push(SetupError::NoExport { reason: fault.to_string() }))
            .ok()
    }

    pub(crate) fn layer(export: &Export) -> Option<OtelLayer> {
        export.as_ref().map(Otel::layer)
    }

    /// Exports what the sink loses.
    pub(crate) fn watch(export: &Export, sink: &Sink) {
        export.iter().for_each(|otel| otel.watch(sink));
    }

    /// Sends what is still waiting.
    pub(crate) fn close(export: &mut Export) {
        *export = None;
    }
}

#[cfg(not(feature = "otel"))]
mod silent {
    use tracing_subscriber::layer::Identity;

    use crate::setup::error::SetupError;
    use crate::sink::Sink;
    use crate::taxonomy::Policy;

    /// There is none.
    pub(crate) struct Export;

    pub(crate) fn start(_: &str, _: Option<&'static Policy>, _: &mut Vec<SetupError>) -> Export {
        Export
    }

    pub(crate) fn layer(_: &Export) -> Option<Identity> {
        None
    }

    pub(crate) fn watch(_: &Export, _: &Sink) {}

    pub(crate) fn close(_: &mut Export) {}
}
