//! Stories beside others, and for the one whose request it was.

use crate::place::{ADMISSION, BUILD, Place};

const VOCABULARY: &str = r#"
[narration]
version = 1
name = "llama-orch"

[fields]
pool_id = { type = "string", class = "public" }
queue_position = { type = "u64" }
predicted_start_ms = { type = "u64", unit = "ms" }
jobs = { type = "u64" }
user_name = { type = "string", class = "pii" }

[actors.orchestratord.actions.admission]
when = "Request accepted"
fields = ["pool_id", "queue_position", "user_name?"]
human = "Accepted your request, {user_name}; you are number {queue_position} for '{pool_id}'"

[actors.engine-provisioner.actions.cmake-build]
when = "Building the engine"
fields = ["jobs"]
ok = "complete"

[actors.engine-provisioner.actions.complete]
when = "Engine ready"
"#;

#[test]
fn a_user_is_told_public_values_alone() {
    let place = Place::of_the_memo();
    let named = ADMISSION.replace("\"queue_position\"", "\"user_name\":\"Ada\",\"queue_position\"");
    place.log("orchestratord.log", &[&named.replace("Accepted", "Ada: accepted")]);
    place.bytes("narration.toml", VOCABULARY.as_bytes());
    let said =
        place.run(&["story", "req-xyz", ".", "--for-user", "--vocabulary", "narration.toml"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(
        said.out,
        "Your request is not done yet, after 500 ms.\n      \
         0 ms  Accepted your request, …; you are number 3 for 'default'\n    \
         500 ms  Building the engine\n"
    );
}

#[test]
fn without_a_vocabulary_no_value_is_known_to_be_public() {
    let place = Place::of_the_memo();
    let said = place.run(&["story", "req-xyz", ".", "--for-user"]);
    assert_eq!(said.code, Some(2));
    said.has("--vocabulary");
}

#[test]
fn what_has_an_outcome_by_the_vocabulary_is_open_until_it_is_told() {
    let place = Place::of_the_memo();
    place.bytes("vocabulary.toml", VOCABULARY.as_bytes());
    let args = ["story", "req-xyz", ".", "--vocabulary", "vocabulary.toml"];
    place.run(&args).has("stuck in cmake-build");
    let complete = BUILD.replace("cmake-build", "complete").replace("05.623456", "06.0");
    place.log("engine-provisioner.log", &[BUILD, &complete]);
    assert!(!place.run(&args).out.contains("stuck"));
}

#[test]
fn a_story_is_set_beside_those_that_begin_alike() {
    let place = Place::of_the_memo();
    let other = |id: u32, action: &str, at: &str, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:35:{at}Z","level":"info","actor":"orchestratord","action":"{action}","human":"x","correlation_id":"other-{id}"{more}}}"#
        )
    };
    let lines: Vec<String> = (0..9)
        .flat_map(|id| {
            [
                other(id, "admission", "05.000000", ""),
                other(id, "done", &format!("05.{id}00000"), ""),
            ]
        })
        .collect();
    place.log("others.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let story = place.json(&["story", "req-xyz", ".", "--compare"]);
    assert_eq!(story["comparison"]["others"], 9);
    assert_eq!(story["comparison"]["elapsed"]["median_ms"], 400.0);
    place.run(&["story", "req-xyz", ".", "--compare"]).has("the whole: 500 ms, slower than 56 %");
}

#[test]
fn clocks_that_are_corrected_compare_with_those_that_are_not() {
    let place = Place::new();
    let line = |at: &str, actor: &str, action: &str, id: u32, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"{actor}","action":"{action}","human":"x","correlation_id":"req-{id}"{more}}}"#
        )
    };
    let lines: Vec<String> = (1..4)
        .flat_map(|id| {
            let (outer, inner) =
                (format!(r#","span_id":"a{id}""#), format!(r#","span_id":"b{id}""#));
            let inner = format!(r#"{inner},"parent_span_id":"a{id}""#);
            [
                line("07.000", "routing", "plan", id, &inner),
                line("10.000", "intake", "request", id, &outer),
                line(
                    &format!("1{id}.000"),
                    "intake",
                    "request",
                    id,
                    &format!(r#"{outer},"outcome":"ok""#),
                ),
            ]
        })
        .collect();
    place.log("a.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let story = place.json(&["story", "req-2", "a.log", "--align", "--compare"]);
    assert_eq!(story["steps"][0]["action"], "request", "the clock was corrected");
    let comparison = &story["comparison"];
    assert_eq!(
        (&comparison["others"], &comparison["entry"]["action"]),
        (&2.into(), &"plan".into())
    );
    assert_eq!(comparison["elapsed"]["this_ms"], 5000.0, "{comparison}");
}

#[test]
fn a_user_is_not_told_twice_what_ended_well_and_hears_what_did_not() {
    let place = Place::new();
    let line = |at: &str, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"engine-provisioner","action":"build","human":"x","correlation_id":"req-1","jobs":8{more}}}"#
        )
    };
    let vocabulary = "[narration]\nversion = 1\n[fields]\njobs = { type = \"u64\" }\n\
        [actors.engine-provisioner.actions.build]\nfields = [\"jobs\"]\n\
        human = \"Building with {jobs} jobs\"\nok = \"built\"\n\
        [actors.engine-provisioner.actions.built]\nhuman = \"Built after {duration_ms} ms\"\n";
    place.bytes("narration.toml", vocabulary.as_bytes());
    let tell = |outcome: &str| {
        place.log("a.log", &[&line("05.000", ""), &line("05.250", outcome)]);
        place.run(&["story", "req-1", "a.log", "--for-user"]).out
    };
    let done = tell(r#","outcome":"ok","duration_ms":250"#);
    assert_eq!(done, "Your request was done after 250 ms.\n      0 ms  Building with 8 jobs\n");
    let failed = tell(r#","outcome":"failed","duration_ms":250"#);
    assert!(failed.ends_with("    250 ms  Building with 8 jobs (failed)\n"), "{failed}");
    let built =
        line("05.250", r#","outcome":"ok","duration_ms":250"#).replace("\"build\"", "\"built\"");
    place.log("a.log", &[&line("05.000", ""), &built]);
    place.run(&["story", "req-1", "a.log", "--for-user"]).has("250 ms  Built after 250 ms");
}

#[test]
fn who_compares_with_nothing_is_told_so() {
    let place = Place::of_the_memo();
    place
        .run(&["story", "req-xyz", ".", "--compare"])
        .has("no other request in these logs begins with orchestratord admission");
}

#[test]
fn who_names_no_log_is_told_how() {
    let place = Place::new();
    let said = place.run(&["story", "req-xyz"]);
    assert_eq!(said.code, Some(4));
    said.has("looked in the standard input").has("name files or folders behind the id");
    place.log("a.log", &[ADMISSION]);
    place.run(&["story", "nobody-knows-it", "a.log"]).has("cargo narration stories");
}

#[test]
fn of_many_failures_the_first_are_told_before_the_steps() {
    let place = Place::new();
    let lines: Vec<String> = (0..40)
        .map(|at| {
            ADMISSION.replace("05.123456", &format!("06.{at:06}")).replace("\"info\"", "\"error\"")
        })
        .collect();
    place.log("a.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let said = place.run(&["story", "req-xyz", "a.log"]);
    said.has("and 28 more failures, below");
    assert_eq!(said.out.matches("\nerror ").count(), 12);
    assert_eq!(
        place.json(&["story", "req-xyz", "a.log"])["failures"].as_array().unwrap().len(),
        40
    );
}
