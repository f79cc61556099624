//! A story and its file, as whole test processes see them.

use std::path::Path;
use std::process::{Command, Output};

use narration_testing::{__snapshot, Snapshot, Story};

use crate::line;

const FOLDER: &str = "STORY_TEST_FOLDER";
const STORY: &str = "STORY_TEST_LINES";

/// What the processes below run: a test of a package in another folder.
#[test]
fn a_test_of_another_package() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let lines = std::env::var(STORY).unwrap();
    let snapshot = Snapshot::from(&Story::from_lines(lines.lines()));
    let source = "tests/told.rs";
    __snapshot::check(
        &__snapshot::Asserted { name: "a story", package: &folder, source },
        &snapshot,
    );
    __snapshot::refuse(&folder);
}

fn run(folder: &Path, lines: &[String], environment: &[(&str, &str)]) -> Output {
    let source = folder.join("tests/told.rs");
    std::fs::create_dir_all(source.parent().unwrap()).unwrap();
    std::fs::write(source, "assert_story!(\"a story\", story)").unwrap();
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "files::a_test_of_another_package", "--nocapture"]);
    test.env_remove("CI").env_remove("STORY_UPDATE").env_remove("INSTA_UPDATE");
    test.env(FOLDER, folder).env(STORY, lines.join("\n")).envs(environment.iter().copied());
    test.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

fn step(at: usize, action: &str, human: &str, job: &str) -> String {
    line(at, "worker", action, human, &format!(r#""correlation_id":"c","job_id":"{job}""#))
}

fn story() -> Vec<String> {
    vec![
        step(1, "take", "Taken", "a"),
        step(2, "take", "Taken", "b"),
        step(3, "work", "Working", "a"),
        step(4, "rest", "Resting", "a"),
        step(5, "done", "Done", "a"),
    ]
}

#[test]
fn a_missing_file_is_written_but_not_in_ci() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tests/stories/a-story.story");
    let in_ci = run(folder.path(), &story(), &[("CI", "true")]);
    assert!(!in_ci.status.success() && !file.exists(), "{}", said(&in_ci));
    assert!(said(&in_ci).contains("there is no tests/stories/a-story.story"), "{}", said(&in_ci));
    let first = run(folder.path(), &story(), &[]);
    assert!(first.status.success(), "{}", said(&first));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.starts_with(
            "# story: a story\n# asserted in: tests/told.rs\n\n[worker] take: Taken\n"
        ),
        "{text}"
    );
    assert!(run(folder.path(), &story(), &[("CI", "true")]).status.success());
}

#[test]
fn each_kind_of_difference_is_called_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &story(), &[]).status.success());
    let differs = |lines: &[String], words: &[&str]| {
        let output = run(folder.path(), lines, &[("INSTA_UPDATE", "no")]);
        let said = said(&output);
        assert!(!output.status.success(), "{said}");
        words.iter().for_each(|word| assert!(said.contains(word), "{word}: {said}"));
        assert!(said.contains("files.rs"), "the place of the assertion: {said}");
    };
    let mut lines = story();
    lines.remove(3);
    differs(&lines, &["lost: [worker] rest\n  - [worker] rest: Resting"]);
    lines.insert(3, step(4, "nap", "Napping", "a"));
    differs(&lines, &["lost: [worker] rest", "added: [worker] nap\n  + [worker] nap: Napping"]);
    let mut lines = story();
    lines[3] = step(4, "rest", "Sleeping", "a");
    differs(
        &lines,
        &["changed: [worker] rest\n  - [worker] rest: Resting\n  + [worker] rest: Sleeping"],
    );
    let mut lines = story();
    lines[4] = step(5, "done", "Done", "b");
    differs(&lines, &["correlation broken: [worker] done\n  - corr#1  job#1\n  + corr#1  job#2"]);
    let mut lines = story();
    lines[2] = step(3, "rest", "Resting", "a");
    lines[3] = step(4, "work", "Working", "a");
    differs(&lines, &["reordered: [worker] "]);
    assert!(!folder.path().join("tests/stories/a-story.story.new").exists(), "only checked");
}

#[test]
fn another_story_waits_beside_the_file_until_it_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &story(), &[]).status.success());
    let proposal = folder.path().join("tests/stories/a-story.story.new");
    let shorter = &story()[..4];
    let differs = run(folder.path(), shorter, &[]);
    assert!(!differs.status.success() && proposal.exists(), "{}", said(&differs));
    let taken = run(folder.path(), shorter, &[("STORY_UPDATE", "1")]);
    assert!(taken.status.success() && !proposal.exists(), "{}", said(&taken));
    assert!(run(folder.path(), shorter, &[("CI", "1")]).status.success());
}

