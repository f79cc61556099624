//! What the detector costs, beside regular expressions that look for a part of what it finds.
//!
//! In: texts the optimiser cannot see through. Out: the same without their secrets, unless there
//! are none. The peers are six expressions one after the other, as a careful service has them, and
//! the same six as one alternation; for text made to be hostile, ordinary text of that length.

use std::{borrow::Cow, hint::black_box, sync::LazyLock};

use narration_runtime::redact;
use regex::Regex;

const CLEAN_45: &str = "Building llama-server with 8 parallel jobs ok";
const CLEAN_128: &str = "Accepted request 5689c00a-ec72-49ab-9f8c-639949e0fe1e; queued at position 3 (ETA 420 ms) on pool 'default' for session-b4c752!!";
const NEAR_HITS: &str = "2025-09-30T12:34:56.789Z INFO pool=default replica=r3 device=GPU0 queue_position=3 eta_ms=420 status=200 path=/v1/tasks/81bf39ok";
const ONE_SECRET: &str = "GET /v1/models 200 in 12ms for pool default with api_key=4f9d27c1b8e35a60aa17 from 10.0.0.7 correlation r-77";

const PATTERNS: [&str; 6] = [
    r"(?i)bearer\s+[A-Za-z0-9._~+/=-]+",
    r"(?i)(api[_-]?key|token|secret)\s*[=:]\s*\S+",
    r"(?i)password\s*[=:]\s*\S+",
    r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----",
    r"://[^:/\s]+:[^@\s]+@",
];

static SIX: LazyLock<Vec<Regex>> =
    LazyLock::new(|| PATTERNS.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect());

static ONE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let all = PATTERNS.map(|pattern| format!("(?:{pattern})")).join("|");
    Regex::new(&all).into_iter().collect()
});

/// How long the long texts are.
const LONG: usize = 8 * 1024;

/// Log lines in a row.
static LOG: LazyLock<String> = LazyLock::new(|| {
    let lines = [
        CLEAN_128,
        NEAR_HITS,
        CLEAN_45,
        "Digest verified: sha256:e3d3740b526b191d8de296c4f4d36db7439e2e652f5995e86e23e0372d9391cd for /models/unfx3d.gguf",
        "081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_38865049064139660 terminating",
    ];
    repeated(&(lines.join("\n") + "\n"))
});

fn repeated(piece: &str) -> String {
    piece.repeat(LONG / piece.len() + 1).get(..LONG).unwrap_or_default().to_owned()
}

fn masked(patterns: &[Regex], text: &str) {
    let mut text = Cow::Borrowed(text);
    for pattern in patterns {
        if let Cow::Owned(masked) = pattern.replace_all(&text, "[REDACTED]") {
            text = Cow::Owned(masked);
        }
    }
    black_box(text);
}

/// Three ways to look at a text.
macro_rules! texts {
    ($($(#[$doc:meta])* $ours:ident, $six:ident, $one:ident: $text:expr;)*) => {$(
        $(#[$doc])*
        #[inline(never)]
        pub(crate) fn $ours() {
            black_box(redact(black_box($text)));
        }

        /// The same by six expressions.
        pub(crate) fn $six() {
            masked(&SIX, black_box($text));
        }

        /// The same by one alternation.
        pub(crate) fn $one() {
            masked(&ONE, black_box($text));
        }
    )*};
}

texts! {
    /// Clean text of 45 bytes.
    short, short_six, short_one: CLEAN_45;
    /// Clean text of 128 bytes with nothing in it like a name or a prefix.
    clean, clean_six, clean_one: CLEAN_128;
    /// Clean text of 128 bytes with places that have to be looked at.
    near, near_six, near_one: NEAR_HITS;
    /// One secret in 108 bytes.
    secret, secret_six, secret_one: ONE_SECRET;
    /// Log lines in bulk.
    bulk, bulk_six, bulk_one: LOG.as_str();
}

/// Copies the clean text of 128 bytes, the least that can be done with it.
pub(crate) fn copy() {
    let mut to = [0_u8; CLEAN_128.len()];
    black_box(&mut to).copy_from_slice(black_box(CLEAN_128).as_bytes());
    black_box(to);
}

/// Text made to be hostile.
macro_rules! hostile {
    ($($(#[$doc:meta])* $name:ident: $piece:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name() {
            static TEXT: LazyLock<String> = LazyLock::new(|| repeated($piece));
            black_box(redact(black_box(TEXT.as_str())));
        }
    )*};
}

hostile! {
    /// A name without end.
    names: "password";
    /// The middle of an address without end.
    slashes: "://";
    /// The start of a token without end.
    tokens: "eyJ";
    /// Nothing but operators.
    operators: "=:=>";
    /// Names that each have to be judged.
    judged: "token: ";
    /// Prefixes that each have to be judged.
    prefixes: "sk-";
}
