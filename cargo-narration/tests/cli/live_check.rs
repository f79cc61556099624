//! `live-check`: lines against the vocabulary of who wrote them.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Crate, Run, VOCABULARY, command};

/// A sound record.
fn record() -> Value {
    json!({
        "timestamp": "2026-11-21T18:34:05.123456Z", "level": "info", "actor": "pool-managerd",
        "action": "spawn", "target": "GPU0", "human": "Spawning on GPU0 for default",
        "correlation_id": "req-xyz", "pool_id": "default", "device": "GPU0", "jobs": 8,
    })
}

/// The record with one key changed.
fn with(key: &str, value: Value) -> String {
    let mut record = record();
    record[key] = value;
    record.to_string() + "\n"
}

/// The run over a log with these lines.
fn checked(lines: &str, words: &[&str]) -> Run {
    let here = Crate::new(VOCABULARY, "");
    here.write("logs/a.log", lines);
    here.run(&[&["live-check", "logs"], words].concat())
}

fn codes(run: &Run) -> Vec<String> {
    let findings = run.json()["findings"].as_array().unwrap().clone();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn sound_lines_get_no_complaint() {
    let dependency = r#"{"timestamp":"2026-11-21T18:34:05.1Z","level":"info","actor":"hub","action":"log","target":"hyper","human":"x","any":1}"#;
    let logfmt = "timestamp=2026-11-21T18:34:05.123456Z level=info actor=pool-managerd action=drain target=default human=\"Draining 42\" pool_id=\"42\"";
    let run = checked(&format!("{}{dependency}\n{logfmt}\n", with("jobs", json!(9))), &[]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "3 of 3 lines are records: nothing found\n"),
        "{run:?}"
    );
}

#[test]
fn each_fault_of_a_record_is_told_under_the_compilers_code() {
    for (key, value, code, words) in [
        ("actor", json!("pool-manager"), "N0001", "did you mean `pool-managerd`?"),
        ("action", json!("spwan"), "N0002", "did you mean `spawn`?"),
        ("poolid", json!("x"), "N0004", "did you mean `pool_id`?"),
        ("jobs", json!("eight"), "N0007", "`jobs` is declared as u64 and holds text"),
        ("jobs", json!(-1), "N0007", "a number below zero"),
        ("pool_id", json!(7), "N0007", "`pool_id` is declared as string and holds a number"),
        ("device", json!("GPU9"), "N0021", "`GPU9`"),
        (
            "note",
            json!("password=hunter2-again"),
            "N0212",
            "`note` holds what looks like a secret (password)",
        ),
        ("human", json!("Bearer 4f9d27c1b8e35a60aa"), "N0212", "`human` holds"),
        ("target", json!("https://ada:s3cr3tpass@host/"), "N0212", "`target` holds"),
    ] {
        let run = checked(&with(key, value.clone()), &["--deny", "warnings"]);
        assert_eq!(run.code, 1, "{key} = {value}: {run:?}");
        let told = format!("[{code}]");
        assert!(run.out.contains(&told) && run.out.contains(words), "{key} = {value}: {}", run.out);
        assert!(run.out.contains("logs/a.log:1"), "{}", run.out);
        assert!(!run.out.contains("hunter2") && !run.out.contains("s3cr3t"), "{}", run.out);
    }
}

#[test]
fn what_may_have_a_reason_is_a_warning() {
    let mut lacking = record();
    lacking.as_object_mut().unwrap().remove("pool_id");
    for line in [lacking.to_string() + "\n", with("span_of_another", json!("x"))] {
        assert_eq!(checked(&line, &[]).code, 0);
        assert_eq!(checked(&line, &["--deny", "warnings"]).code, 1);
    }
}

#[test]
fn values_that_should_be_hidden_and_are_not_are_told() {
    let vocabulary = VOCABULARY.replace(
        "note = { type = \"string\" }",
        "pin = { type = \"u64\", class = \"secret\" }\nletter = { type = \"string\", class = \"content\" }\nname = { type = \"string\", class = \"pii\" }",
    ).replace("\"jobs?\"]", "\"jobs?\", \"pin?\", \"letter?\", \"name?\"]");
    let here = Crate::new(&vocabulary, "");
    let hidden = with("pin", json!("[redacted:secret]"))
        + &with("letter", json!("[content:7 bytes:ab]"))
        + &with("name", json!("[redacted:pii]"));
    here.write("a.log", &hidden);
    assert_eq!(here.run(&["live-check", "a.log"]).code, 0);
    here.write(
        "a.log",
        &(with("pin", json!(1234))
            + &with("letter", json!("Dear you"))
            + &with("name", json!("Ada"))),
    );
    let run = here.run(&["live-check", "a.log", "--format", "json"]);
    assert_eq!((run.code, codes(&run)), (1, vec!["N0212".to_owned(); 3]), "{run:?}");
    assert!(!run.out.contains("Dear") && !run.out.contains("1234"), "{}", run.out);
}

