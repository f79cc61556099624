//! Levels, numbers and keys that come from two sides, as they arrive.

use opentelemetry_proto::tonic::common::v1::any_value::Value;

use crate::arrived::{Arrived, Log, string};
use crate::collector::Collector;
use crate::service::exported;

fn told() -> Arrived {
    exported("exported-kinds", &Collector::grpc(), "grpc")
}

fn said<'a>(arrived: &'a Arrived, body: &str) -> &'a Log {
    arrived.logs.iter().find(|log| log.body == body).unwrap()
}

#[test]
fn every_level_has_its_severity() {
    let arrived = told();
    for (level, severity) in [("trace", 1), ("debug", 5), ("warn", 13)] {
        let narration = arrived.remarked(level);
        assert_eq!(narration.severity, (severity, level.to_uppercase()));
    }
}

#[test]
fn another_crates_number_is_hidden_by_a_secrets_name_and_kept_by_any_other() {
    let arrived = told();
    let door = said(&arrived, "the door opens");
    assert_eq!(door.scope, "driver");
    assert_eq!(door.attributes["pin"], string("[redacted:secret]"));
    assert_eq!(door.attributes["cvv"], string("[redacted:secret]"));
    assert_eq!(door.attributes["tokens"], Value::IntValue(3));
    let belt = said(&arrived, "the belt is warm");
    assert_eq!(belt.attributes["warm"], Value::BoolValue(true));
    assert_eq!(belt.attributes["drift"], Value::IntValue(-2));
    assert_eq!(belt.attributes["fill"], Value::DoubleValue(0.5));
    let inherited = arrived.remarked("inner");
    assert_eq!(inherited.attributes["otp"], string("[redacted:secret]"));
    let whole = format!("{:?} {:?}", arrived.logs, arrived.spans);
    assert!(!["4711", "4712", "4713"].iter().any(|pin| whole.contains(pin)), "{whole}");
}

#[test]
fn another_crates_error_arrives_with_its_cause_and_without_its_secret() {
    let arrived = told();
    let belt = said(&arrived, "the belt stands");
    let Value::StringValue(error) = &belt.attributes["error"] else { panic!("{belt:?}") };
    assert!(error.starts_with("jammed by api_key=[redacted:key]"), "{error}");
    assert!(error.ends_with(&std::fmt::Error.to_string()), "{error}");
}

#[test]
fn a_line_of_the_log_crate_arrives_without_the_bridges_own_fields() {
    let arrived = told();
    let arm = said(&arrived, "the arm shakes at 4 mm");
    assert_eq!((&*arm.scope, &arm.severity), ("driver::arm", &(13, "WARN".to_owned())));
    assert!(arm.attributes.keys().all(|key| !key.starts_with("log.")), "{arm:?}");
}

/// That no key comes twice, whoever reads what arrived looks at.
#[test]
fn what_is_nearest_to_a_narration_is_what_arrives() {
    let arrived = told();
    let own = arrived.remarked("own");
    assert_eq!(own.attributes["session_id"], string("s-own"));
    assert_eq!(own.attributes["job_id"], string("j-1"));
    let driver = said(&arrived, "a driver has its own");
    assert_eq!(driver.attributes["session_id"], string("s-driver"));
    let inner = arrived.remarked("inner");
    assert_eq!(inner.attributes["session_id"], string("s-outer"));
    assert_eq!(inner.attributes["job_id"], string("j-2"));
}
