//! A log with an index beside it gives the very same answers, and an index that does not belong to
//! its log is noticed.

use std::fs;
use std::io::Write as _;

use cargo_narration::logs::{Sources, beside, build};
use cargo_narration::story::{RECENT, select};

use crate::place::{ADMISSION, Place};

/// A log of several blocks with a request in the first and the last of them.
fn long() -> Place {
    let place = Place::new();
    let other = |at: u32| ADMISSION.replace("req-xyz", &format!("req-{at:06}")) + "\n";
    let many: String = (0..8_000).map(other).collect();
    let wanted = ADMISSION.replace("18:34:05", "18:34:09");
    place.bytes("a.log", format!("{ADMISSION}\n{many}{wanted}\n").as_bytes());
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(many.as_bytes()).unwrap();
    place.bytes("b.log.gz", &gzip.finish().unwrap());
    place
}

fn told(place: &Place, id: &str) -> (Option<i32>, String) {
    let said = place.run(&["story", id, "a.log", "b.log.gz", "--format", "json"]);
    assert!(!said.err.contains("index"), "{said:?}");
    (said.code, said.out)
}

#[test]
fn the_answers_are_the_same() {
    let place = long();
    let asked = ["req-xyz", "req-000007", "req-004000", "session-abc123", "default", "req-7"];
    let before = asked.map(|id| told(&place, id));
    let said = place.run(&["index", "a.log", "b.log.gz"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(asked.map(|id| told(&place, id)), before);
    // It was in use: one that is not is said to be stale.
    let found = Sources::find(&[place.path().join("a.log")]);
    assert!(found.stale.is_empty());
    assert_eq!(place.run(&["index", ".", "--remove"]).out, "2 removed\n");
    assert!(!beside(&place.path().join("a.log")).exists());
}

#[test]
fn ids_like_one_that_is_nowhere_are_looked_for_at_the_end_of_an_indexed_log() {
    let place = Place::new();
    let line = |id: &str| ADMISSION.replace("req-xyz", id) + "\n";
    let many = line("req-of-another").repeat((RECENT as usize) / ADMISSION.len() + 1);
    let log = format!("{}{many}{}", line("job-early-1"), line("job-late-1"));
    place.bytes("a.log", log.as_bytes());
    let told = |id: &str| {
        let said = place.run(&["story", id, "a.log"]);
        assert_eq!(said.code, Some(4), "{said:?}");
        said.err
    };
    assert!(told("job-early").contains("did you mean job-early-1?"));
    place.run(&["index", "a.log"]);
    assert!(told("job-late").contains("did you mean job-late-1?"));
    let early = told("job-early");
    assert!(!early.contains("did you mean job-early-1?"), "{early}");
    assert!(early.contains("in the last 8 MiB alone of a log with an index"), "{early}");
}

#[test]
fn what_is_added_later_is_read() {
    let place = long();
    place.run(&["index", "a.log"]);
    let path = place.path().join("a.log");
    let mut log = fs::File::options().append(true).open(&path).unwrap();
    writeln!(log, "{}", ADMISSION.replace("18:34:05", "18:34:10")).unwrap();
    let selection = select(&Sources::find(std::slice::from_ref(&path)), "req-xyz");
    assert_eq!(selection.entries.len(), 3);
    // Renewing reads on from the last block.
    let sources = Sources::find(std::slice::from_ref(&path));
    let built = build(&sources.found[0]).unwrap();
    assert!(built.read < 2 << 20, "{built:?}");
    assert_eq!(select(&Sources::find(&[path]), "req-xyz").entries.len(), 3);
}

#[test]
fn an_index_of_another_log_is_not_used_and_said_to_be_stale() {
    let wanted = format!("{}\n", ADMISSION.replace("req-xyz", "req-late"));
    let damages: [fn(&Place); 4] = [
        // Another file under the name.
        |place| {
            let log = fs::read(place.path().join("a.log")).unwrap();
            fs::rename(place.path().join("a.log"), place.path().join("old")).unwrap();
            place.bytes("a.log", &log);
        },
        // The same file with something else in it, of another length.
        |place| {
            place.bytes("a.log", ADMISSION.replace("Accepted", "Took").repeat(9000).as_bytes());
        },
        // A log that got shorter.
        |place| {
            place.log("a.log", &[ADMISSION]);
        },
        // An index that was cut off.
        |place| {
            let path = beside(&place.path().join("a.log"));
            let index = fs::read(&path).unwrap();
            fs::write(path, &index[..index.len() / 2]).unwrap();
        },
    ];
    for damage in damages {
        let place = long();
        place.run(&["index", "a.log"]);
        damage(&place);
        let path = place.path().join("a.log");
        let mut log = fs::File::options().append(true).open(path).unwrap();
        write!(log, "\n{wanted}").unwrap();
        let said = place.run(&["story", "req-late", "a.log"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        said.has("1 step").has("the index of a.log is not used").has("cargo narration index a.log");
    }
}
