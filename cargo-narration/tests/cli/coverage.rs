//! `coverage`: figures, what is missing, and when it is not enough.

use serde_json::Value;

use crate::support::{Crate, VOCABULARY};

const SOURCE: &str = r#"
use narration_runtime::{narrate, narrated};

#[narrated(actor = "pool-managerd", action = "spawn")]
pub fn spawn(pool_id: &str, device: &str) -> Result<(), String> {
    Ok(())
}

pub fn drain(pool_id: &str) {
    if pool_id.is_empty() {
        narrate!(actor = "pool-managerd", action = "drain", pool_id);
    }
    narrate!(actor = "pool-managerd", action = "drain", pool_id);
}

#[cfg(test)]
mod tests {
    #[test]
    fn own() {
        narration_runtime::narrate!(actor = "pool-managerd", action = "drain", pool_id = "p");
    }
}
"#;

const OUTCOMES: &str = r#"
ok = "spawned"
failed = "spawn-failed"
cancelled = "spawn-cancelled"

[actors.pool-managerd.actions.spawned]
fields = ["pool_id"]

[actors.pool-managerd.actions.spawn-failed]
level = "warn"
fields = ["pool_id"]

[actors.pool-managerd.actions.spawn-cancelled]
fields = ["pool_id"]
"#;

fn here() -> Crate {
    let human = "human = \"Spawning on {device} for {pool_id}\"\n";
    Crate::new(&VOCABULARY.replace(human, &format!("{human}{OUTCOMES}")), SOURCE)
}

/// A line of a recording.
fn line(action: &str, at: u32, facets: &str, with: &str) -> String {
    format!(
        "{{\"timestamp\":\"2026-11-22T00:08:05.467020Z\",\"level\":\"info\",\"actor\":\"pool-managerd\",\"action\":\"{action}\",\"human\":\"Covered\",\"facets\":\"{facets}\",\"with\":\"{with}\",\"file\":\"src/lib.rs\",\"line\":{at}}}\n"
    )
}

/// A run that spawned, failed once, and drained in the ordinary way.
fn recorded(here: &Crate) {
    let lines = [
        line("spawn", 4, "reached,emitted,correlated", "pool_id,device"),
        line("spawned", 4, "reached,emitted", "pool_id"),
        line("spawn-failed", 4, "reached,emitted,failed", "pool_id"),
        line("drain", 13, "reached", "pool_id"),
    ];
    here.write("target/narration-coverage/1-a.jsonl", &lines.concat());
    let emitted = line("drain", 13, "emitted", "pool_id") + &line("drain", 99, "emitted", "");
    here.write("target/narration-coverage/2-b.jsonl", &emitted);
}

fn figure(data: &Value, name: &str) -> (u64, u64) {
    let figure = &data["figures"][name];
    (figure["covered"].as_u64().unwrap(), figure["total"].as_u64().unwrap())
}

