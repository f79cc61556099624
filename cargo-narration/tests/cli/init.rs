//! `init`: a first vocabulary from what the sources say.

use crate::support::{Crate, manifest};

fn package(source: &str) -> Crate {
    let here = Crate::empty();
    here.write("Cargo.toml", &manifest("pool-managerd"));
    here.write("src/main.rs", source);
    here
}

/// The vocabulary for `body` in a fn.
fn vocabulary(body: &str) -> String {
    let run = package(&format!("fn main() {{ {body} }}")).run(&["init", "--dry-run"]);
    assert_eq!(run.code, 0, "{run:?}");
    run.out
}

#[test]
fn what_is_said_becomes_actions_with_fields_levels_and_places() {
    let text = vocabulary(
        r#"
        println!("Spawning engine {} for pool '{pool_id}' on {:?}", spec.engine, device);
        tracing::warn!(target: "x", jobs, wait_ms = 3, error = %err, "Build of {} failed: {err}", pool.id);
        eprintln!("Cannot reach {url}");
        tracing::event!(tracing::Level::DEBUG, "expected_tokens={}, checking sentinels", exp);
        "#,
    );
    assert!(!vocabulary("println!(\"Authorization: Bearer {}\", token)").contains("when "));
    for part in [
        "[actors.pool-managerd]",
        "# src/main.rs:2\n[actors.pool-managerd.actions.spawning-engine-pool]\nwhen   = \"Spawning engine\"\nfields = [\"spec_engine\", \"pool_id\", \"device\"]\nhuman  = \"Spawning engine {spec_engine} for pool '{pool_id}' on {device}\"",
        "level  = \"warn\"\nfields = [\"jobs\", \"wait_ms\", \"pool_id\"]\nhuman  = \"Build of {pool_id} failed: {error}\"",
        "level  = \"warn\"\nfields = [\"url\"]\nhuman  = \"Cannot reach {url}\"",
        "level  = \"debug\"\nfields = [\"exp\"]",
        "pool_id = { type = \"string\", class = \"id\" }",
        "jobs = { type = \"u64\" }",
        "wait_ms = { type = \"u64\" }",
        "url = { type = \"string\", class = \"url\" }",
    ] {
        assert!(text.contains(part), "{part}\nis missing in\n{text}");
    }
}

#[test]
fn whatever_is_said_the_vocabulary_is_sound() {
    let long = "very long words ".repeat(20);
    let here = package(&format!(
        r##"
        fn main() {{
            println!(); println!("{{}}", x); println!("{{0}} {{1}} {{0:>8.2}} {{{{}}}}", type_, 1 + 2);
            println!("Authorization: Bearer {{}}", token); println!("password=hunter2-again");
            println!("{long}"); println!("{{level}} {{target}} {{human}}", level = 1, target = 2, human = 3);
            println!("{{prompt}}"); println!("ünïcödé {{}}", größe); println!("42"); println!("}}}} {{{{");
            println!("a\nb\t\"quoted\" \\ {{x}}"); log::error!("{{}} {{}}", a.b.c(), d[0]); dbg!(x);
            println!(r#"raw "text""#); info!(?x, %y, z.w = 3, "same"); info!("same"); println!(concat!("a", "b"));
        }}
        "##
    ));
    let run = here.run(&["init"]);
    assert_eq!(run.code, 0, "{run:?}");
    let check = here.run(&["check", "--format", "json"]);
    let found = check.findings();
    let faults: Vec<_> =
        found.iter().filter(|found| found.starts_with("N01") || found.starts_with("N00")).collect();
    assert!(faults.is_empty(), "{faults:?}\n{}", here.read("narration.toml"));
    assert!(!here.read("narration.toml").contains("hunter2"));
}

#[test]
fn a_crate_that_says_nothing_gets_an_example() {
    let text = vocabulary("");
    assert!(text.contains("[actors.pool-managerd.actions.start]"), "{text}");
}

#[test]
fn secrets_and_personal_data_get_their_class_and_leave_the_text() {
    let text = vocabulary("println!(\"Login of {email} with {api_token}\");");
    assert!(text.contains("api_token = { type = \"string\", class = \"secret\" }"), "{text}");
    assert!(text.contains("email = { type = \"string\", class = \"pii\" }"), "{text}");
    assert!(!text.contains("human"), "{text}");
}

#[test]
fn a_vocabulary_that_is_there_is_never_touched() {
    let here = package("fn main() { println!(\"hello world\") }");
    here.write("narration.toml", "mine, however broken");
    let run = here.run(&["init"]);
    assert_eq!((run.code, run.out.as_str()), (5, ""), "{run:?}");
    assert!(run.err.contains("stays as it is"), "{}", run.err);
    let shown = here.run(&["init", "--dry-run"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.out.contains("hello world"), "{}", shown.out);
    assert_eq!(here.read("narration.toml"), "mine, however broken");
}

#[test]
fn several_packages_share_one_vocabulary_at_the_root() {
    let here = Crate::empty();
    here.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\"]\n");
    for name in ["one", "two"] {
        here.write(&format!("{name}/Cargo.toml"), &manifest(name));
        here.write(&format!("{name}/src/lib.rs"), "fn f() { println!(\"Hello from here\") }");
    }
    let run = here.run(&["init"]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = here.read("narration.toml");
    assert!(
        text.contains("[actors.one.actions.hello-here]")
            && text.contains("[actors.two.actions.hello-here]"),
        "{text}"
    );
    let found = here.run(&["check", "--format", "json"]).findings();
    assert!(found.iter().all(|found| found.starts_with("N02")), "{found:?}");
}
