//! A value through a channel, and what one operation says of another.

use std::sync::mpsc;

use narration_runtime::{Correlation, CorrelationId, Link, Narrated, narrate, scope};
use narration_tests::told;

use crate::{step, text};

#[test]
fn a_value_arrives_in_its_senders_context() {
    let request = Correlation::new();
    let told = told(|| {
        let (sender, receiver) = mpsc::channel();
        request.span().in_scope(|| {
            let _scope = scope!(parcel_id = "p-1", remark = "ring twice").entered();
            step();
            sender.send(Narrated::new(7)).unwrap();
        });
        let _worker = scope!(task_id = "task-3").entered();
        let message = receiver.recv().unwrap().map(|weight: u64| weight + 1);
        message.open(|weight_g| {
            assert_eq!(weight_g, 8);
            step();
        });
        step();
    });
    let [sent, received, after] = &told.records()[..] else { panic!() };
    assert_eq!(text(received, "correlation_id").as_deref(), Some(request.id().as_str()));
    assert_eq!(text(received, "parcel_id").as_deref(), Some("p-1"));
    assert_eq!(text(received, "remark").as_deref(), Some("ring twice"), "within the process");
    assert_eq!(text(received, "task_id").as_deref(), Some("task-3"), "the receiver's own");
    assert_eq!(text(received, "parent_span_id"), text(sent, "span_id"));
    assert_eq!(text(after, "correlation_id"), None);
}

#[test]
fn a_value_without_a_context_stays_in_the_receivers() {
    let told = told(|| {
        let message = Narrated::new("value");
        assert_eq!(message.correlation(), None);
        scope!(correlation_id = "req-receiver").in_scope(|| message.open(|_| step()));
    });
    assert_eq!(told.field("correlation_id").as_deref(), Some("req-receiver"));
}

#[test]
fn one_provisioning_leads_back_to_another() {
    let download = Correlation::with_id("req-download".parse().unwrap());
    let told = told(|| {
        let link = download.span().in_scope(|| Link::current().unwrap());
        assert_eq!(link.trace_parent().map(|parent| parent.trace_id), download.trace_id());
        let build = Correlation::with_id("req-build".parse().unwrap()).caused_by(link.clone());
        assert_eq!(build.links(), std::slice::from_ref(&link));
        assert_ne!(build.trace_id(), download.trace_id(), "a link is no parent");
        build.span().in_scope(|| {
            step();
            let carried = Correlation::current().unwrap();
            assert_eq!(carried.links(), std::slice::from_ref(&link));
            Narrated::new(()).open(|()| step());
        });
        narrate!(actor = "sorter", action = "step", caused_by = link);
        scope!(caused_by = CorrelationId::from(&link)).in_scope(step);
    });
    let causes: Vec<_> = told.records().iter().map(|record| text(record, "caused_by")).collect();
    assert_eq!(causes, vec![Some("req-download".to_owned()); 4]);
}