#[test]
fn files_that_no_test_asserts_are_named() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &story(), &[]).status.success());
    let old = "# story: old\n# asserted in: tests/told.rs\n\n[a] b: c\n";
    std::fs::write(folder.path().join("tests/stories/old.story"), old).unwrap();
    let stale = run(folder.path(), &story(), &[]);
    assert!(!stale.status.success());
    assert!(
        said(&stale).contains("old.story: tests/told.rs does not assert \"old\""),
        "{}",
        said(&stale)
    );
}

#[test]
fn a_group_that_once_ran_side_by_side_may_run_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let ends = r#","outcome":"ok","duration_ms":1"#;
    let worker = |at: usize, span: &str, rest: &str| {
        let rest =
            format!(r#""correlation_id":"c","span_id":"{span}","parent_span_id":"root"{rest}"#);
        line(at, "worker", if span == "a" { "load" } else { "parse" }, "x", &rest)
    };
    let root = line(0, "worker", "all", "All", r#""correlation_id":"c","span_id":"root""#);
    let overlapping = [
        root.clone(),
        worker(1, "a", ""),
        worker(2, "b", ""),
        worker(3, "a", ends),
        worker(4, "b", ends),
    ];
    let sequential =
        [root, worker(1, "b", ""), worker(2, "b", ends), worker(3, "a", ""), worker(4, "a", ends)];
    assert!(run(folder.path(), &overlapping, &[]).status.success());
    let later = run(folder.path(), &sequential, &[("CI", "1")]);
    assert!(later.status.success(), "{}", said(&later));
    // The other way round the clock of one run knew nothing of it, and the report says so.
    assert!(run(folder.path(), &sequential, &[("STORY_UPDATE", "1")]).status.success());
    let file = folder.path().join("tests/stories/a-story.story");
    std::fs::remove_file(&file).unwrap();
    assert!(run(folder.path(), &sequential, &[]).status.success());
    let overlaps = run(folder.path(), &overlapping, &[]);
    assert!(!overlaps.status.success(), "{}", said(&overlaps));
    assert!(said(&overlaps).contains("`.concurrent(actor, action)`"), "{}", said(&overlaps));
    assert!(run(folder.path(), &overlapping, &[("STORY_UPDATE", "1")]).status.success());
    for lines in [&overlapping, &sequential] {
        assert!(run(folder.path(), lines, &[("CI", "1")]).status.success());
    }
}

#[cfg(feature = "insta")]
#[test]
fn the_same_goes_through_insta() {
    let told = std::env::var(STORY).map_or_else(
        |_| Story::from_lines(&story()[..2]),
        |lines| Story::from_lines(lines.lines()),
    );
    narration_testing::assert_insta_story!("through insta", &told);
}

#[cfg(feature = "insta")]
#[test]
fn another_story_fails_through_insta_with_the_difference() {
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "files::the_same_goes_through_insta", "--nocapture"]);
    // Nothing is written beside the sources.
    test.env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    let broken = [step(1, "take", "Taken", "a"), step(2, "take", "Taken", "a")];
    let output = test.env(STORY, broken.join("\n")).output().unwrap();
    let said = said(&output);
    assert!(!output.status.success(), "{said}");
    // The ordinal that was another job's is this one's now.
    assert!(said.contains("through_insta.snap") && said.contains("-    | corr#1  job#2"), "{said}");
    assert!(said.contains("+    | corr#1  job#1"), "{said}");
}

#[test]
fn a_recorded_run_notes_which_text_a_test_was_told() {
    use sha2::{Digest as _, Sha256};

    let (folder, recordings) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let environment =
        [("NARRATION_COVERAGE", recordings.path().to_str().unwrap()), ("STORY_UPDATE", "new")];
    let noted = || {
        let files = std::fs::read_dir(recordings.path()).unwrap();
        let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let lines: Vec<_> =
            texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.into_iter().filter(|line| line.contains("\"facets\":\"story\"")).collect::<Vec<_>>()
    };
    assert!(run(folder.path(), &story(), &environment).status.success());
    let file = std::fs::read(folder.path().join("tests/stories/a-story.story")).unwrap();
    let digest: String = Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
    let first = noted().concat();
    assert!(first.contains(&format!("\"sha256\":\"{digest}\"")), "{first}");
    assert!(first.contains("\"test\":\"files::a_test_of_another_package\""), "{first}");
    assert!(first.contains("tests/snapshots/files.rs:"), "{first}");
    // What differs was held by nobody.
    assert!(!run(folder.path(), &story()[1..], &environment).status.success());
    assert_eq!(noted().len(), 1);
}
