//! The words of the faults: what is wrong, what was meant, where it is declared.

use crate::pipeline::narrate;
use crate::testing::{VOCABULARY, crate_of_pool_managerd, message, tokens, vocabulary_of};

fn told(call: &str) -> String {
    message(&narrate(tokens(call), &crate_of_pool_managerd()).unwrap_err().errors)
}

/// Where a declaration stands in the vocabulary of the tests.
fn line_of(declaration: &str) -> usize {
    1 + VOCABULARY.lines().position(|line| line.starts_with(declaration)).unwrap()
}

#[test]
fn an_unknown_action_names_the_near_one_and_the_allowed_ones() {
    let told = told(r#""spwan", "On {pool_id}""#);
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines[0], "N0002: pool-managerd has no action `spwan`");
    assert_eq!(lines[1], "  did you mean `spawn`?");
    let line = line_of("[actors.pool-managerd]");
    assert!(lines[2].starts_with("  allowed: spawn, spawned, "), "{told}");
    assert!(lines[2].contains(&format!("(narration.toml:{line}:")), "{told}");
    assert!(lines[3].starts_with("  help: "), "{told}");
    assert_eq!(lines[4], "  more: docs/errors/N0002.md");
}

#[test]
fn long_lists_are_cut() {
    let told = told(r#""spawn", "On {pool_id}", path = p"#);
    assert!(told.contains("allowed: pool_id, engine, jobs, device, note, delta, ratio, warm, eta, hf_token and 4 more"), "{told}");
}

#[test]
fn an_action_of_another_actor_names_it() {
    assert!(
        told(r#""admission""#).starts_with(
            "N0003: `admission` is an action of `orchestratord`, not of `pool-managerd`"
        )
    );
}

#[test]
fn all_missing_fields_are_named_at_once() {
    let told = told(r#""drain""#);
    assert!(told.starts_with("N0006: `drain` needs `pool_id` and `jobs`"), "{told}");
    assert!(told.contains("its text: \"Draining pool"), "{told}");
}

#[test]
fn a_field_that_is_meant_as_an_argument_is_recognised() {
    assert!(told(r#""idle", "Idle", lvel = "info""#).contains("did you mean `level`?"));
    assert!(told(r#""spawn", "On {pool_id}", jbos = 3"#).contains("did you mean `jobs`?"));
}

#[test]
fn a_secret_is_not_repeated() {
    let secret = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    assert!(!told(&format!(r#""spawn", "On {{pool_id}} {secret}""#)).contains(&secret));
}

#[test]
fn a_faulty_vocabulary_is_told_in_short_and_stops_the_rules() {
    let text = VOCABULARY.replace("target = \"pool_id\"", "target = \"pool_idd\"");
    let vocabulary = vocabulary_of(&text, "[package]\nname = \"x\"\nversion = \"0.1.0\"\n");
    let told =
        message(&narrate(tokens(r#""spwan", "On {nothing}""#), &vocabulary).unwrap_err().errors);
    assert!(told.starts_with("N0014: "), "{told}");
    let line = line_of("target = ");
    assert!(told.contains(&format!(" narration.toml:{line}:")), "{told}");
    assert!(told.contains("pool_idd"), "{told}");
}

#[test]
fn secrets_in_the_vocabulary_are_its_own_fault() {
    let secret = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    let package = "[package]\nname = \"x\"\nversion = \"0.1.0\"\n";
    let text = VOCABULARY.replace("\"Admitted\"", &format!("\"Admitted {secret}\""));
    let codes = |text: &str| {
        let vocabulary = vocabulary_of(text, package);
        let problems = vocabulary
            .problems()
            .map(|problem| (problem.rule.code, vocabulary.show(problem.place)));
        problems
            .filter(|(code, _)| code.starts_with("N00"))
            .map(|(code, place)| (code, place.split(':').nth(1).unwrap().parse().unwrap()))
            .collect::<Vec<(&str, usize)>>()
    };
    let by_name = ("N0028", line_of("api_key"));
    assert_eq!(codes(VOCABULARY), [by_name]);
    assert_eq!(codes(&text), [by_name, ("N0027", line_of("human = \"Admitted\""))]);
    let text = VOCABULARY
        .replace("\"Admitted\"", "\"Admitted with password={note}\"")
        .replace("fields = []", "fields = [\"note\", \"api_key\"]");
    assert_eq!(codes(&text), [by_name, ("N0008", line_of("human = \"Admitted\""))]);
    for (words, told) in [
        ("password -> {note}", true),
        ("with password {note}", true),
        ("into postgres://app:{note}@db", true),
        ("by https://cdn.example/seat?sig={note}", true),
        ("at http://localhost:{note}/seats", false),
        ("for {note}@example.org", false),
    ] {
        let text = text.replace("with password={note}", words);
        let announced = ("N0008", line_of("human = \"Admitted\""));
        let expected = [by_name].into_iter().chain(told.then_some(announced));
        assert_eq!(codes(&text), expected.collect::<Vec<_>>(), "{words}");
    }
    let text = text.replace("password={note}", "{api_key}");
    assert_eq!(codes(&text), [by_name, ("N0008", line_of("human = \"Admitted\""))]);
    let text = text.replace(
        "api_key = { type = \"string\" }",
        "api_key = { type = \"string\", expose = \"it is none\" }",
    );
    assert_eq!(codes(&text), [by_name]);
}

#[test]
fn a_redaction_rule_that_means_nothing_is_a_fault_of_the_vocabulary() {
    let redaction = "\n[redaction]\noff = [\"baerer\"]\nallow = [\"depot-[0-9]{6}\"]\n\n[[redaction.rules]]\nname = \"depot\"\nregex = \"DEPOT-[A-Z\"\n";
    let text = format!("{VOCABULARY}{redaction}");
    let vocabulary = vocabulary_of(&text, "[package]\nname = \"x\"\nversion = \"0.1.0\"\n");
    let told: Vec<String> = vocabulary
        .problems()
        .filter(|problem| problem.rule.code == "N0029")
        .map(|problem| format!("{} {}", problem.message, problem.help.clone().unwrap_or_default()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], "the detector has no rule `baerer` did you mean `bearer`?");
    assert!(
        told[1].starts_with("`DEPOT-[A-Z` cannot be a rule: unclosed character class"),
        "{}",
        told[1]
    );
    assert!(!vocabulary.fault_free());
}
