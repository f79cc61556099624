//! Services that are not converted yet: the spans that `tracing_subscriber` says it opened and
//! closed are operations.

use std::fs::File;
use std::sync::Mutex;

use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::place::{Place, deeds};

/// What a service of two spans writes, with the inner one left open where it is `stuck`.
fn service(place: &Place, name: &str, id: &str, stuck: bool, flat: bool) {
    let file = File::options().create(true).append(true).open(place.path().join(name)).unwrap();
    let layer = tracing_subscriber::fmt::layer().json().flatten_event(flat);
    let layer = layer.with_span_events(FmtSpan::NEW | FmtSpan::CLOSE);
    let subscriber = tracing_subscriber::registry().with(layer.with_writer(Mutex::new(file)));
    tracing::subscriber::with_default(subscriber, || {
        let request = tracing::info_span!("request", correlation_id = id);
        request.in_scope(|| {
            let build = tracing::info_span!("build", jobs = 8);
            build.in_scope(|| tracing::info!(new = true, "compiling"));
            if stuck {
                std::mem::forget(build);
            }
        });
        if stuck {
            std::mem::forget(request);
        }
    });
}

#[test]
fn what_opens_and_closes_is_an_operation() {
    for flat in [false, true] {
        let place = Place::new();
        service(&place, "pool.log", "req-1", false, flat);
        let story = place.json(&["story", "req-1", "pool.log"]);
        assert_eq!(
            deeds(&story),
            ["pool request", "pool build", "pool log", "pool build", "pool request"]
        );
        let ends = |at: usize| {
            let one = &story["operations"][at];
            let steps = [&one["start_step"], &one["end_step"]].map(|step| step.as_u64().unwrap());
            (one["action"].as_str().unwrap().to_owned(), one["parent"].as_u64(), steps)
        };
        assert_eq!(ends(0), ("request".to_owned(), None, [0, 4]));
        assert_eq!(ends(1), ("build".to_owned(), Some(0), [1, 3]));
        assert_eq!(story["ending"], "ok");
    }
}

#[test]
fn a_span_that_others_close_is_stuck_where_it_is_not_closed() {
    let place = Place::new();
    service(&place, "pool.log", "req-1", false, false);
    service(&place, "pool.log", "req-2", true, false);
    let story = place.json(&["story", "req-2", "pool.log"]);
    assert_eq!((&story["ending"], &story["open"][0]["action"]), (&"open".into(), &"build".into()));
    place.run(&["story", "req-2", "pool.log"]).has("stuck in build for");
}

#[test]
fn a_closing_span_says_how_long_it_took() {
    let place = Place::new();
    let line = |time: &str, fields: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{time}Z","level":"INFO","fields":{{{fields}}},"target":"pool","span":{{"name":"build","correlation_id":"r"}},"spans":[{{"name":"build","correlation_id":"r"}}]}}"#
        )
    };
    let close = r#""message":"close","time.busy":"1.50s","time.idle":"500ms""#;
    place.log("pool.log", &[&line("07.000000", close), &line("09.000000", r#""message":"new"}"#)]);
    let story = place.json(&["story", "r", "pool.log"]);
    assert_eq!(story["operations"][0]["duration_ns"], 2_000_000_000_u64);
    assert_eq!(story["operations"][0]["from"], "2026-11-21T18:34:05.000000Z");
}
