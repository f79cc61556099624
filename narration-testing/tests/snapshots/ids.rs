//! What becomes of values.

use narration_testing::Story;

use crate::{line, text};

#[test]
fn equal_ids_are_equal_ordinals_and_a_swapped_one_shows() {
    let told = |first: &str, second: &str| {
        text(&[
            line(
                1,
                "orchestratord",
                "admission",
                "Accepted",
                &format!(r#""correlation_id":"c","job_id":"{first}""#),
            ),
            line(
                2,
                "orchestratord",
                "poll",
                "Looking",
                &format!(r#""correlation_id":"c","job_id":"{second}""#),
            ),
            line(
                3,
                "orchestratord",
                "poll",
                "Looking again",
                &format!(r#""correlation_id":"c","job_id":"{first}""#),
            ),
        ])
    };
    let one = told("job-19", "job-7");
    assert_eq!(
        one,
        "[orchestratord] admission: Accepted\n    | corr#1  job#1\n\
         [orchestratord] poll: Looking\n    | corr#1  job#2\n\
         [orchestratord] poll: Looking again\n    | corr#1  job#1\n"
    );
    assert_eq!(told("a", "b"), one, "other values, the same story");
    assert_ne!(told("a", "a"), one);
}

#[test]
fn values_are_replaced_in_texts_as_the_values_of_their_fields() {
    let human = "Pool 'default' ready after 12 ms; 12 slots, job-12 and not job-123, from v12";
    let rest = r#""correlation_id":"req-1","job_id":"job-12","duration_ms":12,"pool_id":"default","slots":12"#;
    let told = text(&[line(1, "pool-managerd", "ready", human, rest)]);
    assert_eq!(
        told,
        "[pool-managerd] ready: Pool 'pool#1' ready after <ms> ms; 12 slots, job#1 and not job-123, from v12\n    \
         | corr#1  job#1  duration_ms=<ms>  pool#1  slots=12\n"
    );
}

#[test]
fn the_ids_of_causes_and_clients_are_correlation_ids_and_targets_are_fields() {
    let told = text(&[
        r#"{"timestamp":"2026-11-21T18:34:05Z","level":"warn","actor":"orchestratord","action":"admission","target":"s-1","human":"x","correlation_id":"a","session_id":"s-1","caused_by":"b","client_correlation_id":"a"}"#.to_owned(),
    ]);
    assert_eq!(
        told,
        "[orchestratord] admission: x\n    | level=warn  target=session#1  corr#1  session#1  \
         caused_by=corr#2  client_correlation_id=corr#1\n"
    );
}

#[test]
fn a_number_that_happens_to_equal_a_time_stays() {
    let rest = r#""error":"exit status: 4","duration_ms":4,"slots":4"#;
    let told = text(&[line(1, "pool-managerd", "ready", "4 slots after 4ms", rest)]);
    assert_eq!(
        told,
        "[pool-managerd] ready: 4 slots after <ms>ms\n    \
         | error=exit status: 4  duration_ms=<ms>  slots=4\n"
    );
}

#[test]
fn folders_and_moments_become_names() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("logs/a.log");
    let human = format!("Reading {}, /srv/app/x and /srv/app-2", file.display());
    let rest = r#""note":"since 2026-11-21","seen":"2026-11-21T18:34:05Z""#;
    let lines = [line(1, "orchestratord", "poll", &human, rest)];
    let told = Story::from_lines(lines).snapshot().folder("/srv/app", "APP").to_string();
    assert_eq!(
        told,
        "[orchestratord] poll: Reading tmp#1/logs/a.log, APP/x and /srv/app-2\n    \
         | note=since 2026-11-21  seen=<time>\n"
    );
}

#[test]
fn a_test_says_what_stays_what_is_an_id_and_what_is_left_out() {
    let lines = [
        line(1, "pool-managerd", "ready", "On port 4711", r#""pool_id":"default","port":4711"#),
        line(2, "pool-managerd", "spawn", "Spawning", ""),
    ];
    let snapshot = Story::from_lines(lines).snapshot();
    let told = snapshot.keep(["pool_id"]).ids(["port"]).without("pool-managerd", "spawn");
    assert_eq!(
        told.to_string(),
        "[pool-managerd] ready: On port port#1\n    | pool_id=default  port#1\n"
    );
}
