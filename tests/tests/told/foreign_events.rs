//! What other crates tell through tracing becomes a record too, and loses its secrets on the way.

use std::error::Error;
use std::fmt;
use std::io::{Read as _, Seek as _};
use std::sync::Arc;

use narration_record::{Level, Value};
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, Told, told};
use tracing::info_span;
use tracing_subscriber::layer::SubscriberExt as _;

/// What our own lines hold; a foreign subscriber sees another crate's event as that crate wrote it.
fn assert_gone(told: &Told, secret: &str) {
    for stream in Stream::OURS {
        assert!(
            !told.text(stream).contains(secret),
            "{stream:?} holds {secret:?}:\n{}",
            told.text(stream)
        );
    }
}

#[test]
fn an_event_of_a_dependency_is_a_record_of_the_service() {
    let told = told(|| {
        tracing::warn!(target: "hyper::client", attempt = 3, delay = 0.5, idle = true, host = "track.example", "retrying {}", "soon");
    });
    let record = told.record();
    assert_eq!((record.actor.as_str(), record.action.as_str()), ("depot", "log"));
    assert_eq!((record.level, record.human.as_str()), (Level::Warn, "retrying soon"));
    assert_eq!(record.target.as_deref(), Some("hyper::client"));
    assert_eq!(record.field("delay"), Some(&Value::F64(0.5)));
    assert_eq!(record.field("idle"), Some(&Value::Bool(true)));
    assert_eq!(told.lines(Stream::Story), ["[depot] log: retrying soon"]);
    assert_harmless(&told, 1);
}

#[test]
fn a_name_that_may_mean_a_secret_is_judged_with_its_value() {
    let random = "4eC39HqLyjWDarjtT1zdp7dc";
    let told = told(|| {
        let span = info_span!("pay", tls_key = random);
        span.in_scope(|| {
            tracing::info!(
                stripe_key = random,
                auth = random,
                sort_key = "name-asc",
                key = "seat-7",
                "paid"
            );
        });
    });
    assert_gone(&told, random);
    let record = told.record();
    assert_eq!(record.field("stripe_key").unwrap().as_str(), Some("[redacted:key]"));
    assert_eq!(record.field("sort_key").unwrap().as_str(), Some("name-asc"));
    assert_eq!(record.field("key").unwrap().as_str(), Some("seat-7"));
}

#[test]
fn what_a_span_learns_later_takes_no_place_of_a_records_own() {
    let told = told(|| {
        let span = info_span!("call", actor = tracing::field::Empty, level = tracing::field::Empty);
        span.record("actor", "ada").record("level", 7);
        span.in_scope(|| tracing::info!(target: "hyper", "idle"));
    });
    let record = told.record();
    assert_eq!((record.actor.as_str(), record.level), ("depot", Level::Info));
    assert_eq!(record.field("fields.actor").unwrap().as_str(), Some("ada"));
    assert_eq!(record.field("fields.level"), Some(&Value::U64(7)));
}

#[test]
fn a_layer_that_is_told_no_name_says_service() {
    let mut file = tempfile::tempfile().unwrap();
    let layer = narration_runtime::layer().with_writer(Arc::new(file.try_clone().unwrap()));
    let subscriber = tracing_subscriber::registry().with(layer);
    tracing::subscriber::with_default(subscriber, || tracing::info!(target: "hyper", "idle"));
    let mut line = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut line).unwrap();
    assert_eq!(narration_record::read(&line).unwrap().actor, "service");
}

#[test]
fn what_only_looks_like_a_narration_is_not_trusted() {
    let told = told(|| {
        tracing::info!(
            target: "belt::roll",
            actor = "belt",
            action = "roll",
            target = "b-1",
            note = "password=hunter2hunter2",
            "rolling with password=hunter2hunter2"
        );
    });
    let record = told.record();
    assert_eq!((record.actor.as_str(), record.action.as_str()), ("belt", "roll"));
    assert_eq!(record.target.as_deref(), Some("b-1"));
    assert_eq!(record.field("note"), Some(&Value::Str("password=[redacted:password]".to_owned())));
    assert_gone(&told, "hunter2hunter2");
}

/// An error with another behind it.
#[derive(Debug)]
struct Stuck(fmt::Error);

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the belt is stuck")
    }
}

