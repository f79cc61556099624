//! `diff`: breaking changes told from safe ones.

use std::process::Command;

use crate::support::{Crate, Run, VOCABULARY};

/// The run of a comparison of the usual vocabulary with what becomes of it.
fn compared(change: impl Fn(&str) -> String) -> Run {
    let here = Crate::empty();
    here.write("old.toml", VOCABULARY);
    here.write("new.toml", &change(VOCABULARY));
    here.run(&["diff", "old.toml", "new.toml"])
}

#[test]
fn the_same_vocabulary_has_no_changes() {
    let run = compared(str::to_owned);
    assert_eq!((run.code, run.out.as_str()), (0, "0 breaking, 0 safe\n"));
}

#[test]
fn what_hurts_calls_readers_or_secrets_is_breaking() {
    for (from, to, told) in [
        ("actors.pool-managerd", "actors.pools", "actor pool-managerd is gone"),
        ("actions.drain", "actions.empty", "action drain of pool-managerd is gone"),
        ("note = { type = \"string\" }\n", "", "field note is gone"),
        (
            "jobs = { type = \"u64\" }",
            "jobs = { type = \"i64\" }",
            "field jobs is of type i64 instead of u64",
        ),
        (
            "jobs = { type = \"u64\" }",
            "jobs = { type = \"u64\", unit = \"bytes\" }",
            "field jobs is in bytes instead of no unit",
        ),
        ("[\"CPU\", \"GPU0\"]", "[\"CPU\"]", "field device has no value GPU0 any more"),
        (
            "note = { type = \"string\" }",
            "note = { type = \"string\", class = \"secret\" }",
            "field note is secret instead of text: readers do not see",
        ),
        ("\"jobs?\"]", "\"jobs\"]", "requires jobs now"),
        (
            "\"device\", \"jobs?\"]",
            "\"device\", \"jobs?\", \"note\"]",
            "requires note, which is new",
        ),
        (", \"jobs?\"]", "]", "does not take jobs any more"),
        ("target = \"device\"", "target = \"pool_id\"", "has the target pool_id instead of device"),
        (
            "when = \"Emptying",
            "level = \"debug\"\nwhen = \"Emptying",
            "is told at debug instead of info",
        ),
        (
            "when = \"Emptying",
            "sample = \"1/100\"\nwhen = \"Emptying",
            "is told in part: 1/100 of stories instead of all of it",
        ),
        ("human = \"Draining {pool_id}\"", "", "has no text any more"),
        (
            "human = \"Draining {pool_id}\"",
            "human = \"Draining {pool_id}\"\nok = \"spawn\"",
            "tells `ok` as spawn now",
        ),
        (
            "[actors.pool-managerd]",
            "[redaction]\noff = [\"jwt\"]\n[actors.pool-managerd]",
            "the rule jwt is switched off",
        ),
        (
            "[actors.pool-managerd]",
            "[levels.debug]\nsample = \"1/10\"\n[actors.pool-managerd]",
            "level debug is told in part: 1/10 of stories instead of all of it",
        ),
    ] {
        let run = compared(|old| {
            assert!(old.contains(from), "{from}");
            old.replace(from, to)
        });
        assert_eq!(run.code, 1, "{told}: {run:?}");
        let breaking = run.out.split("safe:").next().unwrap();
        assert!(
            breaking.starts_with("breaking:\n") && breaking.contains(told),
            "{told}: {}",
            run.out
        );
    }
}

