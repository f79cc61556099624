//! Narrations whose names are known at run time only: the same events, the same refusals.

use std::time::Duration;

use narration_record::{Record, Value};
use narration_runtime::taxonomy::{Action, Actor, Field, Type, builtin_fields};
use narration_runtime::{Class, FieldValue, Level, Narration, narrate, taxonomy};
use narration_tests::foreign::Kind;
use narration_tests::harmless::{assert_harmless, assert_nowhere};
use narration_tests::{Stream, Told, told};

/// A value of the field's type.
fn sample(field: &Field) -> FieldValue<'static> {
    match field.ty {
        Type::String => "sample".into(),
        Type::Enum(words) => words[0].into(),
        Type::U64 if field.unit.is_some_and(|unit| ["ns", "us", "ms", "s"].contains(&unit)) => {
            Duration::from_secs(7).into()
        }
        Type::U64 => 7u64.into(),
        Type::I64 => (-7).into(),
        Type::F64 => 7.5.into(),
        Type::Bool => true.into(),
    }
}

/// The sample as a line has it; nothing where its class takes it away.
fn sampled(field: &Field) -> Option<Value> {
    if field.class.is_hidden() || field.class == Class::Pii {
        return None;
    }
    Some(match sample(field) {
        FieldValue::Str(text) => Value::Str(text.into_owned()),
        FieldValue::U64(number) => Value::U64(number),
        FieldValue::I64(number) => Value::I64(number),
        FieldValue::F64(number) => Value::F64(number),
        FieldValue::Bool(truth) => Value::Bool(truth),
        _ => Value::U64(match field.unit {
            Some("ns") => 7_000_000_000,
            Some("us") => 7_000_000,
            Some("ms") => 7_000,
            _ => 7,
        }),
    })
}

/// Tells an action with all that is required and one more field.
fn tell(actor: &Actor, action: &Action, field: &Field) -> Told {
    let table = taxonomy!();
    let required =
        action.fields.iter().filter(|listed| listed.required && listed.name != field.name);
    let mut narration = Narration::new(table, actor.name, action.name)
        .human("Told by what is known at run time")
        .field(field.name, sample(field));
    for listed in required {
        narration = narration.field(listed.name, sample(table.field(listed.name).unwrap()));
    }
    told(|| narration.narrate().unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn assert_reaches_everybody(told: &Told, field: &Field) {
    assert_harmless(told, 1);
    assert!(told.record().field(field.name).is_some(), "json misses {}", field.name);
    if let Some(expected) = sampled(field) {
        assert_eq!(told.record().field(field.name), Some(&expected), "{}", field.name);
    }
    for stream in [Stream::Logfmt, Stream::Pretty, Stream::Fmt] {
        let pair = format!(" {}=", field.name);
        assert!(told.text(stream).contains(&pair), "{stream:?} misses {}", field.name);
    }
    assert!(told.text(Stream::FmtJson).contains(&format!("\"{}\":", field.name)));
    assert!(
        told.seen[0].field(field.name).is_some(),
        "a recording subscriber misses {}",
        field.name
    );
}

#[test]
fn every_field_of_every_action_reaches_everybody() {
    let table = taxonomy!();
    for actor in table.actors {
        for action in actor.actions {
            for listed in action.fields {
                let field = table.field(listed.name).expect("declared");
                assert_reaches_everybody(&tell(actor, action, field), field);
            }
        }
    }
}

#[test]
fn every_built_in_field_reaches_everybody() {
    let actor = taxonomy!().actor("sorter").unwrap();
    let action = actor.action("step").unwrap();
    for field in builtin_fields() {
        assert_reaches_everybody(&tell(actor, action, field), field);
    }
}

#[test]
fn what_is_relayed_equals_what_is_compiled() {
    let told = told(|| {
        let (parcel_id, weight_g, belt) = ("p-1", 7u64, "north");
        let remark = "token=ghp_16C7e42F292c6912E7710c838347Ae178B4a";
        narrate!(
            actor = "scanner",
            action = "scan",
            parcel_id,
            weight_g,
            belt,
            remark,
            job_id = "job-1"
        );
        Narration::new(taxonomy!(), "scanner", "scan")
            .field("remark", remark)
            .field("job_id", "job-1")
            .field("belt", belt)
            .field("weight_g", weight_g)
            .field("parcel_id", parcel_id)
            .narrate()
            .unwrap();
    });
    let [mut compiled, mut relayed]: [Record; 2] = told.records().try_into().unwrap();
    (compiled.timestamp, relayed.timestamp) = Default::default();
    assert_eq!(compiled, relayed);
    let [compiled, relayed] = &told.seen[..] else { panic!("two events") };
    assert_eq!((compiled.kind, relayed.kind), (Kind::Event, Kind::Event));
    assert_eq!((compiled.name, compiled.target), (relayed.name, relayed.target));
    assert_eq!(compiled.fields, relayed.fields);
}

#[test]
fn classes_hold_for_relayed_values_and_words() {
    let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let told = told(|| {
        Narration::new(taxonomy!(), "vault", "unlock")
            .target(format!("door?token={token}"))
            .human(format!("Unlocking with token={token} for {{recipient}}"))
            .field("gate_code", "open-sesame")
            .field("vault_number", 90_210_555u64)
            .field("recipient", "Ada Lovelace")
            .field("letter", "Dear Ada")
            .field("remark", format!("password={token}"))
            .narrate()
            .unwrap();
    });
    for secret in [token, "open-sesame", "90210555", "Lovelace", "Dear Ada"] {
        assert_nowhere(&told, secret);
    }
    assert_harmless(&told, 1);
    for (name, class) in [("gate_code", Class::Secret), ("recipient", Class::Pii)] {
        assert_eq!(told.field(name), Some(format!("[redacted:{class}]")));
    }
}

/// The codes of what is wrong with a narration; then nothing is told.
fn codes(narration: Narration<'_>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    let told = told(|| {
        let faults = narration.narrate().expect_err("it is refused");
        assert!(faults.iter().all(|fault| !fault.help.is_empty()), "{faults:?}");
        codes = faults.iter().map(|fault| fault.code).collect();
    });
    assert_eq!(told.seen, [], "nothing is told");
    codes
}

