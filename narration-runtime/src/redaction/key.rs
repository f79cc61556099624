//! The key behind fingerprints.
//!
//! In: `NARRATION_REDACTION_KEY`, or the file that `NARRATION_REDACTION_KEY_FILE`
//! names. Out: a key that several services can share, so that equal values
//! correlate between them; without one, a key of this process alone.

use std::env;
use std::fs;
use std::sync::OnceLock;

use narration_redact::Key;

const VARIABLE: &str = "NARRATION_REDACTION_KEY";
const FILE: &str = "NARRATION_REDACTION_KEY_FILE";

/// The configured key, if there is one. The fault names the variable and never the value.
pub(super) fn configured() -> Result<Option<Key>, String> {
    if let Some(value) = env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let value = value.to_string_lossy();
        return Key::from_env_value(&value)
            .map(Some)
            .map_err(|error| format!("{VARIABLE}: {error}; no key is used"));
    }
    let Some(path) = env::var_os(FILE).filter(|path| !path.is_empty()) else { return Ok(None) };
    let text = fs::read_to_string(&path).map_err(|error| {
        format!("{FILE}: cannot read {}: {error}; no key is used", path.to_string_lossy())
    })?;
    Key::from_env_value(text.trim())
        .map(Some)
        .map_err(|error| format!("{FILE}: {error}; no key is used"))
}

/// What to say when fingerprints are asked for without a key.
pub(super) fn missing() -> String {
    format!(
        "personal data is masked, not hashed: there is no key. Set {VARIABLE} or {FILE}, the same for all services"
    )
}

/// A key that nobody knows and that ends with the process.
pub(super) fn of_process() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(Key::random)
}
