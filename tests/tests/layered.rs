//! A layer that narrates while it hears of a narration.
//!
//! In: one narration, under a stack of two layers of ours with such a one between them. Out: the
//! lines of both, which have to agree. tracing lets a narration be told inside another one's way
//! only where one subscriber serves the whole process, so this is a process of its own.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::cell::Cell;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use narration_runtime::{Correlation, Format, narrate, uncorrelated};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

thread_local! {
    static ECHOES: Cell<bool> = const { Cell::new(false) };
}

/// Narrates while a narration is on its way, as a layer may that tells of its own trouble.
struct Echo;

impl<S: Subscriber> Layer<S> for Echo {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        if !ECHOES.replace(true) {
            narrate!(actor = "sorter", action = "step", correlation_id = "req-echo");
            ECHOES.set(false);
        }
    }
}

/// A writer that keeps what is written.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    /// The lines that were written, in the order of the alphabet.
    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The line below is where it narrates.
const INSPECTED: u32 = line!() + 3;

fn inspect() {
    narrate!(actor = "scanner", action = "inspect", weight_g = 7);
}

#[test]
fn a_layer_that_narrates_leaves_the_narration_on_its_way_to_the_next_as_it_was() {
    let (before, behind) = (Kept::default(), Kept::default());
    let layer = |kept: &Kept| {
        let kept = kept.clone();
        narration_runtime::layer().with_format(Format::Json).with_writer(move || kept.clone())
    };
    let stack = tracing_subscriber::registry().with(layer(&before)).with(Echo).with(layer(&behind));
    tracing::subscriber::set_global_default(stack).unwrap();
    Correlation::new().span().in_scope(inspect);
    inspect();
    let lines = before.lines();
    assert_eq!(lines.len(), 4, "{lines:?}");
    // Time, origin and all: both layers tell the same of either.
    assert_eq!(behind.lines(), lines);
    let lost = uncorrelated().into_iter().find(|it| it.place == Some((file!(), INSPECTED)));
    assert_eq!(lost.map(|it| it.times), Some(1), "a narration is lost but once");
}