#[test]
fn faults_come_back_under_the_compilers_codes() {
    let table = taxonomy!();
    let scan = || Narration::new(table, "scanner", "scan").field("parcel_id", "p-1");
    assert_eq!(codes(Narration::new(table, "scaner", "scan")), ["N0001"]);
    assert_eq!(codes(Narration::new(table, "scanner", "scann")), ["N0002"]);
    assert_eq!(codes(Narration::new(table, "scanner", "route")), ["N0003"]);
    assert_eq!(codes(scan().field("wieght_g", 7u64)), ["N0004"]);
    assert_eq!(codes(scan().field("carrier", "swiftpost")), ["N0005"]);
    assert_eq!(codes(Narration::new(table, "scanner", "scan")), ["N0006"]);
    assert_eq!(codes(scan().field("weight_g", "seven")), ["N0007"]);
    assert_eq!(codes(scan().field("weight_g", -7)), ["N0007"]);
    assert_eq!(codes(scan().field("parcel_id", "p-2")), ["N0011"]);
    assert_eq!(codes(scan().field("belt", "west")), ["N0021"]);
    assert_eq!(codes(scan().human("Scanned {}")), ["N0010"]);
    assert_eq!(codes(scan().human("Scanned {parcel_id")), ["N0017"]);
    assert_eq!(codes(scan().human("x".repeat(101))), ["N0012"]);
    let unlock = Narration::new(table, "vault", "unlock").field("gate_code", "4711");
    assert_eq!(codes(unlock.human("Unlocking with {gate_code}")), ["N0008"]);
    assert_eq!(codes(Narration::new(table, "sorter", "weigh")), ["N0016"]);
    let failed = Narration::new(table, "sorter", "route-failed").field("parcel_id", "p-1");
    assert_eq!(codes(failed.field("error", "jam").level(Level::Info)), ["N0020"]);
}

#[test]
fn all_faults_come_at_once_and_name_what_was_meant() {
    let narration =
        Narration::new(taxonomy!(), "scanner", "scan").field("wieght_g", 7u64).field("belt", 3u64);
    let faults = narration.check().expect_err("it is refused");
    let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["N0004", "N0007", "N0006"]);
    assert!(faults[0].help.contains("did you mean `weight_g`?"), "{}", faults[0]);
    assert!(faults[2].message.contains("parcel_id"), "{}", faults[2]);
}
