//! Redacting twice changes nothing, also with every kind of personal data switched on.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use narration_redact::{PiiKind, Redactor};

#[test]
fn a_number_that_only_a_marker_beside_it_makes_one_is_found_at_once() {
    let all = PiiKind::ALL.into_iter().fold(Redactor::builder(), |builder, kind| builder.pii(kind));
    let redactor = all.build().unwrap();
    let once = redactor.redact("…2001:db8::3704 0044 0532 0130 00, +49 30 901820").into_owned();
    assert_eq!(redactor.redact(&once), once);
    assert!(!once.contains("901820"), "{once}");
}
