//! The detector: what it gave out it leaves alone, and no planted secret survives.
//!
//! In: a text. Out: the same text without what is secret, whole or in pieces.

use std::borrow::Cow;
use std::io::Write as _;

use narration_redact::{PiiKind, RedactWriter, Redactor, looks_secret, redact, redact_url};

const SECRET: &str = "hunter2-Qx7";

pub(crate) const WORDS: &[&str] = &[
    "password=",
    "api_key: ",
    "Bearer ",
    "Authorization: Basic ",
    "eyJhbGciOi",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----END PRIVATE KEY-----\n",
    "ghp_",
    "sk-",
    "AKIA",
    "://user:pass@host",
    "?sig=",
    "%3D",
    "\\\"",
    "\u{1b}[31m",
    "\u{a0}",
    "[redacted:key]",
    "***",
    "4111 1111 1111 1111",
    "DE89370400440532013000",
    "someone@example.org",
    "\n",
];

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let once = redact(text);
    assert_eq!(redact(&once), once, "redacting twice is redacting once");
    match looks_secret(text) {
        None => assert!(matches!(once, Cow::Borrowed(_)), "nothing was found and yet replaced"),
        Some(finding) => {
            assert!(text.get(finding.range.clone()).is_some(), "{finding:?} lies outside");
            assert_ne!(once, text, "what was found is replaced");
        }
    }
    let _ = redact_url(text);
    planted(text, data.len());
    for kind in PiiKind::ALL {
        let redactor = Redactor::builder().pii(kind).build().expect("rules without patterns");
        let once = redactor.redact(text);
        assert_eq!(redactor.redact(&once), once, "{kind} is redacted once");
    }
}

/// A secret on a line of its own, seen at once and in two pieces.
fn planted(text: &str, seed: usize) {
    if text.contains(SECRET) {
        return;
    }
    let planted = format!("{text}\npassword={SECRET}\n{text}");
    assert!(!redact(&planted).contains(SECRET), "a planted secret survived");
    let cut = seed.wrapping_mul(31) % planted.len();
    let mut writer = RedactWriter::new(Vec::new());
    for piece in [&planted.as_bytes()[..cut], &planted.as_bytes()[cut..]] {
        writer.write_all(piece).expect("a buffer takes everything");
    }
    let shown = writer.finish().expect("a buffer takes everything").unwrap_or_default();
    assert!(!String::from_utf8_lossy(&shown).contains(SECRET), "it survived a cut at {cut}");
}
