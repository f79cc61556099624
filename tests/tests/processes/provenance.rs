//! Who emitted a record, and where, when that is asked for.

use narration_record::Record;

use crate::service::Service;

fn text<'r>(record: &'r Record, name: &str) -> Option<&'r str> {
    record.field(name).and_then(|value| value.as_str())
}

#[test]
fn records_say_nothing_of_their_source_unless_asked() {
    for setting in ["", "0", "false"] {
        let said = Service::new("actors").env("NARRATION_PROVENANCE", setting).run();
        assert!(
            !said.stdout.contains("emitted_by") && !said.stdout.contains("source_location"),
            "{setting:?}"
        );
    }
}

#[test]
fn narrations_say_which_package_and_line_they_come_from() {
    let said = Service::new("actors").env("NARRATION_PROVENANCE", "1").run();
    let records = said.records();
    let package = concat!("narration-tests@", env!("CARGO_PKG_VERSION"));
    let source = include_str!("../../src/bin/depot.rs");
    let line =
        |part: &str| 1 + source.lines().position(|line| line.contains(part)).expect("it is there");
    for (record, part) in records.iter().zip([
        "action = \"scan\"",
        "level = \"warn\"",
        "action = \"route\"",
        "action = \"route\"",
    ]) {
        assert_eq!(
            text(record, "emitted_by"),
            Some(package),
            "the caller's package, not the library's"
        );
        let place = text(record, "source_location").expect("a place");
        assert!(place.ends_with(&format!("src/bin/depot.rs:{}", line(part))), "{place} for {part}");
    }
}

#[test]
fn other_crates_events_say_their_line_and_claim_no_package() {
    let said = Service::new("actors").env("NARRATION_PROVENANCE", "1").run();
    let foreign = said.records().pop().expect("the dependency's event");
    assert_eq!(text(&foreign, "emitted_by"), None);
    let place = text(&foreign, "source_location").unwrap_or_default().replace('\\', "/");
    let line = place.strip_prefix("tests/src/bin/depot.rs:");
    assert!(line.is_some_and(|line| line.parse::<u32>().is_ok()), "{foreign:?}");
}
