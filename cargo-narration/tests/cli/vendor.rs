//! `vendor`: what a published package carries.

use crate::support::{Crate, VOCABULARY, manifest};

const SOURCE: &str = "fn f(pool_id: &str) { narration_runtime::narrate!(actor = \"pool-managerd\", action = \"drain\", pool_id); }";

#[test]
fn a_snapshot_holds_what_is_narrated_and_nothing_else() {
    let here = Crate::new(VOCABULARY, SOURCE);
    let run = here.run(&["vendor"]);
    assert_eq!((run.code, run.out.as_str()), (0, "narration.snapshot.toml written\n"), "{run:?}");
    let text = here.read("narration.snapshot.toml");
    assert!(
        text.contains("[actors.pool-managerd.actions.drain]") && !text.contains("spawn"),
        "{text}"
    );
    assert!(text.contains("pool_id = ") && !text.contains("jobs"), "{text}");
    let diff = here.run(&["diff", "narration.toml", "narration.snapshot.toml", "--format", "json"]);
    let gone = diff.json()["changes"].as_array().unwrap().clone();
    assert!(gone.iter().all(|change| change["how"] == "is gone"), "{gone:#?}");
}

#[test]
fn everything_a_vocabulary_says_reads_back_as_the_same() {
    let vocabulary = VOCABULARY.replace("jobs = { type = \"u64\" }", "jobs = { type = \"u64\", unit = \"bytes\", example = 3 }\ntoken = { type = \"string\", class = \"secret\", expose = \"say \\\"why\\\"\\u007f\" }\nold = { type = \"string\", deprecated = { since = \"1\", use = \"note\", note = \"so\" } }")
        .replace("[actors.pool-managerd.actions.drain]", "failed = \"drain\"\nok = \"spawned\"\n[actors.pool-managerd.actions.spawned]\nsample = \"1/100\"\nlimit = \"50/min\"\nfields = [\"token?\", \"old?\", \"note?\"]\nexpose = \"x\"\nexample = \"a or b\"\nhuman = \"Spawned\"\n[actors.pool-managerd.actions.drain]")
        .replace("doc = \"Keeps the pools\"", "doc = \"Keeps the pools\"\nlimit = \"7/h\"")
        + "[levels.debug]\nsample = \"1/9\"\n[redaction]\npii = [\"email\"]\nmode = \"hash\"\noff = [\"jwt\"]\nallow = [\"tok-[0-9]+\"]\n[[redaction.rules]]\nname = \"employee\"\nregex = \"emp-[0-9]{6}\"\n[[redaction.rules]]\nname = \"house\"\nprefix = \"hse_\"\n";
    let here = Crate::new(
        &vocabulary,
        &format!(
            "{SOURCE}\nstatic T: &narration_runtime::taxonomy::Table = narration_runtime::taxonomy!();"
        ),
    );
    assert_eq!(here.run(&["vendor"]).code, 0);
    let diff = here.run(&["diff", "narration.toml", "narration.snapshot.toml"]);
    let snapshot = here.read("narration.snapshot.toml");
    assert_eq!(diff.out, "0 breaking, 0 safe\n", "{snapshot}");
    assert!(snapshot.contains("[levels.debug]\nsample = \"1/9\"\n"), "{snapshot}");
    let catalog =
        |file: &str| here.run(&["catalog", "--vocabulary", file]).out.replace("`src/lib.rs`", "–");
    assert_eq!(catalog("narration.toml"), catalog("narration.snapshot.toml"));
}

#[test]
fn what_is_extended_and_what_outcomes_name_is_part_of_it() {
    let here = Crate::new(
        "extends = [\"base/words.toml\"]\n[narration]\nversion = 1\n[actors.other.actions.a]\nhuman = \"Something else\"\n",
        "#[narrated(actor = \"pool-managerd\", action = \"spawn\")] fn f(pool_id: &str, device: &str) {}",
    );
    let base = VOCABULARY.replace(
        "[actors.pool-managerd.actions.drain]",
        "failed = \"drain\"\n[actors.pool-managerd.actions.drain]",
    );
    here.write("base/words.toml", &base);
    assert_eq!(here.run(&["vendor"]).code, 0);
    let text = here.read("narration.snapshot.toml");
    assert!(text.contains("actions.drain]") && text.contains("level = \"warn\""), "{text}");
    assert!(!text.contains("extends") && !text.contains("other"), "{text}");
}

#[test]
fn a_published_package_is_checked_by_its_snapshot() {
    let here = Crate::new(VOCABULARY, SOURCE);
    here.run(&["vendor"]);
    here.write("narration.toml", "[narration]\nversion = 1\n[actors.strangers.actions.a]\n");
    assert_ne!(here.run(&["check", "--format", "json"]).code, 0);
    here.write("Cargo.toml.orig", &manifest("app"));
    let run = here.run(&["check", "--format", "json"]);
    assert_eq!((run.code, run.findings()), (0, Vec::new()), "{run:?}");
}

#[test]
fn a_missing_or_stale_snapshot_is_told_in_ci() {
    let here = Crate::new(VOCABULARY, SOURCE);
    let missing = here.run(&["vendor", "--check"]);
    assert_eq!((missing.code, missing.out.as_str()), (1, "narration.snapshot.toml is missing\n"));
    here.run(&["vendor"]);
    assert_eq!(here.run(&["vendor", "--check"]).code, 0);
    here.write("narration.toml", &VOCABULARY.replace("Draining {pool_id}", "Emptying {pool_id}"));
    let stale = here.run(&["vendor", "--check"]);
    assert_eq!((stale.code, stale.out.as_str()), (1, "narration.snapshot.toml is stale\n"));
    here.write("src/lib.rs", "");
    assert_eq!(here.run(&["vendor"]).code, 4, "nothing is narrated");
}

#[test]
fn a_snapshot_that_cargo_leaves_out_is_told() {
    let here = Crate::new(VOCABULARY, SOURCE);
    let whole = here.read("Cargo.toml");
    assert!(whole.contains("[package]\n"), "{whole}");
    here.write("Cargo.toml", &whole.replace("[package]\n", "[package]\ninclude = [\"src/**\"]\n"));
    for verb in [&["vendor"][..], &["vendor", "--check"]] {
        let run = here.run(verb);
        assert_eq!(run.code, 1, "{verb:?}: {run:?}");
        assert!(run.out.contains("cargo leaves it out of app: see `include`"), "{run:?}");
    }
    let include = "[package]\ninclude = [\"src/**\", \"/narration.snapshot.toml\"]\n";
    here.write("Cargo.toml", &whole.replace("[package]\n", include));
    let run = here.run(&["vendor", "--check"]);
    assert_eq!((run.code, run.out.as_str()), (0, "narration.snapshot.toml is up to date\n"));
}
