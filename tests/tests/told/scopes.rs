//! `scope!`: fields for everything inside, typed and made safe like any other.

use narration_record::Value;
use narration_runtime::{narrate, scope};
use narration_tests::harmless::{assert_harmless, assert_nowhere};
use narration_tests::{told, told_by};
use tracing::Instrument as _;

fn step() {
    narrate!(actor = "sorter", action = "step");
}

#[test]
fn a_scope_hands_its_fields_to_every_narration_inside() {
    let told = told(|| {
        let parcel_id = "p-1";
        let scope = scope!(
            correlation_id = "req-1",
            parcel_id,
            weight_g = 7,
            wait_ms = std::time::Duration::from_secs(2)
        );
        scope.in_scope(|| {
            step();
            scope!(parcel_id = "p-2").in_scope(step);
            tracing::info!("a dependency speaks");
        });
        step();
    });
    let ids: Vec<_> =
        told.records().iter().map(|record| record.field("parcel_id").cloned()).collect();
    let id = |id: &str| Some(Value::Str(id.to_owned()));
    assert_eq!(ids, [id("p-1"), id("p-2"), id("p-1"), None]);
    let inner = &told.records()[1];
    assert_eq!(inner.field("correlation_id"), Some(&Value::Str("req-1".to_owned())));
    assert_eq!(inner.field("weight_g"), Some(&Value::U64(7)));
    assert_eq!(inner.field("wait_ms"), Some(&Value::U64(2000)));
    assert_harmless(&told, 4);
}

#[test]
fn a_scopes_values_are_made_safe_by_their_class() {
    let told = told(|| {
        let gate_code = "open-sesame";
        let _scope = scope!(
            gate_code,
            recipient = "Ada Lovelace",
            letter = "Dear Ada",
            carrier = None::<&str>
        )
        .entered();
        step();
    });
    for secret in ["open-sesame", "Lovelace", "Dear Ada"] {
        assert_nowhere(&told, secret);
    }
    assert_eq!(told.field("gate_code").as_deref(), Some("[redacted:secret]"));
    assert_eq!(told.field("carrier"), None, "what is not there is not handed down");
}

#[tokio::test]
async fn a_scope_follows_a_future_across_waits() {
    let told = told_by(async {
        let work = async {
            step();
            tokio::task::yield_now().await;
            step();
        };
        work.instrument(scope!(job_id = "job-1")).await;
        step();
    })
    .await;
    let jobs: Vec<_> =
        told.records().iter().map(|record| record.field("job_id").is_some()).collect();
    assert_eq!(jobs, [true, true, false]);
}
