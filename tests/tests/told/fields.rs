//! Every field of the vocabulary, and every built-in one, reaches every listener.
//!
//! What is expected comes from the vocabulary's own table, so that a field that is added there and
//! told nowhere here fails these tests.

use std::collections::BTreeSet;
use std::time::Duration;

use narration_record::{Record, Value, read};
use narration_runtime::taxonomy::{Field, Type, builtin_fields};
use narration_runtime::{Class, narrate, taxonomy};
use narration_tests::foreign::{Kind, Value as Seen};
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, Told, told};

/// Tells every declared field, each with a value that can be told from all others.
fn declared() -> Told {
    told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            parcel_id = "NL-204",
            carrier = "swiftpost",
            belt = "express",
            label_path = "/var/labels/7781.png",
            tracking_url = "https://track.example/7781",
            remark = "side door",
            recipient = "Ada",
            gate_code = "4711",
            letter = "Dear Ada",
            vault_number = 17u64,
            birth_year = 1815u64,
            weight_g = 1250u64,
            picture_size = 48_213u64,
            scan_ns = Duration::from_nanos(800),
            read_us = Duration::from_micros(350),
            wait_ms = Duration::from_millis(90),
            shift_s = Duration::from_secs(3600),
            drift_mm = -4i64,
            slip_us = -20i64,
            fill = 62.5,
            fragile = true,
        );
        narrate!(
            actor = "orchestratord",
            action = "admission",
            pool_id = "default",
            queue_position = 3u64,
            predicted_start_ms = 420u64
        );
        narrate!(
            actor = "front-desk",
            action = "answered",
            human = "Answered with {status}",
            method = "GET",
            route = "/parcels/{id}",
            status = 200u64,
            grpc_status = "OK",
        );
        narrate!(actor = "front-desk", action = "look", shelf = "B-12");
        narrate!(
            actor = "vault",
            action = "unlock",
            gate_code = "4711",
            dial = -31i64,
            insured = 880.25,
            alarmed = true
        );
    })
}

/// Tells every built-in field.
fn built_in() -> Told {
    told(|| {
        narrate!(
            actor = "sorter",
            action = "step",
            correlation_id = "req-xyz",
            session_id = "session-abc123",
            job_id = "job-7",
            task_id = "task-3",
            trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
            span_id = "00f067aa0ba902b7",
            parent_span_id = "53995c3f42cd8ad8",
            caused_by = "req-wvu",
            client_correlation_id = "req-client",
            outcome = "ok",
            error = "connection refused",
            error_kind = "io::ConnectionRefused",
            duration_ms = 420u64,
            retry_after_ms = Duration::from_secs(1),
            backoff_ms = 250u64,
            done = 3u64,
            total = 10u64,
            percent = 30.0,
            emitted_by = "depot@1.0.0",
            source_location = "src/belt.rs:7",
            sampled = "tail",
        );
    })
}

fn declared_fields() -> impl Iterator<Item = &'static Field> {
    let table = taxonomy!();
    assert!(
        table.fields.len() > 20,
        "the table holds the vocabulary, {} fields",
        table.fields.len()
    );
    table.fields.iter()
}

fn names<'f>(fields: impl Iterator<Item = &'f Field>) -> BTreeSet<String> {
    fields.map(|field| field.name.to_owned()).collect()
}

fn keys(records: &[Record]) -> BTreeSet<String> {
    records.iter().flat_map(|record| &record.fields).map(|(name, _)| name.clone()).collect()
}

/// The fields each kind of listener got.
fn assert_all_reach_everybody(told: &Told, expected: &BTreeSet<String>) {
    let logfmt: Vec<Record> =
        told.lines(Stream::Logfmt).iter().map(|line| read(line).expect(line)).collect();
    assert_eq!(&keys(&told.records()), expected, "json");
    assert_eq!(&keys(&logfmt), expected, "logfmt");
    for name in expected {
        for stream in [Stream::Pretty, Stream::Fmt] {
            let pair = format!(" {name}=");
            assert!(
                told.text(stream).contains(&pair),
                "{stream:?} misses {name}:\n{}",
                told.text(stream)
            );
        }
        let key = format!("\"{name}\":");
        assert!(told.text(Stream::FmtJson).contains(&key), "fmt json misses {name}");
        let seen =
            told.seen.iter().any(|seen| seen.kind == Kind::Event && seen.field(name).is_some());
        assert!(seen, "a recording subscriber misses {name}");
    }
}

#[test]
fn every_declared_field_reaches_every_format_and_foreign_subscribers() {
    let told = declared();
    assert_all_reach_everybody(&told, &names(declared_fields()));
    assert_harmless(&told, 5);
}

