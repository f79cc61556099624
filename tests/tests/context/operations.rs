//! An operation's id and fields, on everything beneath its span.

use narration_runtime::{Correlation, CorrelationId, narrate, narrated, scope, taxonomy};
use narration_tests::harmless::{assert_harmless, assert_nowhere};
use narration_tests::{Stream, told, told_by};
use tracing::{Instrument as _, info_span};

use crate::{step, text};

#[test]
fn the_current_id_is_that_of_the_nearest_span_that_has_one() {
    let _ = told(|| {
        assert_eq!(CorrelationId::current(), None);
        let (outer, inner) = (Correlation::new(), CorrelationId::new());
        outer.span().in_scope(|| {
            let _plain = info_span!("a span of somebody else").entered();
            assert_eq!(CorrelationId::current().as_ref(), Some(outer.id()));
            scope!(correlation_id = inner).in_scope(|| {
                scope!(parcel_id = "p-1").in_scope(|| {
                    assert_eq!(CorrelationId::current(), Some(inner.clone()));
                });
            });
            assert_eq!(CorrelationId::current().as_ref(), Some(outer.id()));
        });
        assert_eq!(CorrelationId::current(), None);
    });
}

#[test]
fn a_span_of_another_crate_may_bring_the_id_too_even_late() {
    let _ = told(|| {
        let id = || CorrelationId::current().map(|id| id.to_string());
        let span = info_span!("request", correlation_id = tracing::field::Empty).entered();
        assert_eq!(id(), None);
        span.record("correlation_id", "req-late");
        assert_eq!(id().as_deref(), Some("req-late"));
        let by_display = info_span!("request", correlation_id = %"req-shown").entered();
        assert_eq!(id().as_deref(), Some("req-shown"));
        let wrong = info_span!("request", correlation_id = "no id\u{1b}[31m").entered();
        assert_eq!(id().as_deref(), Some("req-shown"), "what is no id is none");
        drop((wrong, by_display, span));
    });
}

#[test]
fn every_narration_of_an_operation_has_its_id_in_every_way_out() {
    let operation = Correlation::with_id("req-xyz".parse().unwrap());
    let told = told(|| {
        operation.span().in_scope(|| {
            step();
            tracing::info!("a dependency speaks");
        });
        step();
    });
    let ids: Vec<_> = told.records().iter().map(|record| text(record, "correlation_id")).collect();
    assert_eq!(ids, [Some("req-xyz".to_owned()), Some("req-xyz".to_owned()), None]);
    for stream in [Stream::Logfmt, Stream::Pretty, Stream::Fmt] {
        assert_eq!(told.text(stream).matches("correlation_id=").count(), 2, "{stream:?}");
    }
    assert_harmless(&told, 3);
}

#[test]
fn fields_given_by_name_are_checked_safe_and_handed_down() {
    let table = taxonomy!();
    let operation = Correlation::new()
        .with_field(table, "parcel_id", "p-1")
        .and_then(|it| it.with_field(table, "parcel_id", "p-2"))
        .and_then(|it| it.with_field(table, "weight_g", 7))
        .and_then(|it| it.with_field(table, "session_id", "session-1"))
        .and_then(|it| it.with_field(table, "gate_code", "open-sesame"))
        .unwrap();
    let told = told(|| operation.span().in_scope(step));
    let record = told.record();
    assert_eq!(text(&record, "parcel_id").as_deref(), Some("p-2"));
    assert_eq!(record.field("weight_g"), Some(&narration_record::Value::U64(7)));
    assert_eq!(text(&record, "session_id").as_deref(), Some("session-1"));
    assert_eq!(text(&record, "gate_code").as_deref(), Some("[redacted:secret]"));
    assert_nowhere(&told, "open-sesame");
    assert_harmless(&told, 1);
}

#[test]
fn fields_that_do_not_fit_are_refused_by_their_code() {
    let refused = |name: &str, value: narration_runtime::FieldValue<'_>| {
        Correlation::new().with_field(taxonomy!(), name, value).unwrap_err()
    };
    let unknown = refused("parcel", "p-1".into());
    assert_eq!(unknown.code, "N0004");
    assert!(unknown.help.contains("parcel_id"), "{unknown}");
    assert_eq!(refused("weight_g", "heavy".into()).code, "N0007");
    assert_eq!(refused("trace_id", "abc".into()).code, "N0005");
}

