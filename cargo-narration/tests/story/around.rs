//! What else was told when something went wrong.

use crate::place::Place;

fn line(at: &str, actor: &str, action: &str, more: &str) -> String {
    format!(
        r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"{actor}","action":"{action}","human":"{action} it is"{more}}}"#
    )
}

fn place() -> Place {
    let place = Place::new();
    let own = |outcome: &str| format!(r#","correlation_id":"req-1"{outcome}"#);
    place.log(
        "till.log",
        &[
            &line("01.000", "till", "open", &own("")),
            &line("05.000", "till", "charge", &own(r#","outcome":"failed""#)),
            &line("09.000", "till", "close", &own("")),
        ],
    );
    place.log(
        "bank.log",
        &[
            &line("01.100", "bank", "early", ""),
            &line("04.800", "bank", "restart", ""),
            &line("05.200", "bank", "charge", r#","correlation_id":"req-2""#),
            &line("08.900", "bank", "late", ""),
        ],
    );
    place
}

fn told(place: &Place, args: &[&str]) -> Vec<String> {
    let story = place.json(&[&["story", "req-1", "."], args].concat());
    let steps = story["around"]["steps"].as_array().unwrap();
    let own = |step: &serde_json::Value| if step["own"] == true { "own " } else { "" };
    let action = |step: &serde_json::Value| step["action"].as_str().unwrap().to_owned();
    steps.iter().map(|step| format!("{}{}", own(step), action(step))).collect()
}

#[test]
fn what_others_told_when_it_failed_stands_among_its_own_steps() {
    let place = place();
    assert_eq!(told(&place, &["--around", "1s"]), ["restart", "own charge", "charge"]);
    let said = place.run(&["story", "req-1", ".", "--around", "1s"]);
    said.has("what else was told within 1 s of 18:34:05.000000")
        .has("req-2")
        .has("restart it is")
        .has("-200 ms");
    assert!(!said.out.contains("early"), "{said:?}");
    let said = place.run(&["story", "req-1", ".", "--around", "1s", "--format", "markdown"]);
    said.has("| 18:34:04.800000 | – | bank | restart | restart it is |");
}

#[test]
fn another_moment_is_an_action_or_a_time() {
    let place = place();
    assert_eq!(told(&place, &["--around", "500ms", "--at", "open"]), ["own open", "early"]);
    assert_eq!(told(&place, &["--around", "500ms", "--at", "18:34:09"]), ["late", "own close"]);
    let whole = ["--around", "500ms", "--at", "2026-11-21T18:34:01Z"];
    assert_eq!(told(&place, &whole), ["own open", "early"]);
    let said = place.run(&["story", "req-1", ".", "--around", "1s", "--at", "tea"]);
    assert_eq!(said.code, Some(4));
    said.has("is no action of this story and no time").has("open, charge, close");
}

#[test]
fn what_makes_no_sense_is_refused_with_a_way_out() {
    let place = place();
    for (args, way_out) in [
        (&["--around", "tea"][..], "write 200ms, 5s or 2m"),
        (&["--around", "0s"], "write 200ms, 5s or 2m"),
        (&["--at", "open"], "--around"),
        (&["--around", "5s", "--format", "html"], "--format text, json or markdown"),
        (&["--around", "5s", "--follow"], "--follow"),
    ] {
        let said = place.run(&[&["story", "req-1", "."], args].concat());
        assert_eq!(said.code, Some(2), "{said:?}");
        said.has(way_out);
    }
}

#[test]
fn of_too_much_the_closest_is_told_and_the_rest_counted() {
    let place = place();
    let many: Vec<String> = (0..5_000)
        .map(|at| line(&format!("05.{:06}", at * 100), "bank", &format!("beat-{at}"), ""))
        .collect();
    place.log("beats.log", &many.iter().map(String::as_str).collect::<Vec<_>>());
    let story = place.json(&["story", "req-1", ".", "--around", "10s"]);
    let steps = story["around"]["steps"].as_array().unwrap();
    assert_eq!(steps.iter().filter(|step| step["own"] == false).count(), 200);
    assert_eq!(story["around"]["left_out"], 5_004 - 200);
    assert!(steps.iter().any(|step| step["action"] == "beat-0"));
}
