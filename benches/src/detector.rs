//! What the detector costs, beside regular expressions that look for a part of what it finds.
//!
//! In: texts the optimiser cannot see through. Out: the same without their secrets, unless there
//! are none. The peers are six expressions one after the other, as a careful service has them, and
//! the same six as one alternation; for text made to be hostile, ordinary text of that length.

use std::{hint::black_box, sync::LazyLock};

use narration_runtime::redact;
use regex::Regex;

use self::texts::{CLEAN_45, CLEAN_128, NEAR_HITS, ONE_SECRET, masked, repeated};

#[path = "../../narration-redact/benches/texts/mod.rs"]
mod texts;

static SIX: LazyLock<Vec<Regex>> = LazyLock::new(texts::six);
static ONE: LazyLock<Vec<Regex>> = LazyLock::new(texts::alternation);

/// How long the log lines are.
const LONG: usize = 8 * 1024;
/// How long hostile text is: as long as text may be that is looked at.
const LONGEST: usize = 64 * 1024;

/// Log lines in a row.
static LOG: LazyLock<String> = LazyLock::new(|| texts::log(LONG));

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
            black_box(masked(&SIX, black_box($text)));
        }

        /// The same by one alternation.
        pub(crate) fn $one() {
            black_box(masked(&ONE, black_box($text)));
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

/// Ordinary text of the length that hostile text has.
pub(crate) fn ordinary() {
    static TEXT: LazyLock<String> = LazyLock::new(|| texts::log(LONGEST));
    black_box(redact(black_box(TEXT.as_str())));
}

/// Text made to be hostile.
macro_rules! hostile {
    ($($(#[$doc:meta])* $name:ident: $piece:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name() {
            static TEXT: LazyLock<String> = LazyLock::new(|| repeated($piece, LONGEST));
            black_box(redact(black_box(TEXT.as_str())));
        }
    )*};
}

hostile! {
    /// A name without end.
    names: texts::NAMES;
    /// The middle of an address without end.
    slashes: texts::SLASHES;
    /// The start of a token without end.
    tokens: texts::TOKENS;
    /// Nothing but operators.
    operators: texts::OPERATORS;
    /// Names that each have to be judged.
    judged: texts::JUDGED;
    /// Prefixes that each have to be judged.
    prefixes: texts::PREFIXES;
}