#[test]
fn the_vocabularys_own_redaction_counts() {
    let vocabulary = VOCABULARY.to_owned()
        + "[redaction]\npii = [\"email\"]\n[[redaction.rules]]\nname = \"employee\"\nregex = \"emp-[0-9]{6}\"\n";
    let here = Crate::new(&vocabulary, "");
    here.write(
        "a.log",
        &(with("note", json!("by emp-123456"))
            + &with("human", json!("mail from joe@example.com"))),
    );
    let out = here.run(&["live-check", "a.log"]).out;
    assert!(out.contains("(employee)") && out.contains("(email)"), "{out}");
}

#[test]
fn a_failure_nobody_hears_is_told() {
    let vocabulary = VOCABULARY.replace(
        "[actors.pool-managerd.actions.drain]",
        "failed = \"drain\"\n[actors.pool-managerd.actions.drain]",
    );
    let here = Crate::new(&vocabulary, "");
    here.write("a.log", &with("action", json!("drain")));
    assert!(here.run(&["live-check", "a.log"]).out.contains("error[N0020]"));
}

#[test]
fn a_flood_of_one_fault_is_one_fault() {
    let lines = record().to_string() + "\n\n" + &with("action", json!("spwan")).repeat(3000);
    let run = checked(&lines, &["--format", "json"]);
    let data = run.json();
    let finding = &data["findings"][0];
    assert_eq!((&finding["count"], &finding["line"]), (&json!(3000), &json!(3)), "{data:#}");
    assert_eq!((&data["lines"], &data["records"]), (&json!(3001), &json!(3001)));
}

#[test]
fn lines_of_other_programs_are_told_and_looked_through() {
    let lines =
        record().to_string() + "\nplain text, password=hunter2-again\n{\"msg\":\"task created\"}\n";
    let run = checked(&lines, &["--format", "json"]);
    let mut found = codes(&run);
    found.sort();
    assert_eq!(found, ["N0211", "N0212"], "{run:?}");
    assert!(run.out.contains("`password` is a secret by its name"), "{}", run.out);
    assert_eq!(run.json()["records"], 1);
    assert_eq!(checked("plain text\n", &[]).code, 4, "no line is a record");
}

#[test]
fn words_from_a_log_cannot_drive_a_terminal() {
    let run = checked(&with("action", json!("\u{1b}[2J\u{202e}spawn\nforged")), &[]);
    assert!(
        run.out.contains("N0002") && !run.out.contains('\u{1b}') && !run.out.contains('\u{202e}'),
        "{:?}",
        run.out
    );
    assert!(!run.out.contains("\nforged"), "{}", run.out);
}

#[test]
fn each_service_has_its_own_vocabulary() {
    let here = Crate::empty();
    here.write("a.toml", VOCABULARY);
    here.write("b.toml", &VOCABULARY.replace("pool-managerd", "orchestratord"));
    here.write("all.log", &(record().to_string() + "\n" + &with("actor", json!("orchestratord"))));
    let both =
        here.run(&["live-check", "--vocabulary", "a.toml", "--vocabulary", "b.toml", "all.log"]);
    assert_eq!(both.code, 0, "{both:?}");
    let one = here.run(&["live-check", "--vocabulary", "a.toml", "all.log"]);
    assert!(one.code == 1 && one.out.contains("N0001"), "{one:?}");
}

#[test]
fn logs_come_from_pipes_too_and_those_that_are_not_there_are_told() {
    let here = Crate::new(VOCABULARY, "");
    let mut child = command()
        .current_dir(here.root())
        .args(["live-check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(with("action", json!("spwan")).as_bytes()).unwrap();
    let run = Run::of(child.wait_with_output().unwrap());
    assert!(run.code == 1 && run.out.contains("--> -, byte 0"), "{run:?}");
    assert_eq!(here.run(&["live-check", "nowhere.log"]).code, 3);
}
