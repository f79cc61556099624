//! A vocabulary's own rules of redaction hold on every way a narration can take.
//!
//! In: a text with what only this crate's vocabulary calls a secret. Out: the marker of its rule,
//! in the field, in the text and in the target, compiled or put together at run time.

use narration_runtime::{Narration, narrate, taxonomy};

const VOUCHER: &str = "VCH-123456";
const MARKER: &str = "[redacted:voucher]";

#[test]
fn what_a_vocabulary_calls_a_secret_is_taken_from_a_compiled_narration() {
    let story = narration_testing::capture();
    let note = format!("paid with {VOUCHER}");
    narrate!(
        actor = "orchestratord",
        action = "admission",
        target = note,
        human = "Accepted request on pool '{pool_id}': {note}",
        pool_id = "default",
        note
    );
    story.assert_narration_includes(format!("on pool 'default': paid with {MARKER}"));
    story.assert_field_present("note", format!("paid with {MARKER}"));
    story.assert_field_present("target", format!("paid with {MARKER}"));
    story.assert_never_told(VOUCHER);
}

#[test]
fn what_a_vocabulary_calls_a_secret_is_taken_from_one_that_is_put_together_at_run_time() {
    let story = narration_testing::capture();
    let told = Narration::new(taxonomy!(), "orchestratord", "admission")
        .human(format!("Accepted request with {VOUCHER} on pool '{{pool_id}}'"))
        .target(VOUCHER)
        .field("pool_id", "default")
        .field("note", format!("paid with {VOUCHER}"))
        .narrate();
    assert_eq!(told.err(), None);
    story.assert_narration_includes(format!("Accepted request with {MARKER} on pool 'default'"));
    story.assert_field_present("note", format!("paid with {MARKER}"));
    story.assert_field_present("target", MARKER);
    story.assert_never_told(VOUCHER);
}
