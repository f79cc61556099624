//! The texts that the detector is measured with, and the expressions it is measured beside: one set
//! for the benches of this crate and for those of the workspace.

use std::borrow::Cow;

use regex::Regex;

/// Clean text of 45 bytes.
pub(crate) const CLEAN_45: &str = "Building llama-server with 8 parallel jobs ok";
/// Clean text of 128 bytes with nothing in it like a name or a prefix.
pub(crate) const CLEAN_128: &str = "Accepted request 5689c00a-ec72-49ab-9f8c-639949e0fe1e; queued at position 3 (ETA 420 ms) on pool 'default' for session-b4c7528!!";
/// Clean text of 128 bytes with places that have to be looked at.
pub(crate) const NEAR_HITS: &str = "2025-09-30T12:34:56.789Z INFO pool=default replica=r3 device=GPU0 queue_position=3 eta_ms=420 status=200 path=/v1/tasks/81bf39ok";
/// One secret in 108 bytes.
pub(crate) const ONE_SECRET: &str = "GET /v1/models 200 in 12ms for pool default with api_key=4f9d27c1b8e35a60aa17 from 10.0.0.7 correlation r-77";

// What is said of so many bytes is measured with so many.
const _: () = assert!(CLEAN_45.len() == 45 && CLEAN_128.len() == 128);
const _: () = assert!(NEAR_HITS.len() == 128 && ONE_SECRET.len() == 108);

/// A name without end.
pub(crate) const NAMES: &str = "password";
/// The middle of an address without end.
pub(crate) const SLASHES: &str = "://";
/// The start of a token without end.
pub(crate) const TOKENS: &str = "eyJ";
/// Nothing but operators.
pub(crate) const OPERATORS: &str = "=:=>";
/// Names that each have to be judged.
pub(crate) const JUDGED: &str = "token: ";
/// Prefixes that each have to be judged.
pub(crate) const PREFIXES: &str = "sk-";

/// What careful services look for with expressions of their own.
const PATTERNS: [&str; 6] = [
    r"(?i)bearer\s+[A-Za-z0-9._~+/=-]+",
    r"(?i)(api[_-]?key|token|secret)\s*[=:]\s*\S+",
    r"(?i)password\s*[=:]\s*\S+",
    r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----",
    r"://[^:/\s]+:[^@\s]+@",
];

/// So many bytes of log lines in a row.
pub(crate) fn log(len: usize) -> String {
    let lines = [
        CLEAN_128,
        NEAR_HITS,
        CLEAN_45,
        "Digest verified: sha256:e3d3740b526b191d8de296c4f4d36db7439e2e652f5995e86e23e0372d9391cd for /models/unfx3d.gguf",
        "081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_38865049064139660 terminating",
    ];
    repeated(&(lines.join("\n") + "\n"), len)
}

/// So many bytes of a piece without end.
pub(crate) fn repeated(piece: &str, len: usize) -> String {
    piece.repeat(len / piece.len() + 1).get(..len).unwrap_or_default().to_owned()
}

/// The expressions, one for each kind of secret.
pub(crate) fn six() -> Vec<Regex> {
    PATTERNS.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}

/// The same as one alternation.
pub(crate) fn alternation() -> Vec<Regex> {
    let all = PATTERNS.map(|pattern| format!("(?:{pattern})")).join("|");
    Regex::new(&all).into_iter().collect()
}

/// A text without what some expressions match, one after the other.
pub(crate) fn masked<'t>(patterns: &[Regex], text: &'t str) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for pattern in patterns {
        if let Cow::Owned(masked) = pattern.replace_all(&text, "[REDACTED]") {
            text = Cow::Owned(masked);
        }
    }
    text
}
