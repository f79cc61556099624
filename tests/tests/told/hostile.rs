//! Values that try to be more than values: forged lines, doubled keys, driven terminals.

use narration_runtime::narrate;
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, Told, told};
use tracing::info_span;

/// One of each kind.
const HOSTILE: [&str; 16] = [
    "\"",
    "\\",
    "\\\"}\n{\"actor\":\"forged\"",
    "first\nsecond",
    "first\r\nsecond\rthird",
    "tab\there",
    "nul\0byte",
    "bell\u{7}",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31mred",
    "\u{7f}\u{85}",
    "line\u{2028}paragraph\u{2029}",
    "\u{202e}gpj.exe\u{202c}\u{2066}x\u{2069}\u{200f}\u{61c}",
    "\",\"actor\":\"forged",
    "x\" actor=forged human=\"y",
];

/// Tells a text in every place a value can stand.
fn tell_everywhere(text: &str) -> Told {
    told(|| {
        let _span = info_span!("request", correlation_id = text, note = text).entered();
        narrate!(
            actor = "scanner",
            action = "inspect",
            target = text,
            human = "Clerk: {remark} {carrier} {parcel_id} {belt} {label_path} {tracking_url}",
            remark = text,
            carrier = text,
            parcel_id = text,
            belt = text,
            label_path = text,
            tracking_url = text,
            recipient = text,
            letter = text,
            gate_code = text,
            error = text,
            error_kind = text,
        );
        tracing::warn!(target: "driver", note = text, other = %text, "a dependency says {text}");
    })
}

#[test]
fn no_value_forges_a_line_or_drives_a_terminal() {
    for text in HOSTILE {
        let told = tell_everywhere(text);
        assert_harmless(&told, 2);
        for record in told.records() {
            assert!(
                ["scanner", "depot"].contains(&record.actor.as_str()),
                "{text:?} forged {record:?}"
            );
        }
    }
}

#[test]
fn what_is_public_reads_back_as_it_was() {
    for text in HOSTILE {
        let told = told(|| narrate!(actor = "scanner", action = "inspect", carrier = text));
        assert_eq!(told.field("carrier").as_deref(), Some(text));
    }
}

#[test]
fn fields_named_like_the_heads_keys_do_not_repeat_them() {
    let told = told(|| {
        let _span =
            info_span!("x", actor = "forged", timestamp = 1, human = "forged", message = "m")
                .entered();
        narrate!(actor = "sorter", action = "step");
        tracing::info!(
            actor = "forged",
            action = "forged",
            level = "forged",
            target = "forged",
            human = "forged",
            timestamp = 7,
            "text"
        );
    });
    assert_harmless(&told, 2);
    let [narration, event] = &told.records()[..] else { panic!() };
    assert_eq!((narration.actor.as_str(), narration.action.as_str()), ("sorter", "step"));
    assert_eq!(
        (event.actor.as_str(), event.action.as_str(), event.human.as_str()),
        ("depot", "log", "text")
    );
    assert_eq!(
        event.field("fields.actor").and_then(|value| value.as_str()),
        Some("forged"),
        "nothing is lost: {event:?}"
    );
    assert!(!told.text(Stream::Story).contains("forged"));
}

#[test]
fn a_key_that_comes_at_many_levels_comes_once() {
    let told = told(|| {
        let _a = info_span!("a", parcel_id = "1", job_id = "1", note = "1").entered();
        let _b = info_span!("b", parcel_id = "2", job_id = "2", note = "2").entered();
        let _c = info_span!("c", parcel_id = "3", note = "3").entered();
        narrate!(actor = "scanner", action = "scan", parcel_id = "4", job_id = "4");
        tracing::info!(parcel_id = "5", note = "5", note = "6", "twice in one event");
    });
    assert_harmless(&told, 2);
    let records = told.records();
    assert_eq!(records[0].field("parcel_id").unwrap().as_str(), Some("4"));
    assert_eq!(records[0].field("note").unwrap().as_str(), Some("3"));
    assert_eq!(records[1].field("note").unwrap().as_str(), Some("6"), "the last word holds");
}
