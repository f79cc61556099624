//! Placeholders with format specifications: the text obeys them, the field stays typed.

use std::time::Duration;

use narration_record::Value;
use narration_runtime::{narrate, narrated};
use narration_tests::{Stream, told};

#[test]
fn specifications_shape_the_text_and_leave_the_field_alone() {
    let told = told(|| {
        let (carrier, weight_g, drift_mm, fill, fragile) = ("swift", 7u64, -42i64, 62.519, true);
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "As {carrier:>7}|{carrier:*<7}|{carrier:?}|{carrier:.3}|{weight_g:03}|{weight_g:#x}|{weight_g:#010b}|{drift_mm:+}|\
                     {drift_mm:e}|{fill:.1}|{fill:8.2}|{fragile:>5}|{weight_g}"
        );
    });
    let record = told.record();
    assert_eq!(
        record.human,
        format!(
            "As {0:>7}|{0:*<7}|{0:?}|{0:.3}|{1:03}|{1:#x}|{1:#010b}|{2:+}|{2:e}|{3:.1}|{3:8.2}|{4:>5}|{1}",
            "swift", 7u64, -42i64, 62.519, true
        )
    );
    assert_eq!(record.field("carrier").unwrap().as_str(), Some("swift"));
    assert_eq!(record.field("weight_g"), Some(&Value::U64(7)));
    assert_eq!(record.field("fill"), Some(&Value::F64(62.519)));
}

#[test]
fn a_precision_shows_no_half_of_a_secret() {
    let told = told(|| {
        let remark = format!("ghp_{}", "Ab0123456789Cd0123456789Ef01234567xy");
        let tracking_url = "https://ada:tr0ub4dor-and-more@track.example/7781";
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Read {remark:.20}, {remark:>50.30}, {remark:.9?} at {tracking_url:.25}"
        );
    });
    for stream in Stream::ALL {
        let text = told.text(stream);
        assert!(!text.contains("Ab01") && !text.contains("tr0ub"), "{stream:?}: {text}");
    }
    assert!(told.human().starts_with("Read [redacted:github], "), "{}", told.human());
}

#[test]
fn personal_data_is_hidden_however_long_it_is() {
    for len in 1..=40 {
        let name = "Ä".repeat(len / 2) + &"x".repeat(len % 2);
        let told = told(|| {
            narrate!(
                actor = "scanner",
                action = "inspect",
                human = "For {recipient:>8}, {recipient:?}",
                recipient = %name
            );
        });
        let marker = "[redacted:pii]";
        assert_eq!(told.human(), format!("For {marker}, {marker}"));
        assert_eq!(told.record().field("recipient").unwrap().as_str(), Some(marker));
    }
}

#[test]
fn a_path_is_quoted_where_the_text_asks_for_it() {
    let told = told(|| {
        let label_path = std::path::PathBuf::from("/var/labels/a \"b\".png");
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Read {label_path:?}, {label_path}"
        );
    });
    let path = "/var/labels/a \"b\".png";
    assert_eq!(told.human(), format!("Read {path:?}, {path}"));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_quoted_as_the_language_does() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;
    let label_path = std::path::PathBuf::from(OsString::from_vec(b"/var/\xff.png".to_vec()));
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Read {label_path:?}",
            label_path = &label_path
        );
    });
    assert_eq!(told.human(), format!("Read {label_path:?}"));
}

#[test]
fn an_option_with_a_specification_is_shaped_or_says_none() {
    let tell = |weight_g: Option<u64>, remark: Option<&str>| {
        told(|| {
            narrate!(
                actor = "scanner",
                action = "inspect",
                human = "Weighed {weight_g:04} at {remark:>6}"
            )
        })
        .human()
    };
    assert_eq!(tell(Some(7), Some("door")), "Weighed 0007 at   door");
    assert_eq!(tell(None, None), "Weighed none at   none");
}

#[test]
fn a_duration_is_shaped_as_the_number_it_is_recorded_as() {
    let told = told(|| {
        let wait_ms = Duration::from_secs(2);
        narrate!(actor = "scanner", action = "inspect", human = "Lay for {wait_ms:>6} ms");
    });
    assert_eq!(told.human(), "Lay for   2000 ms");
    assert_eq!(told.record().field("wait_ms"), Some(&Value::U64(2000)));
}

#[test]
fn a_given_value_goes_before_a_variable_of_its_name() {
    let told = told(|| {
        let weight_g = 1u64;
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Weighs {weight_g} g",
            weight_g = weight_g + 1
        );
    });
    assert_eq!(told.human(), "Weighs 2 g");
    assert_eq!(told.record().field("weight_g"), Some(&Value::U64(2)));
}

#[test]
fn a_value_that_is_named_twice_is_evaluated_once() {
    let mut calls = 0;
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Weighs {weight_g} g, {weight_g:05} g, {weight_g}",
            target = weight_g,
            weight_g = {
                calls += 1;
                calls
            }
        );
    });
    assert_eq!(told.human(), "Weighs 1 g, 00001 g, 1");
    assert_eq!(calls, 1);
}

#[narrated(
    actor = "sorter",
    action = "route",
    human = "Routing {parcel_id:>6} of {weight_g:05} g to {belt:?}"
)]
fn route(parcel_id: &str, weight_g: u64, belt: Option<&str>) {}

#[test]
fn the_text_of_a_fn_takes_them_too() {
    let start = |told: narration_tests::Told| told.records().remove(0);
    let known = start(told(|| route("p-1", 42, Some("north"))));
    assert_eq!(known.human, "Routing    p-1 of 00042 g to \"north\"");
    assert_eq!(known.field("weight_g"), Some(&Value::U64(42)));
    let unknown = start(told(|| route("p-1", 42, None)));
    assert_eq!(unknown.human, "Routing    p-1 of 00042 g to none");
}

#[test]
fn debug_by_sigil_and_by_specification_say_the_same() {
    let told = told(|| {
        narrate!(actor = "scanner", action = "inspect", human = "Clerk: {remark}", remark = ?vec!["a", "b"]);
        let remark = "a \"b\"";
        narrate!(actor = "scanner", action = "inspect", human = "Clerk: {remark:?}");
    });
    let humans: Vec<_> = told.records().into_iter().map(|record| record.human).collect();
    assert_eq!(humans, ["Clerk: [\"a\", \"b\"]", "Clerk: \"a \\\"b\\\"\""]);
}