#[test]
fn every_built_in_field_reaches_every_format_and_foreign_subscribers() {
    let told = built_in();
    assert_all_reach_everybody(&told, &names(builtin_fields().iter()));
    assert_harmless(&told, 1);
}

#[test]
fn a_foreign_subscriber_sees_the_head_that_the_line_has() {
    let told = declared();
    let events: Vec<_> = told.seen.iter().filter(|seen| seen.kind == Kind::Event).collect();
    assert_eq!(events.len(), told.records().len());
    for (record, event) in told.records().into_iter().zip(events) {
        let seen = |name| event.field(name).cloned();
        assert_eq!(seen("actor"), Some(Seen::Str(record.actor)));
        assert_eq!(seen("action"), Some(Seen::Str(record.action)));
        assert_eq!(seen("message"), Some(Seen::Str(record.human)));
        assert_eq!(seen("target"), record.target.map(Seen::Str));
    }
}

#[test]
fn every_field_keeps_its_declared_type_in_the_line_and_for_foreign_subscribers() {
    let (declared, built_in) = (declared(), built_in());
    let records: Vec<Record> = declared.records().into_iter().chain(built_in.records()).collect();
    let seen: Vec<_> = declared.seen.iter().chain(&built_in.seen).collect();
    for field in declared_fields().chain(builtin_fields()) {
        let value = records.iter().find_map(|record| record.field(field.name)).expect(field.name);
        let event = seen.iter().find_map(|seen| seen.field(field.name)).expect(field.name);
        let hidden = field.class.is_hidden() || field.class == Class::Pii;
        let (in_line, in_event) = match field.ty {
            _ if hidden => (matches!(value, Value::Str(_)), matches!(event, Seen::Str(_))),
            Type::String | Type::Enum(_) => {
                (matches!(value, Value::Str(_)), matches!(event, Seen::Str(_)))
            }
            Type::U64 => (matches!(value, Value::U64(_)), matches!(event, Seen::U64(_))),
            Type::I64 => (matches!(value, Value::I64(_)), matches!(event, Seen::I64(_))),
            Type::F64 => (matches!(value, Value::F64(_)), matches!(event, Seen::F64(_))),
            Type::Bool => (matches!(value, Value::Bool(_)), matches!(event, Seen::Bool(_))),
        };
        assert!(
            in_line && in_event,
            "{}: {:?} became {value:?} and {event:?}",
            field.name,
            field.ty
        );
    }
}

#[test]
fn the_table_holds_types_classes_and_units_as_they_are_declared() {
    let table = taxonomy!();
    assert_eq!(
        (table.name, table.emitted_by),
        ("parcel-depot", concat!("narration-tests@", env!("CARGO_PKG_VERSION")))
    );
    let wait = table.field("wait_ms").expect("declared");
    assert_eq!((wait.ty, wait.unit), (Type::U64, Some("ms")));
    let belt = table.field("belt").expect("declared");
    assert_eq!(belt.ty, Type::Enum(&["north", "south", "express"]));
    assert!(table.field("pool_id").is_some(), "what is extended is in it, too");
    assert!(table.field("correlation_id").is_some(), "and what is built in");
    let route = table.actor("sorter").and_then(|actor| actor.action("route")).expect("declared");
    assert_eq!(
        (route.ok, route.failed, route.cancelled),
        (Some("routed"), Some("route-failed"), Some("route-abandoned"))
    );
    let required: Vec<_> =
        route.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    assert_eq!(required, ["parcel_id"]);
}

#[test]
fn the_story_shows_every_field_its_text_names() {
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "{parcel_id} by {carrier} on {belt}: {label_path} {tracking_url} {remark} {recipient} \
                     {birth_year} {weight_g} {picture_size} {scan_ns} {read_us} {wait_ms} {shift_s} \
                     {drift_mm} {slip_us} {fill} {fragile}",
            parcel_id = "NL-204",
            carrier = "swiftpost",
            belt = "express",
            label_path = "/var/labels/7781.png",
            tracking_url = "https://track.example/7781",
            remark = "side door",
            recipient = "Ada",
            birth_year = 1815u64,
            weight_g = 1u64,
            picture_size = 2u64,
            scan_ns = 3u64,
            read_us = 4u64,
            wait_ms = 5u64,
            shift_s = 6u64,
            drift_mm = -7,
            slip_us = -8,
            fill = 9.5,
            fragile = false,
        );
    });
    assert_eq!(
        told.lines(Stream::Story),
        [
            "[scanner] inspect: NL-204 by swiftpost on express: /var/labels/7781.png https://track.example/7781 \
          side door [redacted:pii] [redacted:pii] 1 2 3 4 5 6 -7 -8 9.5 false"
        ]
    );
}
