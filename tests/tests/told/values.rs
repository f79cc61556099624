//! What a call may give: every kind of Rust value a field takes, and what becomes of it.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt::{self, Display};
use std::num::{NonZeroU8, NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use narration_record::Value;
use narration_runtime::narrate;
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, told};

/// Tells one value and answers what stands in the JSON line for it.
macro_rules! value_of {
    ($field:ident = $($value:tt)+) => {{
        let told = told(|| narrate!(actor = "scanner", action = "inspect", $field = $($value)+));
        told.record().field(stringify!($field)).cloned()
    }};
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Str(text.to_owned()))
}

struct Clerk;

impl Display for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("clerk 7")
    }
}

impl fmt::Debug for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clerk { number: 7 }")
    }
}

#[test]
fn unsigned_numbers_of_every_width() {
    assert_eq!(value_of!(weight_g = 3), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = 3u8), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = 3u16), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = &3u32), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = u64::MAX), Some(Value::U64(u64::MAX)));
    assert_eq!(value_of!(weight_g = [1, 2, 3].len()), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = NonZeroU8::MAX), Some(Value::U64(255)));
    assert_eq!(value_of!(weight_g = NonZeroU64::MIN), Some(Value::U64(1)));
    assert_eq!(value_of!(weight_g = NonZeroUsize::MIN), Some(Value::U64(1)));
    assert_eq!(value_of!(weight_g = Some(3)), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = Some(&3u16)), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = &Some(3usize)), Some(Value::U64(3)));
    assert_eq!(value_of!(weight_g = None::<u64>), None);
}

#[test]
fn signed_numbers_floats_and_truth_values() {
    assert_eq!(value_of!(drift_mm = -4), Some(Value::I64(-4)));
    assert_eq!(value_of!(drift_mm = i64::MIN), Some(Value::I64(i64::MIN)));
    assert_eq!(value_of!(drift_mm = -4i8), Some(Value::I64(-4)));
    assert_eq!(value_of!(drift_mm = 4u32), Some(Value::U64(4)), "a line has but one spelling of 4");
    assert_eq!(value_of!(drift_mm = Some(-4isize)), Some(Value::I64(-4)));
    assert_eq!(value_of!(fill = 62.5), Some(Value::F64(62.5)));
    assert_eq!(value_of!(fill = 0.1f32), Some(Value::F64(f64::from(0.1f32))));
    assert_eq!(value_of!(fill = 3u8), Some(Value::F64(3.0)));
    assert_eq!(value_of!(fill = f64::MAX), Some(Value::F64(f64::MAX)));
    assert_eq!(value_of!(fill = f64::MIN_POSITIVE), Some(Value::F64(f64::MIN_POSITIVE)));
    assert_eq!(value_of!(fill = Some(1.5)), Some(Value::F64(1.5)));
    assert_eq!(value_of!(fragile = true), Some(Value::Bool(true)));
    assert_eq!(value_of!(fragile = &false), Some(Value::Bool(false)));
    assert_eq!(value_of!(fragile = None::<bool>), None);
}

#[test]
fn numbers_that_are_none_become_words_and_the_line_stays_json() {
    assert_eq!(value_of!(fill = f64::NAN), text("NaN"));
    assert_eq!(value_of!(fill = f64::INFINITY), text("Infinity"));
    assert_eq!(value_of!(fill = f64::NEG_INFINITY), text("-Infinity"));
    assert_eq!(value_of!(fill = -0.0), Some(Value::F64(-0.0)));
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Belt filled {fill}",
            fill = f64::NAN
        )
    });
    assert_harmless(&told, 1);
    assert_eq!(told.human(), "Belt filled NaN");
}

#[test]
fn a_duration_is_counted_in_the_unit_of_its_field() {
    let lasted = Duration::new(3, 4_005_006);
    assert_eq!(value_of!(scan_ns = lasted), Some(Value::U64(3_004_005_006)));
    assert_eq!(value_of!(read_us = lasted), Some(Value::U64(3_004_005)));
    assert_eq!(value_of!(wait_ms = lasted), Some(Value::U64(3_004)));
    assert_eq!(value_of!(shift_s = lasted), Some(Value::U64(3)));
    assert_eq!(value_of!(wait_ms = &lasted), Some(Value::U64(3_004)));
    assert_eq!(value_of!(wait_ms = Some(lasted)), Some(Value::U64(3_004)));
    assert_eq!(value_of!(wait_ms = None::<Duration>), None);
    assert_eq!(
        value_of!(wait_ms = 90),
        Some(Value::U64(90)),
        "a number counts in the field's unit"
    );
    assert_eq!(value_of!(wait_ms = 90usize), Some(Value::U64(90)));
    assert_eq!(
        value_of!(scan_ns = Duration::MAX),
        Some(Value::U64(u64::MAX)),
        "as far as 64 bits go"
    );
    assert_eq!(value_of!(duration_ms = lasted), Some(Value::U64(3_004)));
    assert_eq!(value_of!(picture_size = 48_213usize), Some(Value::U64(48_213)));
}