#[test]
fn what_nobody_has_to_follow_is_safe() {
    for (from, to, told) in [
        (
            "[actors.pool-managerd]",
            "[actors.other.actions.a]\n[actors.pool-managerd]",
            "actor other is new",
        ),
        ("note = ", "more = { type = \"u64\" }\nnote = ", "field more is new"),
        ("\"GPU0\"]", "\"GPU0\", \"GPU1\"]", "has the new value GPU1"),
        ("\"jobs?\"]", "\"jobs?\", \"note?\"]", "takes note too"),
        ("Draining {pool_id}", "Emptying {pool_id}", "is told in other words"),
        (
            "when = \"Emptying",
            "level = \"warn\"\nwhen = \"Emptying",
            "is told at warn instead of info",
        ),
        (
            "when = \"Emptying",
            "deprecated = { use = \"spawn\" }\nwhen = \"Emptying",
            "is deprecated now; use spawn",
        ),
        (
            "[actors.pool-managerd]",
            "[redaction]\npii = [\"email\"]\n[actors.pool-managerd]",
            "email is looked for too",
        ),
    ] {
        let run = compared(|old| {
            assert!(old.contains(from), "{from}");
            old.replace(from, to)
        });
        assert_eq!(run.code, 0, "{told}: {run:?}");
        assert!(run.out.starts_with("safe:\n") && run.out.contains(told), "{told}: {}", run.out);
    }
}

#[test]
fn what_was_hidden_and_is_shown_is_breaking() {
    let here = Crate::empty();
    let secret = VOCABULARY.replace(
        "note = { type = \"string\" }",
        "note = { type = \"string\", class = \"secret\" }",
    );
    here.write("old.toml", &secret);
    here.write("new.toml", VOCABULARY);
    let run = here.run(&["diff", "old.toml", "new.toml", "--format", "json"]);
    assert_eq!(run.code, 1);
    let data = run.json();
    assert_eq!(data["breaking"], 1);
    assert_eq!(data["changes"][0]["what"], "field note");
    assert!(data["changes"][0]["how"].as_str().unwrap().contains("what was hidden is shown"));
}

#[test]
fn a_version_is_a_file_or_a_file_of_a_revision() {
    let here = Crate::empty();
    here.write("narration.toml", VOCABULARY);
    let git = |words: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let output =
            Command::new("git").current_dir(here.root()).args(identity).args(words).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        assert_eq!(here.run(&["diff", "HEAD:narration.toml", "narration.toml"]).code, 3);
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "words"]));
    here.write("narration.toml", &VOCABULARY.replace("actions.drain", "actions.empty"));
    let run = here.run(&["diff", "HEAD:narration.toml", "narration.toml"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("action drain of pool-managerd is gone"), "{}", run.out);
    assert_eq!(here.run(&["diff", "HEAD:nothing.toml", "narration.toml"]).code, 3);
    assert_eq!(here.run(&["diff", "nothing.toml", "narration.toml"]).code, 3);
    assert_eq!(here.run(&["diff", "narration.toml"]).code, 2);
}

#[test]
fn what_a_revisions_file_extends_is_that_of_the_revision() {
    let here = Crate::empty();
    let own = "[narration]\nversion = 1\nextends = [\"../shared/base.toml\"]\n";
    here.write("app/narration.toml", own);
    here.write("shared/base.toml", "[narration]\nversion = 1\nextends = [\"words.toml\"]\n");
    here.write("shared/words.toml", &VOCABULARY.replace("name = \"pools\"", ""));
    let git = |words: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let mut command = Command::new("git");
        command.current_dir(here.root()).args(identity).args(words);
        command.output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        println!("skipped: there is no git");
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "words"]));
    here.write("shared/words.toml", &here.read("shared/words.toml").replace("drain]", "empty]"));
    for (folder, old) in [("", "HEAD:app/narration.toml"), ("app", "HEAD:narration.toml")] {
        let new = if folder.is_empty() { "app/narration.toml" } else { "narration.toml" };
        let run = here.run_in(folder, &["diff", old, new]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.out.contains("action drain of pool-managerd is gone"), "{run:?}");
        assert!(run.out.contains("1 breaking"), "{run:?}");
    }
    // What is wrong in a revision is told with its place there.
    here.write("shared/words.toml", "[narration]\nversion = 1\n[actors.a.actions.Bad]\n");
    assert!(git(&["commit", "-qam", "worse"]));
    let run = here.run(&["diff", "HEAD:app/narration.toml", "HEAD~1:app/narration.toml"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("HEAD:shared/words.toml:3: N01"), "{run:?}");
}