#[test]
fn a_run_is_held_against_what_is_declared_and_what_is_written() {
    let here = here();
    recorded(&here);
    let run = here.run(&["coverage", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let data: Value = serde_json::from_str(&run.out).unwrap();
    // Spawned, failed and drained; nothing is cancelled that is not async.
    assert_eq!(figure(&data, "actions"), (4, 5));
    assert_eq!(figure(&data, "reached"), (4, 5));
    assert_eq!(figure(&data, "emitted"), (4, 5));
    assert_eq!(figure(&data, "failures"), (1, 1));
    assert_eq!(figure(&data, "correlation"), (1, 4));
    assert_eq!(figure(&data, "fields"), (5, 6));
    let missing = data["missing"].as_array().unwrap();
    let said: Vec<_> = missing
        .iter()
        .map(|missing| (missing["id"].as_str().unwrap(), missing["place"].as_str().unwrap()))
        .collect();
    assert_eq!(said[0].0, "action pool-managerd.spawn-cancelled");
    assert_eq!(said[1], ("site app src/lib.rs drain pool-managerd.drain", "src/lib.rs:11"));
    assert_eq!(data["unknown"][0], "src/lib.rs:99 pool-managerd.drain");
}

/// A program with marks of what was compiled into it.
fn program(here: &Crate, marks: &[&str]) {
    let marks = marks.iter().map(|mark| format!("\u{1}narration-site:{mark}\n"));
    here.write("target/program", &marks.collect::<String>());
    let path = here.path("target/program").display().to_string().replace('\\', "\\\\");
    let head = "\"timestamp\":\"2026-11-22T00:08:05.467020Z\",\"level\":\"info\",\"actor\":\"narration\",\"action\":\"coverage\",\"human\":\"Covered\"";
    let line = format!("{{{head},\"facets\":\"process\",\"file\":\"{path}\"}}\n");
    here.write("target/narration-coverage/3-c.jsonl", &line);
}

#[test]
fn what_programs_carry_is_held_against_what_is_written() {
    let here = here();
    recorded(&here);
    program(
        &here,
        &[
            "pool-managerd.spawn@src/lib.rs:4",
            "pool-managerd.spawned@src/lib.rs:4",
            "pool-managerd.spawn-failed@src/lib.rs:4",
            // Nothing is cancelled that is not async, and the macro knows as little of it.
            "pool-managerd.spawn-cancelled@src/lib.rs:4",
            "pool-managerd.drain@src/lib.rs:13",
            "pool-managerd.drain@src/generated.rs:7",
            "hyper.connect@src/lib.rs:7",
            "pool-managerd.drain@/elsewhere/lib.rs:7",
        ],
    );
    let run = here.run(&["coverage", "--format", "json"]);
    let data: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((data["programs"].as_u64(), figure(&data, "compiled")), (Some(1), (4, 5)), "{data}");
    assert_eq!(data["unwritten"].as_array().unwrap().len(), 1, "{data}");
    assert_eq!(data["unwritten"][0], "src/generated.rs:7 pool-managerd.drain");
    let why = |id: &str| {
        let mut missing = data["missing"].as_array().unwrap().iter();
        let found = missing.find(|missing| missing["id"] == *id);
        found.map(|found| found["why"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        why("site app src/lib.rs drain pool-managerd.drain").as_deref(),
        Some("in no program that ran: not built, or not called")
    );
    let run = here.run(&["coverage", "--fail-under", "100", "--of", "compiled"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("Compiled, and not in the sources as they are now"), "{run:?}");
}

#[test]
fn too_little_is_a_finding_and_enough_is_none() {
    let here = here();
    recorded(&here);
    assert_eq!(here.run(&["coverage", "--fail-under", "80"]).code, 0);
    let run = here.run(&["coverage", "--fail-under", "81"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("4 of 5 declared actions exercised; 81 % are asked for"), "{run:?}");
    let run = here.run(&["coverage", "--fail-under", "1", "--of", "asserted"]);
    assert_eq!(run.code, 1, "{run:?}");
}

#[test]
fn a_list_may_only_become_shorter() {
    let here = here();
    let ratchet = ["coverage", "--ratchet", "uncovered.txt"];
    assert_eq!(here.run(&ratchet).code, 3, "there is no list yet");
    let update = ["coverage", "--ratchet", "uncovered.txt", "--update"];
    assert_eq!(here.run(&update).code, 0);
    let first = here.read("uncovered.txt");
    assert!(first.contains("action pool-managerd.drain\n"), "{first}");
    recorded(&here);
    let run = here.run(&ratchet);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("are covered now"), "{run:?}");
    assert_eq!(here.run(&update).code, 0);
    assert!(!here.read("uncovered.txt").contains("action pool-managerd.drain\n"));
    here.write("target/narration-coverage/1-a.jsonl", "");
    let run = here.run(&update);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("src/lib.rs:4: site app src/lib.rs spawn"), "{run:?}");
    assert!(!here.read("uncovered.txt").contains("pool-managerd.spawned"));
}

#[test]
fn a_command_runs_with_the_old_recordings_gone() {
    let here = here();
    recorded(&here);
    let run = here.run(&["coverage", "--", "cargo", "--version"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("Nothing was recorded"), "{run:?}");
    let run = here.run(&["coverage", "--", "cargo", "--no-such-option"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("the command failed"), "{run:?}");
    assert_eq!(here.run(&["coverage", "--", "no-such-program-anywhere"]).code, 2);
    let run = here.run(&["coverage", "--data", "nowhere"]);
    assert_eq!(run.code, 3, "a folder that is not there has no run in it: {run:?}");
}

#[test]
fn reports_and_a_badge_can_be_had() {
    let here = here();
    recorded(&here);
    let run = here.run(&["coverage", "--badge", "narrated.svg"]);
    assert!(run.out.contains("  src/lib.rs:11  site app src/lib.rs drain"), "{run:?}");
    assert!(run.out.contains("without spawn-cancelled"), "{run:?}");
    assert!(here.read("narrated.svg").contains("80 %"));
    let run = here.run(&["coverage", "--format", "markdown"]);
    assert!(run.out.contains("| `drain` | 2 | yes | no |"), "{run:?}");
}