#[test]
fn text_in_every_kind_of_string() {
    let owned = String::from("side door");
    let borrowed: &str = &owned;
    assert_eq!(value_of!(remark = "side door"), text("side door"));
    assert_eq!(value_of!(remark = owned), text("side door"));
    assert_eq!(value_of!(remark = &owned), text("side door"));
    assert_eq!(value_of!(remark = &&owned), text("side door"));
    assert_eq!(value_of!(remark = &borrowed), text("side door"));
    assert_eq!(value_of!(remark = &&borrowed), text("side door"));
    assert_eq!(value_of!(remark = Cow::Borrowed("side door")), text("side door"));
    assert_eq!(value_of!(remark = &Cow::<str>::Owned(owned.clone())), text("side door"));
    assert_eq!(value_of!(remark = Arc::<str>::from("side door")), text("side door"));
    assert_eq!(value_of!(remark = Rc::<str>::from("side door")), text("side door"));
    assert_eq!(value_of!(remark = Box::<str>::from("side door")), text("side door"));
    assert_eq!(value_of!(remark = Arc::new(owned.clone())), text("side door"));
    assert_eq!(value_of!(remark = Some("side door")), text("side door"));
    assert_eq!(value_of!(remark = Some(&owned)), text("side door"));
    assert_eq!(value_of!(remark = &Some(owned.clone())), text("side door"));
    assert_eq!(value_of!(remark = None::<String>), None);
    assert_eq!(value_of!(remark = ""), text(""), "empty is not absent");
}

#[test]
fn text_from_whatever_can_be_shown() {
    let boxed: Box<dyn Display> = Box::new(Clerk);
    let shown: &dyn Display = &Clerk;
    assert_eq!(value_of!(remark = boxed), text("clerk 7"));
    assert_eq!(value_of!(remark = shown), text("clerk 7"));
    assert_eq!(value_of!(remark = Clerk), text("clerk 7"));
    assert_eq!(value_of!(remark = %Clerk), text("clerk 7"));
    assert_eq!(value_of!(remark = ?Clerk), text("Clerk { number: 7 }"));
    assert_eq!(value_of!(remark = Some(Clerk)), text("clerk 7"));
    assert_eq!(value_of!(remark = ?Some(Clerk)), text("Clerk { number: 7 }"));
    assert_eq!(value_of!(remark = ?None::<Clerk>), None);
    assert_eq!(value_of!(remark = format_args!("belt {}", 4)), text("belt 4"));
    assert_eq!(value_of!(remark = [7][0]), text("7"));
    assert_eq!(value_of!(remark = 'x'), text("x"));
    assert_eq!(value_of!(remark = ?[1, 2]), text("[1, 2]"));
}

#[test]
fn paths_even_those_that_are_no_text() {
    let path = PathBuf::from("/var/labels/7781.png");
    assert_eq!(value_of!(label_path = path), text("/var/labels/7781.png"));
    assert_eq!(value_of!(label_path = &path), text("/var/labels/7781.png"));
    assert_eq!(value_of!(label_path = Path::new("a/b")), text("a/b"));
    assert_eq!(value_of!(label_path = path.as_path()), text("/var/labels/7781.png"));
    assert_eq!(value_of!(label_path = path.display()), text("/var/labels/7781.png"));
    assert_eq!(value_of!(label_path = Some(path.display())), text("/var/labels/7781.png"));
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        let odd = PathBuf::from(OsString::from_vec(b"/tmp/\xff.png".to_vec()));
        assert_eq!(value_of!(label_path = odd), text("/tmp/\u{fffd}.png"));
    }
}

#[test]
fn a_string_of_a_megabyte_comes_out_whole_in_one_line() {
    let long = "parcel ".repeat(150_000);
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Clerk: {carrier}",
            carrier = long.as_str()
        )
    });
    assert_harmless(&told, 1);
    assert_eq!(told.field("carrier").as_deref(), Some(long.as_str()));
    assert_eq!(told.human().len(), "Clerk: ".len() + long.len());
    let after = self::told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Clerk: {carrier}",
            carrier = "short"
        )
    });
    assert_eq!(
        after.lines(Stream::Story),
        ["[scanner] inspect: Clerk: short"],
        "the buffers are clean again"
    );
}

#[test]
fn a_display_that_fails_keeps_what_it_said_and_the_narration_goes_on() {
    struct Torn;
    impl Display for Torn {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("half a lab")?;
            Err(fmt::Error)
        }
    }
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Read {remark}, {remark:>12} off {carrier}",
            remark = Torn,
            carrier = "swiftpost",
            weight_g = 3
        );
    });
    let record = told.record();
    assert_eq!(record.field("remark").unwrap().as_str(), Some("half a lab"));
    assert_eq!(record.field("weight_g"), Some(&Value::U64(3)));
    assert!(
        record.human.starts_with("Read half a lab, ") && record.human.ends_with(" off swiftpost"),
        "{}",
        record.human
    );
}
