//! What the environment says about a set-up.
//!
//! In: variables. Out: settings, each with the fault that kept it from being
//! what was asked for.

use std::env;
use std::path::PathBuf;

use narration_record::Format;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, LevelFilter};

use super::error::SetupError;
use crate::coverage::Coverage;
use crate::sink::{Delivery, Sink, SinkBuilder};

/// `NARRATION_FORMAT`, if it is set. An unknown one is a fault, and `default` is used.
pub(super) fn format(default: Format, faults: &mut Vec<SetupError>) -> Format {
    let Some(given) = env::var_os("NARRATION_FORMAT").filter(|text| !text.is_empty()) else {
        return default;
    };
    let given = given.to_string_lossy().into_owned();
    given.parse().unwrap_or_else(|_| {
        faults.push(SetupError::UnknownFormat { given, used: default });
        default
    })
}

/// `NARRATION_FILE`, if it is set.
pub(super) fn file() -> Option<PathBuf> {
    env::var_os("NARRATION_FILE").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The service that `NARRATION_SINK` names. An unknown one is a fault, and the usual sink is used.
pub(super) fn sink(faults: &mut Vec<SetupError>) -> Option<SinkBuilder> {
    let given = env::var_os("NARRATION_SINK").filter(|word| !word.is_empty())?;
    let given = given.to_string_lossy().into_owned();
    let sink = match given.as_str() {
        "stdout" => Some(Sink::stdout()),
        "stderr" => Some(Sink::stderr()),
        service => Sink::named(service),
    };
    if sink.is_none() {
        faults.push(SetupError::UnknownSink { given });
    }
    sink
}

/// `NARRATION_DELIVERY`, if it is set. An unknown one is a fault, and the sink's usual one is used.
pub(super) fn delivery(faults: &mut Vec<SetupError>) -> Option<Delivery> {
    let given = env::var_os("NARRATION_DELIVERY").filter(|word| !word.is_empty())?;
    let given = given.to_string_lossy().into_owned();
    let delivery = given.parse().ok();
    if delivery.is_none() {
        faults.push(SetupError::UnknownDelivery { given });
    }
    delivery
}

/// Whether `NARRATION_PROVENANCE` is switched on.
pub(super) fn provenance() -> bool {
    env::var_os("NARRATION_PROVENANCE")
        .is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")))
}

/// The recording that `NARRATION_COVERAGE` asks for.
pub(super) fn coverage(faults: &mut Vec<SetupError>) -> Option<Coverage> {
    let recording = Coverage::from_env()?;
    let fault = |source| SetupError::NoCoverage { source };
    recording.map_err(|source| faults.push(fault(source))).ok()
}

/// The filter given in code, else `RUST_LOG`, else `info`. Directives that cannot be read are faults
/// and left out; the others hold. To be asked last: faults of the set-up are heard through any filter.
pub(super) fn filter(given: Option<String>, faults: &mut Vec<SetupError>) -> EnvFilter {
    let given =
        given.or_else(|| env::var_os("RUST_LOG").map(|text| text.to_string_lossy().into_owned()));
    let directives = given.as_deref().unwrap_or_default().split(',').map(str::trim);
    let mut sound = Vec::new();
    for directive in directives.filter(|text| !text.is_empty()) {
        match directive.parse::<Directive>() {
            Ok(_) => sound.push(directive),
            Err(error) => {
                faults.push(SetupError::Filter {
                    given: directive.to_owned(),
                    reason: error.to_string(),
                });
            }
        }
    }
    // As everywhere with `RUST_LOG`, one directive alone silences all it does not name.
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        .parse_lossy(sound.join(","));
    match HEARD.parse() {
        Ok(heard) if !faults.is_empty() => filter.add_directive(heard),
        _ => filter,
    }
}

/// What a set-up says of itself.
const HEARD: &str = "narration_runtime::setup=error";

#[cfg(test)]
mod tests {
    use super::*;

    fn directives(given: &str, faults: &mut Vec<SetupError>) -> String {
        filter(Some(given.to_owned()), faults).to_string()
    }

    #[test]
    fn one_directive_alone_silences_what_it_does_not_name() {
        let mut faults = Vec::new();
        assert_eq!(
            directives("pool-managerd::spawn=trace", &mut faults),
            "pool-managerd::spawn=trace"
        );
        assert_eq!(directives("", &mut faults), "info");
        assert!(faults.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_heard_of() {
        let mut faults = Vec::new();
        let held = directives("pool-managerd=debug, spawn=loudest", &mut faults);
        assert!(held.contains("pool-managerd=debug") && held.contains(HEARD), "{held}");
        assert_eq!(faults.len(), 1);
        let default = directives("=", &mut Vec::new());
        assert!(default.contains("info"), "{default}");
    }
}