impl Error for Stuck {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn an_error_of_a_dependency_tells_what_is_behind_it_and_bytes_are_counted() {
    let told = told(|| {
        let stuck = Stuck(fmt::Error);
        let error: &(dyn Error + 'static) = &stuck;
        tracing::info!(error, raw = b"abc".as_slice());
    });
    assert_eq!(told.field("error"), Some(format!("the belt is stuck: {}", fmt::Error)));
    assert_eq!(told.field("raw").as_deref(), Some("3 bytes"));
}

#[test]
fn an_event_without_a_message_still_is_a_record() {
    let told = told(|| tracing::info!(weight = 7));
    assert_eq!((told.human().as_str(), told.field("weight").as_deref()), ("", Some("7")));
    assert_harmless(&told, 1);
}

#[test]
fn every_kind_of_value_of_a_dependency_is_kept() {
    #[derive(Debug)]
    struct Jam;
    impl fmt::Display for Jam {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("jammed")
        }
    }
    impl Error for Jam {}
    let told = told(|| {
        let error: &(dyn Error + 'static) = &Jam;
        tracing::info!(
            small = -7i8, wide = u128::MAX, deep = i128::MIN, none = None::<u8>, some = Some(3u8), error, bytes = ?b"ab",
            not = f64::NAN, debug = ?Jam, display = %Jam, "http.status" = 200, r#type = "raw",
        );
    });
    assert_harmless(&told, 1);
    let record = told.record();
    let value = |name| record.field(name).map(ToString::to_string);
    assert_eq!(value("small").as_deref(), Some("-7"));
    assert_eq!(value("wide"), Some(u128::MAX.to_string()));
    assert_eq!(value("deep"), Some(i128::MIN.to_string()));
    assert_eq!((value("none"), value("some").as_deref()), (None, Some("3")));
    assert_eq!(value("error").as_deref(), Some("jammed"));
    assert_eq!(value("not").as_deref(), Some("NaN"));
    assert_eq!(
        (value("debug").as_deref(), value("display").as_deref()),
        (Some("Jam"), Some("jammed"))
    );
    assert_eq!(value("http.status").as_deref(), Some("200"));
    assert_eq!(value("type").as_deref(), Some("raw"));
}

#[test]
fn secrets_of_a_dependency_go_by_the_name_of_their_field() {
    let told = told(|| {
        let _span = info_span!("login", client_secret = "sesame-span").entered();
        tracing::info!(
            password = "hunter2", authorization = ?"Basic sesame", cookie = %"sid=sesame", db_password = Some("sesame-db"),
            tokens_out = 7, token_id = 42, eos_token = 2, user = "ada", "logging in"
        );
    });
    for secret in ["hunter2", "sesame"] {
        assert_gone(&told, secret);
    }
    let record = told.record();
    for name in ["password", "authorization", "cookie", "client_secret", "db_password"] {
        assert_eq!(record.field(name).unwrap().as_str(), Some("[redacted:secret]"), "{name}");
    }
    assert_eq!(record.field("tokens_out"), Some(&Value::U64(7)));
    assert_eq!(record.field("token_id"), Some(&Value::U64(42)));
    assert_eq!(record.field("eos_token"), Some(&Value::U64(2)));
    assert_eq!(record.field("user").unwrap().as_str(), Some("ada"));
}

#[test]
fn a_secret_number_of_a_dependency_goes_by_its_name() {
    let told = told(|| tracing::info!(password = 90_210_555, pin = 4711u64, "unlocking"));
    assert_gone(&told, "90210555");
    assert_gone(&told, "4711");
    for name in ["password", "pin"] {
        assert_eq!(told.field(name).as_deref(), Some("[redacted:secret]"), "the key stays");
    }
}

#[test]
fn secrets_of_a_dependency_go_by_their_look() {
    let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let told = told(|| {
        let _span = info_span!("call", url = %format!("https://x:{token}@git.example")).entered();
        tracing::info!(header = ?format!("Authorization: Bearer {token}"), "sending token={token}");
    });
    assert_gone(&told, token);
    let record = told.record();
    assert!(record.human.starts_with("sending token=[redacted"), "the key stays: {}", record.human);
    assert!(record.field("url").unwrap().to_string().contains("git.example"));
}

#[test]
fn what_a_dependency_records_on_a_span_later_loses_its_secrets_too() {
    let told = told(|| {
        let span =
            info_span!("login", password = tracing::field::Empty, note = tracing::field::Empty)
                .entered();
        span.record("password", "hunter2");
        span.record("note", "password=hunter2");
        tracing::info!("in");
    });
    assert_gone(&told, "hunter2");
    assert_harmless(&told, 1);
}
