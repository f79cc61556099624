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

/// `NARRATION_FORMAT`, if it is set. An unknown one is a fault, and `default` is used.
pub(super) fn format(default: Format, faults: &mut Vec<SetupError>) -> Format {
    let Some(given) = env::var_os("NARRATION_FORMAT").filter(|text| !text.is_empty()) else { return default };
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

/// Whether `NARRATION_PROVENANCE` is switched on.
pub(super) fn provenance() -> bool {
    env::var_os("NARRATION_PROVENANCE").is_some_and(|value| !matches!(value.to_str(), Some("" | "0" | "false")))
}

/// The filter given in code, else `RUST_LOG`, else `info`. Directives that cannot be read are faults
/// and left out; the others hold.
pub(super) fn filter(given: Option<String>, faults: &mut Vec<SetupError>) -> EnvFilter {
    let given = given.or_else(|| env::var_os("RUST_LOG").map(|text| text.to_string_lossy().into_owned()));
    let mut filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse_lossy("");
    let directives = given.as_deref().unwrap_or_default().split(',').map(str::trim);
    for directive in directives.filter(|text| !text.is_empty()) {
        match directive.parse::<Directive>() {
            Ok(directive) => filter = filter.add_directive(directive),
            Err(error) => {
                faults.push(SetupError::Filter { given: directive.to_owned(), reason: error.to_string() });
            }
        }
    }
    filter
}
