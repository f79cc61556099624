//! Narrations at the edges: while threads end, while values are recorded, from the `log` crate.

use crate::service::Service;

#[test]
fn destructors_of_an_ending_thread_narrate_whole_lines() {
    let said = Service::new("thread-exit").run();
    assert_eq!(said.stderr, "ended: true\n");
    let mut humans: Vec<_> = said.records().into_iter().map(|record| record.human).collect();
    humans.sort();
    let leaving: Vec<_> = humans.iter().filter(|human| human.starts_with("Leaving")).collect();
    assert_eq!(leaving, ["Leaving: the early", "Leaving: the late"]);
    assert_eq!(said.plot().iter().filter(|step| *step == "sorter::route-failed").count(), 2);
}

#[test]
fn a_debug_that_narrates_while_it_is_recorded_on_its_span_locks_nothing() {
    let said = Service::new("recorded-debug").run();
    let after = said.records().pop().expect("it came to its end");
    assert_eq!(
        (after.human.as_str(), after.field("value").unwrap().as_str()),
        ("after", Some("talkative"))
    );
}

#[test]
fn records_of_the_log_crate_become_lines_under_their_own_target() {
    let said = Service::new("log-crate").run();
    let records = said.records();
    assert_eq!(said.plot(), ["narration-tests::log"; 2]);
    assert_eq!(records[0].human, "the arm shakes at 4 mm");
    assert_eq!(records[0].target.as_deref(), Some("driver::arm"));
    assert_eq!(records[0].fields, [], "where it comes from is provenance: {:?}", records[0]);
    assert!(!said.stdout.contains("hunter2secret"), "{}", said.stdout);
    let filtered = Service::new("log-crate").env("RUST_LOG", "driver::arm=debug").run();
    let humans: Vec<_> = filtered.records().into_iter().map(|record| record.human).collect();
    assert_eq!(humans, ["the arm shakes at 4 mm", "unheard by default"]);
}
