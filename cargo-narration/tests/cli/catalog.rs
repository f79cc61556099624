//! `catalog`: the tables of events, and whether a committed one is stale.

use crate::support::{Crate, Run, VOCABULARY, command};

/// Tables as a team would write them by hand.
const TABLES: &str = "\
### model-provisioner Events

| Action | When | Example Target |
|--------|------|----------------|
| `resolve` | Starting to parse model reference | `file:/models/tiny.gguf` |
| `ensure` | Ensuring model presence | `ModelRef::File(...)` |
| `download` | Starting HF download | `hf:org/repo` |
| `downloaded` | HF download complete | `org/repo` |
| `download-failed` | HF CLI failed | `org/repo` |
| `verify` | Starting digest check | `local:/models/model.gguf` |
| `verified` | Digest matches | `local:/models/model.gguf` |
| `verify-failed` | Digest mismatch | `local:/models/model.gguf` |
| `complete` | Model ready | `local:/models/model.gguf` |

### engine-provisioner Events

| Action | When | Example Target |
|--------|------|----------------|
| `start` | Begin provisioning | `pool-id` |
| `preflight` | Checking tools | `pool-id` |
| `git-clone` | Cloning repo | `https://github.com/...` |
| `git-checkout` | Checking out ref | `v0` or `master` |
| `cmake-configure` | Configuring build | `pool-id` |
| `cmake-retry` | Retrying with host compiler | `pool-id` |
| `cmake-failed` | CUDA configure failed | `pool-id` |
| `cmake-build` | Building binary | `pool-id` |
| `complete` | Engine ready | `pool-id` |
";

/// A vocabulary that declares the rows of a table, in their order.
fn vocabulary_of(tables: &str) -> String {
    let mut text = "[narration]\nversion = 1\nname = \"orch\"\n".to_owned();
    let mut actor = "";
    for line in tables.lines() {
        if let Some(name) = line.strip_prefix("### ") {
            actor = name.trim_end_matches(" Events");
        }
        let cells: Vec<_> = line.trim_matches(['|', ' ']).split(" | ").collect();
        if let [action, when, example] = cells[..]
            && action.starts_with('`')
        {
            let example = example.replace('`', "");
            text.push_str(&format!(
                "[actors.{actor}.actions.{}]\nwhen = \"{when}\"\nexample = \"{example}\"\nhuman = \"Something happens\"\n",
                action.trim_matches('`')
            ));
        }
    }
    text
}

#[test]
fn the_tables_of_a_team_are_made_to_the_letter() {
    let here = Crate::new(&vocabulary_of(TABLES), "");
    let run = here.run(&["catalog", "--events"]);
    assert_eq!((run.code, run.out.as_str()), (0, TABLES));
    assert!(here.run(&["catalog"]).out.contains(TABLES));
}

#[test]
fn the_demos_committed_catalogue_is_up_to_date_and_has_its_teams_tables() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/llama-orch");
    let words = ["catalog", "--events", "--check", "EVENTS.md"];
    let run = Run::of(command().current_dir(demo).args(words).output().unwrap());
    assert_eq!(run.code, 0, "{run:?}");
    let committed = std::fs::read_to_string(format!("{demo}/EVENTS.md")).unwrap();
    for table in TABLES.trim_end().split("\n\n### ") {
        assert!(committed.contains(table), "{table}\nis missing in\n{committed}");
    }
}

#[test]
fn an_action_without_an_example_takes_one_from_its_target() {
    let here = Crate::new(VOCABULARY, "");
    let out = here.run(&["catalog"]).out;
    assert!(out.contains("| `spawn` | Starting an engine | `CPU` |"), "{out}");
    assert!(out.contains("| `drain` | Emptying a pool | `default` |"), "{out}");
    let bare = "[narration]\nversion = 1\n[fields]\na = { type = \"u64\" }\n[actors.b.actions.c]\ntarget = \"a\"\nfields = [\"a\"]\n[actors.b.actions.d]\n";
    let out = Crate::new(bare, "").run(&["catalog"]).out;
    assert!(out.contains("| `c` | – | `{a}` |\n| `d` | – | – |"), "{out}");
}

#[test]
fn levels_texts_fields_classes_outcomes_and_sites_stand_in_the_details() {
    let vocabulary = VOCABULARY
        .replace("jobs = { type = \"u64\" }", "jobs = { type = \"u64\", unit = \"s\", deprecated = { since = \"2\", use = \"note\", note = \"why | not\" } }\ntoken = { type = \"string\", class = \"secret\", expose = \"a test key\" }")
        .replace("[actors.pool-managerd.actions.drain]", "ok = \"drain\"\n[actors.pool-managerd.actions.drain]\nlevel = \"debug\"");
    let here = Crate::new(
        &vocabulary,
        "fn f(pool_id: &str, device: &str) { narration_runtime::narrate!(actor = \"pool-managerd\", action = \"spawn\", pool_id, device); }\n#[cfg(test)] mod tests;",
    );
    here.write("src/tests.rs", "fn f() { narration_runtime::narrate!(actor = \"pool-managerd\", action = \"drain\", pool_id = \"x\"); }");
    let out = here.run(&["catalog"]).out;
    for line in [
        "| `spawn` | info | `Spawning on {device} for {pool_id}` | `pool_id` id, `device` public, `jobs?` public | ok: `drain` | `src/lib.rs` |",
        "| `drain` | debug | `Draining {pool_id}` | `pool_id` id | – | – |",
        "| `pool_id` | string | id | – | Pool identifier | `default` |",
        "| `device` | CPU \\| GPU0 | public | – | – | – |",
        "| `jobs` | u64 | public | s | – (deprecated: since 2; use note; why \\| not) | – |",
        "- field token: a test key",
    ] {
        assert!(out.contains(line), "{line} is missing in\n{out}");
    }
    let data = here.run(&["catalog", "--format", "json"]).json();
    let spawn = &data["actors"][0]["actions"][0];
    assert_eq!(
        (&spawn["sites"][0]["file"], &spawn["sites"][0]["line"]),
        (&"src/lib.rs".into(), &1.into())
    );
}

