//! Lines that a container's runtime cut into pieces of 16 KiB are told as if nobody had.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use crate::place::{ADMISSION, BUILD, Place, SPAWN};

const PIECE: usize = 16 << 10;

/// The memo's step with so long a note that it is cut right inside of its id.
fn long(step: &str) -> String {
    let begin = format!(r#"{},"note":""#, step.strip_suffix('}').unwrap());
    let begin = begin.replace(r#""correlation_id":"req-xyz","#, "");
    let note = "x".repeat(PIECE - begin.len() - r#"","correlation_id":"req"#.len());
    format!(r#"{begin}{note}","correlation_id":"req-xyz","more":"{}"}}"#, "y".repeat(PIECE))
}

/// The pieces as containerd writes them.
fn cri(stream: &str, line: &str) -> Vec<String> {
    let pieces: Vec<&[u8]> = line.as_bytes().chunks(PIECE).collect();
    let tag = |at: usize| if at + 1 == pieces.len() { "F" } else { "P" };
    let text = |piece| std::str::from_utf8(piece).unwrap();
    let time = "2026-11-21T18:34:09.123456789Z";
    let lines = pieces.iter().enumerate();
    lines.map(|(at, piece)| format!("{time} {stream} {} {}", tag(at), text(piece))).collect()
}

/// The pieces as Docker's json-file writes them.
fn docker(stream: &str, line: &str) -> Vec<String> {
    let line = format!("{line}\n");
    let pieces = line.as_bytes().chunks(PIECE);
    let text = |piece| serde_json::to_string(std::str::from_utf8(piece).unwrap()).unwrap();
    let time = "2026-11-21T18:34:09.123456789Z";
    pieces
        .map(|piece| format!(r#"{{"log":{},"stream":"{stream}","time":"{time}"}}"#, text(piece)))
        .collect()
}

/// Two lines of two streams with their pieces between each other.
fn between(one: Vec<String>, other: Vec<String>) -> Vec<String> {
    assert_eq!((one.len(), other.len()), (3, 3));
    one.into_iter().zip(other).flat_map(|(one, other)| [one, other]).collect()
}

fn write(place: &Place, name: &str, lines: &[String]) {
    place.log(name, &lines.iter().map(String::as_str).collect::<Vec<_>>());
}

#[track_caller]
fn all_is_told(place: &Place, steps: usize) {
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!(story["mentions"], 0);
    let told = story["steps"].as_array().unwrap();
    assert_eq!(told.len(), steps);
    for step in told {
        assert_eq!(step["fields"]["more"].as_str().map(str::len), Some(PIECE));
    }
}

#[test]
fn pieces_of_containerd_are_one_step() {
    let place = Place::new();
    let lines = between(cri("stdout", &long(ADMISSION)), cri("stderr", &long(SPAWN)));
    write(&place, "0.log", &lines);
    all_is_told(&place, 2);
    assert_eq!(place.run(&["stories", "."]).out.matches("req-xyz").count(), 1);
}

#[test]
fn pieces_of_docker_are_one_step() {
    let place = Place::new();
    let lines = between(docker("stdout", &long(ADMISSION)), docker("stderr", &long(SPAWN)));
    write(&place, "c-json.log", &lines);
    all_is_told(&place, 2);
}

#[test]
fn a_log_that_was_rotated_between_two_pieces_goes_on_in_the_next() {
    for pieces in [cri, docker] {
        let place = Place::new();
        let lines = [pieces("stdout", ADMISSION), pieces("stdout", &long(SPAWN))].concat();
        let (old, new) = lines.split_at(2);
        write(&place, "c.log.1", old);
        write(&place, "c.log", &[new, &pieces("stdout", BUILD)].concat());
        let story = place.json(&["story", "req-xyz", "."]);
        assert_eq!((&story["mentions"], story["steps"].as_array().unwrap().len()), (&0.into(), 3));
    }
}

#[test]
fn a_line_whose_last_piece_is_not_there_is_said_to_be_cut_off() {
    let place = Place::new();
    let mut lines = [cri("stdout", ADMISSION), cri("stdout", &long(SPAWN))].concat();
    lines.pop();
    write(&place, "0.log", &lines);
    let said = place.run(&["story", "req-xyz", "."]);
    said.has("1 step").has("1 lines name the id in their text or are cut off");
}

#[test]
fn many_pieces_over_many_parts_of_a_log_packed_or_indexed_are_all_told() {
    let place = Place::new();
    let lines: Vec<String> = (0..300)
        .flat_map(|at| {
            let time = format!("18:34:{:02}.{:06}", 10 + at / 60, at % 60);
            cri("stdout", &long(&SPAWN.replace("18:34:05.223456", &time)))
        })
        .collect();
    write(&place, "0.log", &lines);
    let file = place.path().join("0.log");
    assert!(fs::metadata(&file).unwrap().len() > 9 << 20);
    all_is_told(&place, 300);
    place.run(&["index", "0.log"]);
    all_is_told(&place, 300);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&fs::read(&file).unwrap()).unwrap();
    fs::remove_file(&file).unwrap();
    place.bytes("0.log.gz", &packed.finish().unwrap());
    all_is_told(&place, 300);
}

#[test]
fn pieces_that_come_while_a_story_is_followed_are_one_step() {
    let place = Place::new();
    let lines = [cri("stdout", ADMISSION), cri("stdout", &long(SPAWN))].concat();
    write(&place, "0.log", &lines[..2]);
    let mut child = place
        .command(&["story", "req-xyz", "0.log", "--follow", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    assert!(out.next().unwrap().unwrap().contains("admission"));
    let mut log = fs::File::options().append(true).open(place.path().join("0.log")).unwrap();
    log.write_all((lines[2..].join("\n") + "\n").as_bytes()).unwrap();
    let step: serde_json::Value = serde_json::from_str(&out.next().unwrap().unwrap()).unwrap();
    assert_eq!(
        (&step["action"], step["fields"]["more"].as_str().unwrap().len()),
        (&"spawn".into(), PIECE)
    );
    child.kill().unwrap();
    child.wait().unwrap();
}
