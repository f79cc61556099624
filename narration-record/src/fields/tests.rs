//! What a list of fields looks like in a line, and that no name ever stands twice.

use super::*;
use crate::merge;

const JSON: Style = Style { format: Format::Json, colour: false };
const LOGFMT: Style = Style { format: Format::Logfmt, colour: false };

const FIRST: FieldName = FieldName::declared("correlation_id", 0);
const SECOND: FieldName = FieldName::declared("session_id", 1);
const THIRD: FieldName = FieldName::declared("job_id", 2);

fn shown(inherited: Option<&Fields>, own: &Fields) -> String {
    let mut out = String::new();
    merge::append(&mut out, inherited, Some(own));
    out
}

fn list(style: Style, set: impl FnOnce(&mut Fields)) -> Fields {
    let mut fields = Fields::new(style);
    set(&mut fields);
    fields
}

fn every_type(fields: &mut Fields) {
    fields.str("text", "two words");
    fields.u64("most", u64::MAX);
    fields.i64("least", i64::MIN);
    fields.f64("third", 1.0 / 3.0);
    fields.f64("whole", 2.0);
    fields.bool("yes", true);
    fields.bool("no", false);
}

#[test]
fn every_type_keeps_its_type_in_json() {
    assert_eq!(
        shown(None, &list(JSON, every_type)),
        r#","text":"two words","most":18446744073709551615,"least":-9223372036854775808,"third":0.3333333333333333,"whole":2.0,"yes":true,"no":false"#
    );
}

#[test]
fn every_type_is_readable_in_logfmt() {
    assert_eq!(
        shown(None, &list(LOGFMT, every_type)),
        r#" text="two words" most=18446744073709551615 least=-9223372036854775808 third=0.3333333333333333 whole=2.0 yes=true no=false"#
    );
}

#[test]
fn floats_without_a_json_number_become_strings() {
    let fields = list(JSON, |fields| {
        fields.f64("a", f64::NAN);
        fields.f64("b", f64::INFINITY);
        fields.f64("c", f64::NEG_INFINITY);
        fields.f64("d", -0.0);
    });
    assert_eq!(shown(None, &fields), r#","a":"NaN","b":"Infinity","c":"-Infinity","d":-0.0"#);
}

#[test]
fn wide_numbers_are_numbers_as_long_as_64_bits_hold_them() {
    let fields = list(JSON, |fields| {
        fields.u128("a", u64::MAX.into());
        fields.u128("b", u128::MAX);
        fields.i128("c", i64::MIN.into());
        fields.i128("d", u64::MAX.into());
        fields.i128("e", i128::MIN);
    });
    assert_eq!(
        shown(None, &fields),
        r#","a":18446744073709551615,"b":"340282366920938463463374607431768211455","c":-9223372036854775808,"d":18446744073709551615,"e":"-170141183460469231731687303715884105728""#
    );
}

#[test]
fn a_name_set_again_keeps_its_place_and_has_the_last_value() {
    let mut fields = list(JSON, |fields| {
        fields.str("a", "first");
        fields.u64("b", 2);
        fields.str("a", "second, longer");
    });
    assert_eq!(shown(None, &fields), r#","a":"second, longer","b":2"#);
    fields.bool("b", true);
    fields.u64("a", 1);
    assert_eq!(shown(None, &fields), r#","a":1,"b":true"#);
}

#[test]
fn a_value_set_again_and_again_does_not_grow_the_list() {
    let mut fields = Fields::new(JSON);
    fields.u64("other", 1);
    for progress in 0..1_000 {
        fields.u64("progress", progress);
    }
    assert_eq!(fields.text, r#","other":1,"progress":999"#);
}

#[test]
fn built_in_names_come_first_in_their_order() {
    let fields = list(JSON, |fields| {
        fields.u64("x", 1);
        fields.u64(THIRD, 3);
        fields.u64("a", 2);
        fields.u64(FIRST, 1);
    });
    assert_eq!(shown(None, &fields), r#","correlation_id":1,"job_id":3,"x":1,"a":2"#);
}

#[test]
fn built_in_names_of_span_and_event_are_woven_together() {
    let span = list(JSON, |fields| {
        fields.u64(THIRD, 3);
        fields.u64(FIRST, 1);
        fields.u64("pool", 4);
    });
    let event = list(JSON, |fields| {
        fields.u64("queue", 5);
        fields.u64(SECOND, 2);
    });
    assert_eq!(
        shown(Some(&span), &event),
        r#","correlation_id":1,"session_id":2,"job_id":3,"pool":4,"queue":5"#
    );
}

#[test]
fn an_events_own_field_hides_its_spans() {
    let span = list(LOGFMT, |fields| {
        fields.str(FIRST, "span");
        fields.str("pool", "span");
        fields.str("kept", "span");
    });
    let event = list(LOGFMT, |fields| {
        fields.str("pool", "event");
        fields.str(FIRST, "event");
    });
    assert_eq!(shown(Some(&span), &event), " correlation_id=event kept=span pool=event");
}

#[test]
fn the_same_name_hides_even_under_another_rank() {
    let span = list(LOGFMT, |fields| fields.str(FIRST, "span"));
    let event = list(LOGFMT, |fields| fields.str("correlation_id", "event"));
    assert_eq!(shown(Some(&span), &event), " correlation_id=event");
}

#[test]
fn a_child_takes_over_what_it_does_not_have() {
    let parent = list(LOGFMT, |fields| {
        fields.str(SECOND, "parent");
        fields.str("a", "parent");
        fields.str("b", "parent");
        fields.str("d", "parent");
    });
    let mut child = list(LOGFMT, |fields| {
        fields.str("c", "child");
        fields.str("a", "child");
        fields.str(FIRST, "child");
    });
    child.inherit(&parent);
    let expected = " correlation_id=child session_id=parent b=parent d=parent c=child a=child";
    assert_eq!(shown(None, &child), expected);

    let mut empty = Fields::new(LOGFMT);
    empty.inherit(&parent);
    empty.str("a", "later");
    assert_eq!(shown(None, &empty), " session_id=parent a=later b=parent d=parent");
}

#[test]
fn a_hidden_field_keeps_the_parents_out_and_can_still_be_set() {
    for style in [JSON, LOGFMT] {
        let parent = list(style, |fields| {
            fields.str(FIRST, "parent");
            fields.u64("a", 1);
        });
        let hiding = list(style, |fields| fields.hide(FIRST));
        let kept = list(style, |fields| fields.u64("a", 1));
        assert_eq!(shown(Some(&parent), &hiding), shown(None, &kept));
        let mut child = hiding.clone();
        child.inherit(&parent);
        assert_eq!(shown(None, &child), shown(None, &kept));
        child.str(FIRST, "child");
        assert!(shown(None, &child).contains("child"));
    }
}

#[test]
fn fields_of_another_format_are_not_taken_over() {
    let mut child = Fields::new(JSON);
    child.inherit(&list(LOGFMT, |fields| fields.u64("a", 1)));
    assert!(child.is_empty());
}

#[test]
fn a_cleared_list_forgets_everything() {
    let mut fields = list(JSON, |fields| {
        fields.u64("b", 1);
        fields.u64(FIRST, 1);
    });
    fields.clear();
    assert!(fields.is_empty());
    fields.u64("b", 2);
    assert_eq!(shown(None, &fields), r#","b":2"#);
}

#[test]
fn a_story_keeps_no_fields() {
    let story = Style { format: Format::Story, colour: false };
    assert!(list(story, every_type).is_empty());
}
