//! The detector on arbitrary text: it never panics, what it gave out it leaves
//! alone, and a planted secret never survives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use narration_redact::{PiiKind, Redactor, redact, redact_url};

const SECRET: &str = "hunter2-Qx7";

fuzz_target!(|text: &str| {
    let once = redact(text);
    assert_eq!(redact(&once), once, "redacting twice is redacting once");
    let _ = redact_url(text);
    let planted = format!("{text}\npassword={SECRET}\n{text}");
    assert!(text.contains(SECRET) || !redact(&planted).contains(SECRET), "a planted secret survived");
    let everything = PiiKind::ALL.into_iter().fold(Redactor::builder(), |builder, kind| builder.pii(kind));
    if let Ok(redactor) = everything.build() {
        let _ = redactor.redact(text);
    }
});
