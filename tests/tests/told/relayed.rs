//! Narrations whose names are known at run time only: the same events, the same refusals.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use narration_record::{Record, Value};
use narration_runtime::taxonomy::{Action, Actor, Field, Type, builtin_fields};
use narration_runtime::{Class, FieldValue, Level, Narration, narrate, taxonomy};
use narration_tests::foreign::{Kind, Value as Seen};
use narration_tests::harmless::{assert_harmless, assert_nowhere};
use narration_tests::{Stream, Told, told};
use tracing::subscriber::Interest;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::layer::{Layer, SubscriberExt as _};

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

#[test]
fn relayed_numbers_and_truth_are_hidden_by_their_class() {
    let told = told(|| {
        Narration::new(taxonomy!(), "vault", "unlock")
            .human("Unlocking what is worth {insured}")
            .field("gate_code", "x")
            .field("dial", -31_415)
            .field("insured", 880.25)
            .field("alarmed", true)
            .narrate()
            .unwrap();
    });
    for (name, class) in [("dial", "secret"), ("insured", "pii"), ("alarmed", "secret")] {
        assert_eq!(told.field(name), Some(format!("[redacted:{class}]")), "{name}");
    }
    for value in ["31415", "880.25", "true"] {
        assert_nowhere(&told, value);
    }
}

#[test]
fn a_whole_number_fits_every_type_that_holds_it() {
    let inspect = || Narration::new(taxonomy!(), "scanner", "inspect");
    let told = told(|| {
        inspect().field("weight_g", 5i64).field("drift_mm", 6u64).narrate().unwrap();
        inspect().field("fill", -7i64).narrate().unwrap();
        inspect().field("fill", 8u64).narrate().unwrap();
    });
    let records = told.records();
    assert_eq!(records[0].field("weight_g"), Some(&Value::U64(5)));
    assert_eq!(told.seen[0].field("drift_mm"), Some(&Seen::I64(6)));
    assert_eq!(told.seen[1].field("fill"), Some(&Seen::F64(-7.0)));
    assert_eq!(told.seen[2].field("fill"), Some(&Seen::F64(8.0)));
    assert_eq!(codes(inspect().field("drift_mm", u64::MAX)), ["N0007"]);
    assert_eq!(codes(inspect().field("fill", u64::MAX)), ["N0007"]);
    assert_eq!(codes(inspect().field("fill", i64::MIN)), ["N0007"]);
    // A size is no time.
    assert_eq!(codes(inspect().field("picture_size", Duration::from_secs(7))), ["N0007"]);
}

#[test]
fn a_refused_value_is_named_by_its_kind() {
    let given = |name, value: FieldValue<'static>| {
        let inspect = Narration::new(taxonomy!(), "scanner", "inspect");
        let faults = inspect.field(name, value).check().expect_err("it is refused");
        faults[0].message.clone()
    };
    for (name, value, kind) in [
        ("weight_g", "seven".into(), "text"),
        ("weight_g", (-7).into(), "a negative integer"),
        ("carrier", 7i64.into(), "an integer"),
        ("carrier", 7u64.into(), "an integer"),
        ("carrier", 7.5.into(), "a floating point number"),
        ("carrier", true.into(), "a truth value"),
        ("carrier", Duration::from_secs(7).into(), "a span of time"),
    ] {
        let message = given(name, value);
        assert!(message.ends_with(&format!(", not {kind}")), "{message}");
    }
}

#[test]
fn every_level_is_told_as_itself() {
    let told = told(|| {
        for level in Level::ALL.iter().copied() {
            let narration = Narration::new(taxonomy!(), "scanner", "glance").level(level);
            narration.narrate().unwrap();
        }
    });
    let levels: Vec<_> = told.records().iter().map(|told| told.level.to_string()).collect();
    let every: Vec<_> = Level::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(levels, every);
}

/// Notes what it is asked about before it hears anything of it.
#[derive(Default)]
struct Asked(Arc<Mutex<Vec<Place>>>);

/// A callsite's name and file.
type Place = (&'static str, Option<&'static str>);

impl<S: Subscriber> Layer<S> for Asked {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        self.0.lock().unwrap().push((metadata.name(), metadata.file()));
        Interest::sometimes()
    }
}

#[test]
fn a_subscriber_is_asked_about_what_is_put_together_at_run_time() {
    let asked = Asked::default();
    let names = Arc::clone(&asked.0);
    let subscriber = tracing_subscriber::registry().with(asked);
    tracing::subscriber::with_default(subscriber, || {
        Narration::new(taxonomy!(), "belt", "jam").narrate().unwrap();
    });
    // It stands in no file.
    assert!(names.lock().unwrap().contains(&("belt.jam", None)), "{names:?}");
}

/// The codes of what is wrong with a narration; then nothing is told.
fn codes(narration: Narration<'_>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    let told = told(|| {
        let faults = narration.narrate().expect_err("it is refused");
        let speaks = |text: &str| text.split(' ').count() > 2;
        assert!(faults.iter().all(|it| speaks(&it.message) && speaks(&it.help)), "{faults:?}");
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
    assert_eq!(codes(scan().human("{parcel_id}")), ["N0022"]);
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
    assert!(faults[0].help.contains("allowed: parcel_id, weight_g, "), "{}", faults[0]);
    assert!(faults[2].message.contains("parcel_id"), "{}", faults[2]);
}
