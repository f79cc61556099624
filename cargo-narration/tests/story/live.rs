//! Stories that go on while they are told.

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::place::{ADMISSION, BUILD, Place, SPAWN};

/// The binary while it runs.
pub(crate) struct Live {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Live {
    pub(crate) fn of(place: &Place, args: &[&str]) -> Self {
        let mut command = place.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Waits for the next line.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// Waits until it ends by itself; gives its exit code, the rest of what it said, and what
    /// stood beside that.
    pub(crate) fn ended(self) -> (Option<i32>, String, String) {
        let rest = self.out.lines().map(|line| line.unwrap() + "\n").collect();
        let output = self.child.wait_with_output().unwrap();
        (output.status.code(), rest, String::from_utf8(output.stderr).unwrap())
    }

    #[cfg(unix)]
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let rest = self.out.lines().map(|line| line.unwrap() + "\n").collect();
        (self.child.wait().unwrap().code(), rest)
    }
}

fn append(place: &Place, name: &str, text: &str) {
    let path = place.path().join(name);
    let mut file = OpenOptions::new().append(true).create(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

#[cfg(unix)]
#[test]
fn steps_are_told_as_they_come_and_summed_up_in_the_end() {
    let place = Place::new();
    for name in ["orchestratord.log", "pool-managerd.log", "engine-provisioner.log"] {
        place.bytes(name, b"");
    }
    place.log("orchestratord.log", &[ADMISSION]);
    let mut live = Live::of(&place, &["story", "session-abc123", ".", "--follow"]);
    assert!(live.line().contains("Accepted request"));
    // A line is told when it is whole, and one of another request never.
    append(&place, "pool-managerd.log", &SPAWN.replace("req-xyz", "req-abc"));
    append(&place, "pool-managerd.log", "\n");
    append(&place, "pool-managerd.log", &SPAWN[..50]);
    append(&place, "pool-managerd.log", &format!("{}\n", &SPAWN[50..]));
    assert!(live.line().contains("Spawning engine"));
    // The log is rotated, and a new one begins.
    let log = place.path().join("engine-provisioner.log");
    std::fs::rename(&log, place.path().join("engine-provisioner.log.1")).unwrap();
    append(&place, "engine-provisioner.log", &format!("{BUILD}\n"));
    assert!(live.line().contains("Building llama-server"));
    let (code, rest) = live.end();
    assert_eq!(code, Some(130));
    assert!(rest.contains("3 services · 3 steps") && rest.contains("slowest hop"), "{rest}");
}

#[cfg(unix)]
#[test]
fn no_line_is_lost_where_a_log_is_rotated_again_and_again() {
    let place = Place::new();
    let at = |second: u32| ADMISSION.replace("18:34:05", &format!("18:35:{second:02}"));
    place.log("a.log", &[&at(0)]);
    let mut live = Live::of(&place, &["story", "req-xyz", "a.log", "--follow"]);
    assert!(live.line().starts_with("18:35:00"));
    for turn in 1..4 {
        let rotated = format!("a.log.{turn}");
        std::fs::rename(place.path().join("a.log"), place.path().join(&rotated)).unwrap();
        // The first line stands where one of the log before stood.
        append(&place, "a.log", &format!("{}\n", at(turn * 10)));
        let line = live.line();
        assert!(line.starts_with(&format!("18:35:{turn}0")), "{line}");
        // Who writes may not know yet that the log has another name.
        append(&place, &rotated, &format!("{}\n", at(turn * 10 + 1)));
        let line = live.line();
        assert!(line.starts_with(&format!("18:35:{turn}1")), "{line}");
    }
    // A log that is cut off and filled again has other lines in the same places, too.
    std::fs::write(place.path().join("a.log"), "").unwrap();
    append(&place, "a.log", &format!("{}\n", at(50)));
    let line = live.line();
    assert!(line.starts_with("18:35:50"), "{line}");
    let (code, rest) = live.end();
    assert_eq!(code, Some(130));
    assert!(rest.contains("8 steps"), "{rest}");
}

#[cfg(unix)]
#[test]
fn a_program_gets_a_json_object_for_each_step_that_comes() {
    let place = Place::new();
    place.log("orchestratord.log", &[ADMISSION]);
    let mut live = Live::of(
        &place,
        &["story", "req-xyz", ".", "--follow", "--format", "json", "--actor", "orchestratord"],
    );
    let step: serde_json::Value = serde_json::from_str(&live.line()).unwrap();
    assert_eq!(step["fields"]["queue_position"], 3);
    append(&place, "orchestratord.log", &format!("{SPAWN}\n"));
    append(&place, "orchestratord.log", &format!("{}\n", ADMISSION.replace("05.123456", "09.0")));
    let step: serde_json::Value = serde_json::from_str(&live.line()).unwrap();
    assert_eq!(step["time"], "2026-11-21T18:34:09.000000Z");
    assert_eq!(live.end(), (Some(130), String::new()));
}
