//! What a report says beside what was true: random trees of actions are written as records, by
//! several services and replicas, and the story that is read from them is held against the tree.

mod tree;

use std::collections::BTreeMap;
use std::fs;

use cargo_narration::logs::Sources;
use cargo_narration::story::{
    Ending, Ends, Habits, Operation, Outcome, Story, Surroundings, select,
};
use narration_record::{Clock, Fields, Format, Head, Level, Style, write_line};
use proptest::prelude::*;

use tree::{Deed, Event, Told, Truth, truth};

/// What a vocabulary would say of the actions of [`tree`], and what other requests show.
fn habits() -> Habits {
    let mut habits = Habits::default();
    let name = |name: &str| Some(name.to_owned());
    for actor in tree::ACTORS {
        let ends =
            |ok: &str, failed: &str| Ends { ok: name(ok), failed: name(failed), ..Ends::default() };
        habits.declare(actor, "build", ends("built", "build-failed"));
        habits.declare(actor, "spawn", ends("ready", "spawn-failed"));
        habits.declare(actor, "resolve", Ends { failed: name("resolve"), ..Ends::default() });
        habits.see(actor, "fetch");
        habits.see(actor, "verify");
    }
    habits
}

/// Writes the events as their services would, each replica into a log of its own, and reads the
/// story of it.
fn read(events: &[Event], habits: Habits) -> Story {
    let folder = tempfile::tempdir().unwrap();
    let mut logs: BTreeMap<String, String> = BTreeMap::new();
    let mut clock = Clock::new();
    for event in events {
        let format = if event.replica == 0 { Format::Json } else { Format::Logfmt };
        let style = Style { format, colour: false };
        let mut fields = Fields::new(style);
        fields.str("correlation_id", "req-1");
        for (name, value) in &event.texts {
            fields.str(*name, value);
        }
        if let Some(took) = event.took {
            fields.u64("duration_ms", took);
        }
        let since = std::time::Duration::from_micros(event.time);
        let head = Head {
            timestamp: clock.stamp(std::time::UNIX_EPOCH + since),
            level: Level::Info,
            actor: event.actor,
            action: &event.action,
            declared: true,
            target: None,
            human: "x",
        };
        let log = logs.entry(format!("{}-{}.log", event.actor, event.replica)).or_default();
        write_line(log, style, &head, None, &fields);
    }
    for (name, lines) in logs {
        fs::write(folder.path().join(name), lines).unwrap();
    }
    let sources = Sources::find(&[folder.path().to_owned()]);
    let selection = select(&sources, "req-1");
    assert_eq!(selection.entries.len(), events.len());
    // The logs go on for a second behind the last event.
    let until = events.last().map(|event| (event.time as i64 + 1_000_000) * 1_000);
    Story::tell(selection.entries, &Surroundings { until, habits, ..Surroundings::default() })
}

/// The operations of a story, as the tree has them.
fn told(story: &Story) -> Vec<Deed> {
    let micros = |nanos: i64| nanos as u64 / 1_000;
    let deed = |one: &Operation| Deed {
        actor: one.actor.clone(),
        action: one.action.clone(),
        from: micros(one.from),
        to: one.to.map(micros),
        failed: one.outcome == Some(Outcome::Failed),
    };
    let mut deeds: Vec<Deed> = story.operations.iter().map(deed).collect();
    deeds.sort();
    deeds
}

fn sums_are_right(story: &Story) {
    let totals = &story.totals;
    let path: i64 = story.path.iter().map(|piece| piece.length()).sum();
    assert_eq!(path, totals.elapsed());
    assert!(story.path.windows(2).all(|pair| pair[0].to == pair[1].from));
    assert!(story.path.iter().all(|piece| piece.length() > 0));
    assert_eq!(totals.services.iter().map(|share| share.time).sum::<i64>(), totals.elapsed());
    assert_eq!(totals.actions.iter().map(|share| share.time).sum::<i64>(), totals.elapsed());
    let percent: f64 = totals.services.iter().map(|share| share.percent).sum();
    assert!(totals.elapsed() == 0 || (percent - 100.0).abs() < 1e-6, "{percent}");
    for one in &story.operations {
        assert!(one.parent().is_none_or(|parent| story.operations[parent].from <= one.from));
    }
}

/// Whatever is open is named itself or stands around what is named.
fn what_is_open_is_named(story: &Story) {
    let mut named = vec![false; story.operations.len()];
    for at in &story.totals.open {
        let mut next = Some(*at);
        while let Some(at) = next {
            named[at] = true;
            next = story.operations[at].parent();
        }
    }
    for (one, named) in story.operations.iter().zip(named) {
        assert!(named || !one.is_open(), "{one:?}");
    }
}

fn with_a_vocabulary(truth: &Truth) {
    let story = read(&truth.events, habits());
    assert_eq!(told(&story), truth.deeds);
    what_is_open_is_named(&story);
    sums_are_right(&story);
    let hangs = truth.deeds.iter().any(|deed| deed.to.is_none());
    assert_eq!(story.totals.ending == Ending::Open, hangs);
    let failed = truth.deeds.iter().filter(|deed| deed.failed).count();
    assert_eq!(story.totals.failures.len(), failed);
}

/// Without a vocabulary less is known, but nothing wrong is said.
fn without_one(truth: &Truth, spans: bool) {
    let story = read(&truth.events, Habits::default());
    sums_are_right(&story);
    what_is_open_is_named(&story);
    let deeds = told(&story);
    for deed in deeds.iter().filter(|deed| deed.to.is_none()) {
        assert!(truth.deeds.contains(deed), "not open: {deed:?}");
    }
    // What `#[narrated]` told to the end has both its ends: by its span, else by its name.
    for (deed, told) in truth.deeds.iter().zip(&truth.told) {
        let known = *told == Told::NarratedAlike || (spans && *told == Told::Narrated);
        if deed.to.is_some() && known {
            assert!(deeds.contains(deed), "{deed:?} is not among {deeds:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_open_is_named_and_what_is_over_is_not(plan in tree::plan(), spans: bool) {
        with_a_vocabulary(&truth(&plan, spans));
    }

    #[test]
    fn without_a_vocabulary_nothing_that_is_over_is_called_open(plan in tree::plan(), spans: bool) {
        without_one(&truth(&plan, spans), spans);
    }
}
