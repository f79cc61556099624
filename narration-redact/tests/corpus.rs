//! Measures the detector against a folder of cases: `NARRATION_CORPUS=… cargo test -p narration-redact
//! --test corpus -- --nocapture`. Without the variable there is nothing to measure.
//!
//! Every `*.jsonl` line is a case: `text`, `secret` (or null), `secrets`, `must_survive`, `group`.

#![allow(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]

use std::{collections::BTreeMap, fs, path::Path};

use narration_redact::{PiiKind, Redactor};
use serde_json::Value;

/// A left-over piece of a secret of this many bytes counts as a leak.
const PIECE: usize = 8;

#[derive(Default)]
struct Tally {
    passed: usize,
    failures: Vec<String>,
}

fn texts(case: &Value, field: &str) -> Vec<String> {
    case[field]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// What is left of a secret; a piece that stands elsewhere in the text as well does not count.
fn leak(text: &str, clean: &str, secret: &str) -> Option<String> {
    if clean.contains(secret) {
        return Some(secret.to_owned());
    }
    let elsewhere = text.replace(secret, " ");
    let starts = secret.char_indices().map(|(start, _)| start);
    starts
        .filter_map(|start| secret.get(start..start + PIECE))
        .find(|piece| clean.contains(piece) && !elsewhere.contains(piece))
        .map(str::to_owned)
}

fn fault(case: &Value, redactor: &Redactor) -> Option<String> {
    let text = case["text"].as_str().unwrap();
    let clean = redactor.redact(text);
    let again = redactor.redact(&clean);
    if again != clean {
        return Some(format!("not idempotent: {clean}  =>  {again}"));
    }
    let mut secrets = texts(case, "secrets");
    secrets.extend(case["secret"].as_str().map(str::to_owned));
    if secrets.is_empty() {
        return (clean != text).then(|| format!("touched: {clean}"));
    }
    let lost = texts(case, "must_survive").into_iter().find(|kept| !clean.contains(kept));
    if let Some(lost) = lost {
        return Some(format!("lost {lost}: {clean}"));
    }
    secrets
        .iter()
        .find_map(|secret| leak(text, &clean, secret))
        .map(|piece| format!("leaked {piece}: {clean}"))
}

fn measure(folder: &Path) -> BTreeMap<String, Tally> {
    let standard = Redactor::new();
    let personal = PiiKind::ALL
        .into_iter()
        .fold(Redactor::builder(), |builder, kind| builder.pii(kind))
        .build()
        .unwrap();
    let mut tallies = BTreeMap::<String, Tally>::new();
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "jsonl"))
    {
        for line in fs::read_to_string(file).unwrap().lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let group = case["group"].as_str().unwrap().to_owned();
            let redactor = if group.starts_with("pii") { &personal } else { &standard };
            let tally = tallies.entry(group).or_default();
            match fault(&case, redactor) {
                None => tally.passed += 1,
                Some(fault) => tally
                    .failures
                    .push(format!("{}: {}\n      {fault}", case["kind"], case["text"])),
            }
        }
    }
    tallies
}

fn share(tallies: &BTreeMap<String, Tally>, prefix: &str) -> f64 {
    let of = |test: fn(&Tally) -> usize| -> usize {
        tallies
            .iter()
            .filter(|(group, _)| group.starts_with(prefix))
            .map(|(_, tally)| test(tally))
            .sum()
    };
    let passed = of(|tally| tally.passed);
    let all = passed + of(|tally| tally.failures.len());
    if all == 0 { 100.0 } else { passed as f64 * 100.0 / all as f64 }
}

#[test]
fn the_corpus_reaches_its_thresholds() {
    let Ok(folder) = std::env::var("NARRATION_CORPUS") else { return };
    let tallies = measure(Path::new(&folder));
    for (group, tally) in &tallies {
        let all = tally.passed + tally.failures.len();
        println!(
            "{group:28} {:4} of {all:4}  {:6.2} %",
            tally.passed,
            tally.passed as f64 * 100.0 / all as f64
        );
        if std::env::var_os("NARRATION_CORPUS_FAILURES").is_some() {
            tally.failures.iter().for_each(|failure| println!("    {failure}"));
        }
    }
    let gates = [
        ("strong", 97.0),
        ("keyed:opaque", 97.0),
        ("logshape", 97.0),
        ("transport", 90.0),
        ("pem", 100.0),
        ("ids:hard", 100.0),
        ("prose", 99.8),
        ("pii:email", 97.0),
        ("pii:credit_card", 97.0),
        ("pii:iban", 97.0),
    ];
    for (group, least) in gates {
        let reached = share(&tallies, group);
        assert!(reached >= least, "{group}: {reached:.2} % of at least {least} %");
    }
}
