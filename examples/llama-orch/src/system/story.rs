//! The story of one id, from the logs of all services.
//!
//! In: an id and a folder of logs. Out: the lines that have it, in the order of
//! time. `cargo narration story` does much more; this is for looking on.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

/// One line of a log.
#[derive(Clone, Debug)]
pub struct Line {
    /// The log it stands in, without its ending: the service.
    pub service: String,
    /// Everything it says.
    pub record: Value,
}

impl Line {
    /// The text of a field; empty where it is none or is not there.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.record.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Every line that has this correlation id, oldest first; of all ids, where none is given.
///
/// # Errors
///
/// A log cannot be read.
pub fn story(id: Option<&str>, logs: &Path) -> io::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(logs)? {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "log") {
            continue;
        }
        let service = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for line in fs::read_to_string(&path)?.lines() {
            let Ok(record) = serde_json::from_str(line) else { continue };
            let line = Line { service: service.clone(), record };
            if id.is_none_or(|id| line.text("correlation_id") == id) {
                lines.push(line);
            }
        }
    }
    // Stable: lines of one log that bear the same time keep their order.
    lines.sort_by(|one, other| one.text("timestamp").cmp(other.text("timestamp")));
    Ok(lines)
}
