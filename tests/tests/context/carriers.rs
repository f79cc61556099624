//! A context into a message and out of it.

use std::collections::{BTreeMap, HashMap};

use narration_runtime::{Correlation, TraceParent, Trust, extract, inject};
use narration_tests::told;

use crate::{step, text};

type Headers = BTreeMap<String, String>;

fn headers(pairs: &[(&str, &str)]) -> Headers {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[test]
fn a_context_arrives_as_it_was_sent() {
    let _ = told(|| {
        let sender = Correlation::with_id("req-xyz".parse().unwrap())
            .with_trace(PARENT.parse().unwrap(), Some("congo=t61rcWkgMzE".parse().unwrap()));
        let mut message = Headers::new();
        sender.span().in_scope(|| inject(&mut message));
        let received = extract(&message, Trust::Adopt);
        assert!(received.refused.is_empty(), "{received:?}");
        assert_eq!(received.correlation.id(), sender.id());
        assert_eq!(received.correlation.trace_id(), sender.trace_id());
        assert_eq!(received.correlation.trace_state(), sender.trace_state());
        let parent: TraceParent = message["traceparent"].parse().unwrap();
        assert_eq!(received.correlation.trace_parent(), Some(parent));
        assert_ne!(parent.parent_id.to_string(), "00f067aa0ba902b7", "the sender's own span");
    });
}

#[test]
fn outside_any_context_nothing_is_sent() {
    let _ = told(|| {
        let mut message = HashMap::new();
        inject(&mut message);
        assert_eq!(message, HashMap::new());
    });
}

#[test]
fn what_the_caller_put_there_stays() {
    let _ = told(|| {
        let _operation = Correlation::new().span().entered();
        let own = headers(&[("X-Correlation-Id", "own"), ("traceparent", PARENT)]);
        let mut message = own.clone();
        inject(&mut message);
        assert_eq!(message, own, "neither a second id nor a state of another trace");
    });
}

#[test]
fn a_context_that_was_never_opened_can_be_sent_as_well() {
    let sender = Correlation::new();
    let mut message = HashMap::new();
    sender.inject(&mut message);
    let received = extract(&message, Trust::Adopt).correlation;
    assert_eq!(received.id(), sender.id());
    assert_eq!(received.trace_id(), sender.trace_id());
}

#[test]
fn the_request_id_is_read_where_there_is_no_correlation_id() {
    let id = |pairs: &[(&str, &str)]| {
        extract(&headers(pairs), Trust::Adopt).correlation.id().to_string()
    };
    assert_eq!(id(&[("x-request-id", "req-1")]), "req-1");
    assert_eq!(id(&[("X-Request-ID", "req-1"), ("X-Correlation-ID", "req-2")]), "req-2");
}

#[test]
fn without_an_id_one_is_minted_and_without_a_trace_one_begins() {
    let (one, other) =
        (extract(&Headers::new(), Trust::Adopt), extract(&Headers::new(), Trust::Mint));
    assert!(one.refused.is_empty());
    assert_ne!(one.correlation.id(), other.correlation.id());
    assert!(one.correlation.trace_id().is_some());
    assert_eq!(one.correlation.trace_parent(), None);
    assert_eq!(other.correlation.client_id(), None);
}

#[test]
fn an_untrusted_id_is_kept_beside_a_minted_one() {
    let told = told(|| {
        let message = headers(&[("x-correlation-id", "req-client"), ("traceparent", PARENT)]);
        let received = extract(&message, Trust::Mint).correlation;
        assert_ne!(received.id().as_str(), "req-client");
        received.span().in_scope(step);
        // An operation of its own inside has no client.
        received.span().in_scope(|| Correlation::new().span().in_scope(step));
    });
    let [outer, inner] = &told.records()[..] else { panic!() };
    assert_eq!(text(outer, "client_correlation_id").as_deref(), Some("req-client"));
    assert_ne!(text(outer, "correlation_id").as_deref(), Some("req-client"));
    assert_eq!(text(outer, "trace_id").as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
    assert_eq!(text(inner, "client_correlation_id"), None);
}
