//! What the services of this process narrated.
//!
//! In: a correlation id. Out: the records that have it, in their order; and a way to wait for one
//! that a server writes after its client has gone on.
//!
//! One subscriber listens to the whole process; tests keep apart by their ids.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use narration_record::{Record, read};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

/// How long a test waits before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

static HEARD: Mutex<Option<Heard>> = Mutex::new(None);

/// Every line, and the records by their correlation id.
#[derive(Default)]
struct Heard {
    text: String,
    by_id: HashMap<String, Vec<Record>>,
}

static NEWS: LazyLock<watch::Sender<()>> = LazyLock::new(|| {
    let stack = tracing_subscriber::registry()
        .with(EnvFilter::new("info,front-desk=trace"))
        .with(narration_runtime::layer().with_service("test").with_writer(Lines));
    tracing::subscriber::set_global_default(stack).expect("nobody installs another one");
    watch::Sender::new(())
});

/// Begins to listen. To be called before anything is narrated.
pub(crate) fn listen() {
    LazyLock::force(&NEWS);
}

#[derive(Clone, Copy)]
struct Lines;

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = std::str::from_utf8(bytes).expect("lines are UTF-8");
        let record = read(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        heard(|heard| {
            heard.text.push_str(line);
            if let Some(id) = told(&record, "correlation_id") {
                heard.by_id.entry(id).or_default().push(record);
            }
        });
        NEWS.send_replace(());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn heard<R>(look: impl FnOnce(&mut Heard) -> R) -> R {
    look(HEARD.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

/// Everything that was written so far.
pub(crate) fn text() -> String {
    heard(|heard| heard.text.clone())
}

/// The records of one request so far.
pub(crate) fn of(id: &str) -> Vec<Record> {
    heard(|heard| heard.by_id.get(id).cloned().unwrap_or_default())
}

/// Waits until the records of one request are as wanted.
pub(crate) async fn until(id: &str, wanted: impl Fn(&[Record]) -> bool) -> Vec<Record> {
    let mut news = NEWS.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            news.borrow_and_update();
            let records = of(id);
            if wanted(&records) {
                return records;
            }
            news.changed().await.expect("the sender lives as long as the process");
        }
    });
    found.await.unwrap_or_else(|_| panic!("{id} was not told as wanted: {:#?}", plot(&of(id))))
}

/// Waits until one request has this many outcomes.
pub(crate) async fn outcomes(id: &str, count: usize) -> Vec<Record> {
    until(id, |records| {
        records.iter().filter(|record| told(record, "outcome").is_some()).count() == count
    })
    .await
}

/// A field as text.
pub(crate) fn told(record: &Record, name: &str) -> Option<String> {
    record.field(name).map(ToString::to_string)
}

/// `action outcome` of each record, or the action alone where there is no outcome.
pub(crate) fn plot(records: &[Record]) -> Vec<String> {
    let step = |record: &Record| match told(record, "outcome") {
        Some(outcome) => format!("{} {outcome}", record.action),
        None => record.action.clone(),
    };
    records.iter().map(step).collect()
}
