//! What no log should be, and often is: the story is told as far as it can be, what is missing is
//! counted, and the exit code says which.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::place::{ADMISSION, BUILD, MEMO, Place, SPAWN, deeds};

#[test]
fn junk_between_the_lines_changes_nothing() {
    let place = Place::new();
    let junk: Vec<u8> = (0..4096_u32).flat_map(|at| [(at % 256) as u8, 0xC3, 0x28, b'{']).collect();
    let mut log = Vec::new();
    for line in [BUILD, SPAWN, ADMISSION] {
        log.extend_from_slice(&junk);
        log.extend_from_slice(b"\n");
        log.extend_from_slice(line.as_bytes());
        log.extend_from_slice(b"\r\n\n");
    }
    log.extend_from_slice(&ADMISSION.as_bytes()[..ADMISSION.len() - 40]);
    place.bytes("mixed.log", &log);
    let story = place.json(&["story", "req-xyz", "mixed.log"]);
    assert_eq!(deeds(&story), MEMO);
    assert_eq!(story["mentions"], 1);
}

#[test]
fn a_line_of_a_hundred_megabytes_is_no_obstacle() {
    let place = Place::new();
    let mut log = format!("{ADMISSION}\n").into_bytes();
    log.append(&mut vec![b'x'; 100 << 20]);
    log.extend_from_slice(format!("\n{SPAWN}\n").as_bytes());
    let long =
        BUILD.replace("\"jobs\":8", &format!("\"jobs\":8,\"note\":\"{}\"", "y".repeat(20 << 20)));
    log.extend_from_slice(long.as_bytes());
    place.bytes("long.log", &log);
    assert_eq!(
        deeds(&place.json(&[
            "story",
            "req-xyz",
            "long.log",
            "--action",
            "admission",
            "--action",
            "spawn"
        ])),
        MEMO[..2]
    );
    place.run(&["story", "req-xyz", "long.log"]).has("3 steps");
}

#[test]
fn a_log_that_cannot_be_read_is_named_and_the_rest_is_told() {
    let place = Place::of_the_memo();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gzip.write_all(format!("{SPAWN}\n").repeat(2000).as_bytes()).unwrap();
    let whole = gzip.finish().unwrap();
    place.bytes("cut.gz", &whole[..whole.len() / 2]);
    let said = place.run(&["story", "req-xyz", "."]);
    assert_eq!(said.code, Some(3), "{said:?}");
    said.has("3 services · 3 steps").has("cut.gz cannot be read");
    let said = place.run(&["story", "req-xyz", "orchestratord.log", "gone.log"]);
    assert_eq!(said.code, Some(3));
    said.has("1 step").has("gone.log cannot be read: there is no such file");
}

#[test]
fn nothing_in_a_log_drives_the_terminal() {
    let place = Place::new();
    let bad = "\\u001b[2J\\u202eevil\\nforged";
    place.log(
        "bad.log",
        &[&ADMISSION
            .replace("Accepted", bad)
            .replace("\"pool_id\":\"default\"", "\"outcome\":\"failed\",\"error\":\"\\u009b31m\"")],
    );
    for format in ["text", "markdown", "mermaid"] {
        let said = place.run(&["story", "req-xyz", ".", "--format", format]);
        let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!said.out.contains(hidden), "{said:?}");
        assert!(!said.out.lines().any(|line| line.starts_with("forged")), "{said:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let place = Place::new();
    let lines: Vec<String> = (100_000..110_000)
        .map(|at| ADMISSION.replace("18:34:05.123456", &format!("18:34:05.{at}")))
        .collect();
    place.log("long.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let mut child = place
        .command(&["story", "req-xyz", "."])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.contains("10000 steps"), "{first}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_clock_that_was_set_back_is_marked_and_the_order_stays_raw() {
    let place = Place::new();
    let late = SPAWN
        .replace("18:34:05.223456", "18:30:05.223456")
        .replace("pool-managerd", "orchestratord");
    place.log("orchestratord.log", &[ADMISSION, &late]);
    let said = place.run(&["story", "req-xyz", "."]);
    assert_eq!(said.code, Some(0));
    said.has("⚠ clock: 3 min 59 s back");
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!(deeds(&story), ["orchestratord spawn", "orchestratord admission"]);
}

#[cfg(unix)]
#[test]
fn whoever_presses_ctrl_c_is_told_what_was_read_until_then() {
    let place = Place::new();
    let command = &mut place.command(&["story", "req-xyz", "-"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than a pipe holds: when it is written, somebody reads.
    writeln!(input, "{ADMISSION}\n{}\n{SPAWN}", "x".repeat(1 << 20)).unwrap();
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    // Whatever the program does with the next line: it has been told to stop before.
    let _ = writeln!(input, "{BUILD}");
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Accepted request"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted"));
}

#[test]
fn json_drives_no_terminal_and_says_the_same() {
    let place = Place::new();
    let odd = "a\u{7f}b\u{9b}31mc\u{202e}d\u{1b}[2J";
    let line = ADMISSION.replace("Accepted", &odd.replace('\u{1b}', "\\u001b"));
    place.log("a.log", &[&line, &line.replace("req-xyz\"", "req-\u{9b}\"")]);
    for args in [
        &["story", "req-xyz", ".", "--format", "json"][..],
        &["stories", ".", "--format", "json"],
        &["links", ".", "--format", "json"],
    ] {
        let said = place.run(args);
        let drives = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.out.contains(drives), "{args:?}: {:?}", said.out);
    }
    let story = place.json(&["story", "req-xyz", "."]);
    assert!(story["steps"][0]["human"].as_str().unwrap().starts_with(odd));
}
