//! Set-ups with something wrong in them: told with a way out, and narration goes on.

use std::fs;

use narration_record::Level;

use crate::service::{Said, Service};

/// The only fault a service told, and that it went on.
fn fault(said: &Said) -> String {
    let mut faults: Vec<_> = said
        .records()
        .into_iter()
        .filter(|record| record.level == Level::Error && record.action == "log")
        .collect();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0].actor, "narration-tests");
    assert!(
        said.plot().iter().any(|step| step == "scanner::scan"),
        "narration goes on: {}",
        said.stdout
    );
    assert_eq!(said.stderr, "", "nothing is printed besides");
    faults.remove(0).human
}

#[test]
fn piped_output_is_json_by_default() {
    let said = Service::new("actors").run();
    assert!(
        said.stdout.lines().all(|line| line.starts_with("{\"timestamp\":\"")),
        "{}",
        said.stdout
    );
}

#[test]
fn each_format_can_be_asked_for() {
    let first = |format: &str| {
        let said = Service::new("actors").env("NARRATION_FORMAT", format).run();
        assert!(said.well);
        said.stdout.lines().next().expect("a line").to_owned()
    };
    assert!(first("json").starts_with("{\"timestamp\":\""));
    assert!(
        first("logfmt").contains(
            " level=info actor=scanner action=scan target=p-1 human=\"Scanned parcel p-1\""
        )
    );
    assert_eq!(first("story"), "[scanner] scan: Scanned parcel p-1");
    let pretty = first("pretty");
    assert!(pretty.contains("INFO") && pretty.contains("Scanned parcel p-1"), "{pretty}");
    assert!(!pretty.contains('\u{1b}'), "no colours where no terminal is: {pretty:?}");
}

#[test]
fn a_wrong_format_is_told_and_json_is_used() {
    let fault = fault(&Service::new("actors").env("NARRATION_FORMAT", "jsno").run());
    for word in ["NARRATION_FORMAT", "jsno", "json", "logfmt", "pretty", "story"] {
        assert!(fault.contains(word), "{word}: {fault}");
    }
}

#[test]
fn an_unwritable_file_is_told_and_standard_output_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let below = blocked.join("depot.log");
    for path in [folder.path(), &below] {
        let fault = fault(&Service::new("actors").env("NARRATION_FILE", path).run());
        assert!(fault.contains(path.to_str().unwrap()), "{fault}");
        assert!(fault.contains("NARRATION_FILE") && fault.contains("standard output"), "{fault}");
    }
}

#[test]
fn a_wrong_filter_is_told_and_the_rest_of_it_holds() {
    let said =
        Service::new("actors").env("RUST_LOG", "sorter=warn,scanner=loud,scanner=info").run();
    let fault = fault(&said);
    assert!(fault.contains("scanner=loud") && fault.contains("RUST_LOG"), "{fault}");
    let plot = said.plot();
    assert!(!plot.contains(&"sorter::route".to_owned()), "sorter=warn holds: {plot:?}");
}

#[test]
fn a_fault_is_told_whatever_the_filter_lets_through() {
    for directives in ["scanner=info", "off,scanner=info"] {
        let said = Service::new("actors")
            .env("RUST_LOG", directives)
            .env("NARRATION_FORMAT", "jsno")
            .run();
        assert!(fault(&said).contains("jsno"), "{directives}");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let said = Service::new("actors")
        .env("NARRATION_FORMAT", "x")
        .env("NARRATION_FILE", "/")
        .env("RUST_LOG", "a=b=c")
        .run();
    let faults: Vec<_> = said
        .records()
        .into_iter()
        .filter(|record| record.action == "log" && record.level == Level::Error)
        .collect();
    assert_eq!(faults.len(), 3, "{faults:#?}");
}

#[test]
fn a_second_set_up_is_refused_and_told() {
    let said = Service::new("twice").run();
    let records = said.records();
    assert!(records[0].human.contains("installed already"), "{records:#?}");
    assert_eq!(records[1].action, "step");
    assert!(
        said.stderr.contains("AlreadySet") && said.stderr.contains("refused: true"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_strict_set_up_gives_all_faults_back_and_installs_nothing() {
    let said = Service::new("strict").env("NARRATION_FORMAT", "x").env("NARRATION_FILE", "/").run();
    assert!(said.well);
    assert_eq!(said.stdout, "");
    assert_eq!(said.stderr.lines().count(), 2, "{}", said.stderr);
    let fine = Service::new("strict").run();
    assert_eq!(fine.plot(), ["sorter::step"]);
}

#[test]
fn a_wrong_sink_is_told_and_standard_output_is_used() {
    for sink in ["jurnald", "syslog:http://logs.example"] {
        let fault = fault(&Service::new("actors").env("NARRATION_SINK", sink).run());
        for word in ["NARRATION_SINK", sink, "journald", "syslog", "stderr"] {
            assert!(fault.contains(word), "{word}: {fault}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_environment_names_a_service_which_gets_safe_values_alone() {
    use std::os::unix::net::UnixDatagram;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let socket = UnixDatagram::bind(&path).unwrap();
    let sink = format!("journald:{}", path.display());
    let said = Service::new("log-crate").env("NARRATION_SINK", sink).run();
    assert!(said.well && said.stdout.is_empty(), "{}", said.stdout);
    socket.set_nonblocking(true).unwrap();
    let (mut entry, mut entries) = (vec![0; 64 * 1024], String::new());
    while let Ok(length) = socket.recv(&mut entry) {
        entries.push_str(&String::from_utf8_lossy(&entry[..length]));
    }
    assert!(entries.contains("MESSAGE=the arm shakes at 4 mm\n"), "{entries}");
    assert!(entries.contains("MESSAGE=password=[redacted"), "{entries}");
    assert!(!entries.contains("hunter2"), "{entries}");
}

#[cfg(unix)]
#[test]
fn a_service_that_is_not_there_is_told_and_standard_output_is_used() {
    let sink = "journald:/no/such/journal";
    let fault = fault(&Service::new("actors").env("NARRATION_SINK", sink).run());
    assert!(fault.contains("/no/such/journal") && fault.contains("standard output"), "{fault}");
}