#[test]
fn a_committed_catalogue_is_compared_and_written_anew() {
    let here = Crate::new(VOCABULARY, "");
    assert_eq!(here.run(&["catalog", "--check", "EVENTS.md"]).code, 3);
    let written = here.run(&["catalog", "--output", "EVENTS.md"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""));
    assert_eq!(here.run(&["catalog", "--check", "EVENTS.md"]).code, 0);
    here.write("narration.toml", &VOCABULARY.replace("Emptying a pool", "Emptying the pool"));
    let stale = here.run(&["catalog", "--check", "EVENTS.md"]);
    assert_eq!(stale.code, 1);
    assert!(stale.out.contains("-| `drain` | Emptying a pool | `default` |"), "{}", stale.out);
    assert!(stale.out.contains("+| `drain` | Emptying the pool | `default` |"), "{}", stale.out);
    assert!(stale.err.contains("--output EVENTS.md"), "{}", stale.err);
    here.run(&["catalog", "--output", "events.html"]);
    assert!(here.read("events.html").starts_with("<!DOCTYPE html>"));
    assert_eq!(here.run(&["catalog", "--check", "events.html"]).code, 0);
}

#[test]
fn a_page_needs_nothing_else_and_words_cannot_become_tags() {
    let vocabulary = VOCABULARY.replace("Emptying a pool", "</script><img src=x onerror=alert(1)>");
    let page = Crate::new(&vocabulary, "").run(&["catalog", "--format", "html"]).out;
    assert!(page.contains("&lt;/script&gt;&lt;img src=x"), "{page}");
    assert!(!page.contains("<img") && !page.contains("http"), "{page}");
    let markdown = Crate::new(&vocabulary, "").run(&["catalog"]).out;
    assert!(!markdown.contains("<img"), "{markdown}");
}

#[test]
fn a_vocabulary_is_named_found_or_asked_for() {
    let here = Crate::empty();
    here.write("words.toml", VOCABULARY);
    let named = here.run(&["catalog", "--events", "--vocabulary", "words.toml"]);
    assert!(named.out.contains("### pool-managerd Events"), "{named:?}");
    let none = here.run(&["catalog"]);
    assert_eq!(none.code, 3, "{none:?}");
    assert!(none.err.contains("--vocabulary"), "{}", none.err);
    let missing = here.run(&["catalog", "--vocabulary", "nowhere.toml"]);
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("nowhere.toml cannot be read"), "{}", missing.err);
    here.write("words.toml", &VOCABULARY.replace("\"device\", \"jobs?\"", "\"devise\""));
    let faulty = here.run(&["catalog", "--vocabulary", "words.toml"]);
    assert_eq!((faulty.code, faulty.out.as_str()), (1, ""));
    assert!(faulty.err.contains("N0125 words.toml:18:22"), "{}", faulty.err);
}

#[test]
fn several_vocabularies_in_a_workspace_are_told_apart() {
    let here = Crate::empty();
    here.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\"]\n");
    for name in ["one", "two"] {
        here.write(&format!("{name}/Cargo.toml"), &crate::support::manifest(name));
        here.write(&format!("{name}/src/lib.rs"), "");
        here.write(&format!("{name}/narration.toml"), VOCABULARY);
    }
    let run = here.run(&["catalog"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("one/narration.toml, two/narration.toml"), "{}", run.err);
    assert_eq!(here.run_in("two", &["catalog"]).code, 0);
}

#[test]
fn how_much_of_a_level_is_told_stands_with_the_actions_that_say_nothing_themselves() {
    let vocabulary =
        VOCABULARY.replace("when = \"Emptying", "limit = \"50/s\"\nwhen = \"Emptying").to_owned()
            + "[levels.info]\nsample = \"1/10\"\n";
    let catalog = Crate::new(&vocabulary, "").run(&["catalog", "--format", "json"]).json();
    let told = |action: &str| {
        let actions = catalog["actors"][0]["actions"].as_array().unwrap();
        actions.iter().find(|entry| entry["name"] == action).unwrap()["told"].clone()
    };
    assert_eq!(told("drain"), "at most 50/s");
    assert_eq!(told("spawn"), "1/10 of stories");
}