#[test]
fn the_current_context_has_what_the_scopes_around_it_say() {
    let _ = told(|| {
        let operation = Correlation::new().with_field(taxonomy!(), "belt", "north").unwrap();
        let _operation = operation.span().entered();
        let _scope = scope!(parcel_id = "p-1", weight_g = 7).entered();
        let _nearer = scope!(parcel_id = "p-2", gate_code = "open-sesame").entered();
        let current = Correlation::current().unwrap();
        assert_eq!(current.id(), operation.id());
        let fields: Vec<_> =
            current.fields().map(|(name, value)| (name, format!("{value:?}"))).collect();
        for (name, value) in
            [("parcel_id", r#"Str("p-2")"#), ("weight_g", "U64(7)"), ("belt", r#"Str("north")"#)]
        {
            assert!(fields.contains(&(name, value.to_owned())), "{name} in {fields:?}");
        }
        assert!(!format!("{current:?}").contains("sesame"), "{current:?}");
    });
}

#[test]
fn an_operation_inside_another_has_its_own_id_and_trace() {
    let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".parse().unwrap();
    let (outer, inner) = (Correlation::new().with_trace(caller, None), Correlation::new());
    let told = told(|| {
        let _outer = outer.span().entered();
        let _fn = scope!(parcel_id = "p-1").entered();
        inner.span().in_scope(step);
        step();
    });
    let [inside, outside] = &told.records()[..] else { panic!() };
    assert_eq!(text(inside, "correlation_id").as_deref(), Some(inner.id().as_str()));
    assert_eq!(text(inside, "trace_id"), inner.trace_id().map(|id| id.to_string()));
    assert_eq!(text(inside, "parent_span_id"), None, "its trace begins here");
    assert_eq!(text(inside, "parcel_id").as_deref(), Some("p-1"), "but it stands in this scope");
    assert_eq!(text(outside, "correlation_id").as_deref(), Some(outer.id().as_str()));
    assert_eq!(text(outside, "parent_span_id").as_deref(), Some("00f067aa0ba902b7"));
    assert_harmless(&told, 2);
}

#[tokio::test]
async fn an_operation_follows_its_future_and_no_other() {
    #[narrated(actor = "sorter")]
    async fn work(times: usize) {
        for _ in 0..times {
            narrate!("step");
            tokio::task::yield_now().await;
        }
    }
    let operations: Vec<_> = (0..20).map(|_| Correlation::new()).collect();
    let told = told_by(async {
        let all = operations.iter().map(|operation| work(5).instrument(operation.span()));
        futures_util::future::join_all(all).await;
        step();
    })
    .await;
    for operation in &operations {
        let own = |record: &&narration_record::Record| {
            text(record, "correlation_id").as_deref() == Some(operation.id().as_str())
        };
        assert_eq!(told.records().iter().filter(own).count(), 5);
    }
    assert_eq!(text(told.records().last().unwrap(), "correlation_id"), None);
}

#[test]
fn the_context_is_there_with_any_stack_that_has_one_of_our_layers() {
    use tracing_subscriber::prelude::*;
    let layer = || narration_runtime::layer().with_writer(std::io::sink);
    let operation = Correlation::new();
    let id = || CorrelationId::current();
    let seen = |stack: tracing::Dispatch| {
        tracing::dispatcher::with_default(&stack, || operation.span().in_scope(id))
    };
    let expected = Some(operation.id().clone());
    assert_eq!(seen(tracing_subscriber::registry().with(layer()).into()), expected);
    let several = tracing_subscriber::registry().with(layer()).with(layer());
    assert_eq!(
        seen(several.with(tracing_subscriber::fmt::layer().with_writer(std::io::sink)).into()),
        expected
    );
    let filtered = layer().with_filter(tracing_subscriber::filter::LevelFilter::ERROR);
    assert_eq!(seen(tracing_subscriber::registry().with(vec![filtered.boxed()]).into()), expected);
    assert_eq!(seen(tracing_subscriber::registry().into()), None, "nobody of ours listens");
}
