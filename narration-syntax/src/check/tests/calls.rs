//! Faults of `narrate!`: their codes and what they underline.

use crate::pipeline::narrate;
use crate::testing::{crate_of_pool_managerd, tokens, underlined, vocabulary};

/// The faults of a call in the crate of `pool-managerd`.
fn faults(call: &str) -> Vec<(&'static str, String)> {
    narrate(tokens(call), &crate_of_pool_managerd())
        .map_or_else(|refused| underlined(&refused.errors), |_| Vec::new())
}

/// Asserts that a call has exactly this one fault.
#[track_caller]
fn refused(call: &str, code: &str, words: &str) {
    assert_eq!(faults(call), [(code, words.to_owned())], "{call}");
}

#[track_caller]
fn accepted(call: &str) {
    assert_eq!(faults(call), [], "{call}");
}

#[test]
fn actors() {
    refused(
        r#"actor = "pool-managed", action = "spawn", human = "x {pool_id}""#,
        "N0001",
        r#""pool-managed""#,
    );
    let without = narrate(tokens(r#""idle", "Nothing to do""#), &vocabulary()).unwrap_err();
    assert_eq!(underlined(&without.errors), [("N0015", r#""idle""#.to_owned())]);
    // The attribute that handed it down reports it.
    let handed_down =
        narrate(tokens(r#"@actor("nobody") "idle", "Nothing to do""#), &vocabulary()).unwrap_err();
    assert_eq!(underlined(&handed_down.errors), []);
    let handed_down =
        narrate(tokens(r#"@actor("pool-managerd") "idle", "Nothing to do""#), &vocabulary());
    assert_eq!(handed_down.unwrap().narration.site.actor, "pool-managerd");
}

#[test]
fn actions() {
    refused(r#""spwan", "Spawning on {pool_id}""#, "N0002", r#""spwan""#);
    refused(r#""admission", "Admitted""#, "N0003", r#""admission""#);
    accepted(r#"actor = "orchestratord", action = "admission""#);
}

#[test]
fn fields() {
    refused(r#""idle", "Idle", pol_id"#, "N0004", "pol_id");
    refused(r#""idle", "Idle in {pol_id}""#, "N0004", r#""Idle in {pol_id}""#);
    refused(r#""idle", "Idle", jobs = 3"#, "N0005", "jobs");
    refused(r#""idle", "Idle for {jobs} jobs""#, "N0005", r#""Idle for {jobs} jobs""#);
    accepted(r#""idle", "Idle", session_id = x, duration_ms = 3"#);
}

#[test]
fn required_fields_come_by_name_by_text_and_by_target() {
    refused(r#""spawn", "Spawning""#, "N0006", r#""spawn""#);
    accepted(r#""spawn", "Spawning", pool_id"#);
    accepted(r#""spawn", "Spawning on {pool_id}""#);
    accepted(r#""spawn", "Spawning", target = pool_id"#);
    refused(r#""spawn", "Spawning", target = pool.id()"#, "N0006", r#""spawn""#);
}

#[test]
fn a_required_field_that_is_only_misnamed_is_told_once() {
    refused(r#""spawn", "Spawning", pol_id"#, "N0004", "pol_id");
    refused(r#""spawn", "Spawning on {pol_id}""#, "N0004", r#""Spawning on {pol_id}""#);
    refused(r#""spawn", "Spawning on {pool_id.0}""#, "N0017", r#""Spawning on {pool_id.0}""#);
    assert_eq!(faults(r#""spawn", "Spawning", zzz"#).len(), 2);
}

#[test]
fn the_vocabularys_own_text_captures_nothing_unseen() {
    refused(r#""drain", jobs"#, "N0006", r#""drain""#);
    accepted(r#""drain", jobs, pool_id"#);
    refused(r#""refill""#, "N0006", r#""refill""#);
    accepted(r#""refill", engine"#);
}

#[test]
fn literals_fit_their_types() {
    let spawn = |field: &str| format!(r#""spawn", "Spawning", pool_id, {field}"#);
    for (field, wrong) in [
        (r#"jobs = "3""#, r#""3""#),
        ("jobs = 3.5", "3.5"),
        ("jobs = -3", "-3"),
        ("jobs = true", "true"),
        ("jobs = 18446744073709551616", "18446744073709551616"),
        ("delta = 2.0", "2.0"),
        ("delta = 9223372036854775808", "9223372036854775808"),
        ("ratio = \"half\"", "\"half\""),
        ("warm = 1", "1"),
        ("engine = 3", "3"),
        ("device = 2", "2"),
        ("jobs = %count", "count"),
        ("warm = ?state.warm()", "state.warm()"),
        ("target = jobs, jobs = \"3\"", "\"3\""),
    ] {
        refused(&spawn(field), "N0007", wrong);
    }
    for field in [
        "jobs = 3",
        "jobs = 3u64",
        "jobs = 18446744073709551615",
        "delta = -9223372036854775808",
        "ratio = 3",
        "ratio = -0.5",
        "warm = true",
        "engine = %e",
        "note = ?err",
        "device = %d",
        "jobs = (3)",
        "eta = d.elapsed()",
        "jobs = -x",
        "engine = 'a'",
    ] {
        accepted(&spawn(field));
    }
}

#[test]
fn a_target_is_no_way_around_the_whitelist_for_secrets() {
    refused(r#""idle", "Idle", target = hf_token"#, "N0005", "hf_token");
    accepted(r#""idle", "Idle", target = engine"#);
    refused(r#""idle", "Idle", target = """#, "N0026", r#""""#);
}

#[test]
fn enum_literals_are_among_the_values() {
    refused(r#""spawn", "On {pool_id}", device = "GPU2""#, "N0021", "\"GPU2\"");
    accepted(r#""spawn", "On {pool_id}", device = "GPU1""#);
}

#[test]
fn no_secret_and_no_content_in_a_text() {
    for field in ["hf_token", "prompt", "api_key"] {
        let text = format!(r#""On {{pool_id}}: {{{field}}}""#);
        refused(&format!(r#""spawn", {text}"#), "N0008", &text);
        accepted(&format!(r#""spawn", "On {{pool_id}}", {field}"#));
    }
    accepted(r#""spawn", "On {pool_id}: {shown_token}""#);
    accepted(r#""refill", "Refilling with {hf_token}""#);
    refused(
        r#""spawn", "On {pool_id} password={note}""#,
        "N0008",
        r#""On {pool_id} password={note}""#,
    );
    // A declared class is believed rather than the words before it.
    accepted(r#""spawn", "On {pool_id} password={engine}""#);
}

#[test]
fn no_secret_in_the_source() {
    let secret = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    let text = format!("\"On {{pool_id}} with {secret}\"");
    refused(&format!(r#""spawn", {text}"#), "N0009", &text);
    let value = format!("\"{secret}\"");
    refused(&format!(r#""spawn", "On {{pool_id}}", note = {value}"#), "N0009", &value);
    refused(&format!(r#""spawn", "On pool", pool_id, target = {value}"#), "N0009", &value);
}

#[test]
fn texts() {
    refused(r#""spawn", "On {pool_id} {}""#, "N0010", r#""On {pool_id} {}""#);
    refused(r#""spawn", "On {pool_id} {0}""#, "N0010", r#""On {pool_id} {0}""#);
    refused(r#""spawn", "On {pool_id} {""#, "N0017", r#""On {pool_id} {""#);
    refused(r#""spawn", "On {pool_id} {a.b}""#, "N0017", r#""On {pool_id} {a.b}""#);
    let long = format!("\"On {{pool_id}} {}\"", "a".repeat(97));
    refused(&format!(r#""spawn", {long}"#), "N0012", &long);
    accepted(&format!(r#""spawn", "On {{pool_id}} {}""#, "a".repeat(96)));
    refused(r#""spawn", "{pool_id}""#, "N0022", r#""{pool_id}""#);
    refused(r#""idle", "42""#, "N0022", r#""42""#);
    refused(r#""idle", " ""#, "N0026", r#"" ""#);
    refused(r#""idle", "two\nlines""#, "N0026", r#""two\nlines""#);
    refused(r#""idle", "\u{1b}[31mred""#, "N0026", r#""\u{1b}[31mred""#);
    refused(r#""idle""#, "N0016", r#""idle""#);
}

#[test]
fn nothing_is_given_twice() {
    refused(
        r#""idle", "Idle", note, note = %x"#.replace("note", "job_id").as_str(),
        "N0011",
        "job_id",
    );
    refused(r#""idle", "Idle", action = "stop""#, "N0011", "action");
    refused(r#""idle", "Idle", level = "info", level = "warn""#, "N0011", "level");
}

#[test]
fn levels() {
    refused(r#""idle", "Idle", level = "wran""#, "N0019", "\"wran\"");
    refused(r#""spawn-failed", "No engine on {pool_id}", level = "info""#, "N0020", "\"info\"");
    accepted(r#""spawn-failed", "No engine on {pool_id}", level = "error""#);
    accepted(r#""idle", "Idle", level = "trace""#);
}

#[test]
fn malformed_calls() {
    refused("", "N0018", "the call");
    refused("human = \"x\"", "N0018", "the call");
    refused(r#"acton = "idle", human = "x""#, "N0018", "acton");
    refused(r#"action = ACTION, human = "x""#, "N0018", "ACTION");
    refused(r#"action = "idle", human = format!("x {}", 1)"#, "N0018", "format!(\"x {}\", 1)");
    refused(r#""idle", "Idle", job_id.len()"#, "N0018", ".");
    refused(r#""idle", "Idle", "more""#, "N0018", "\"more\"");
    refused(r#""idle", "Idle", job_id = "#, "N0018", "job_id");
    refused(r#""idle", "Idle", target: "x""#, "N0018", ":");
    refused(r#""idle", "Idle" job_id"#, "N0018", "job_id");
    refused(r#""idle", "Idle", %self.x"#, "N0018", ".");
    refused(r#""idle", "Idle", job_id = a b"#, "N0018", "b");
    refused(r#""idle", "Idle", level"#, "N0018", "level");
}

#[test]
fn all_faults_of_a_call_are_told_together() {
    let call = r#""spwan", "On {pol_id} {}", level = "loud", jobz = 3, job_id, job_id"#;
    let codes: Vec<_> = faults(call).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["N0011", "N0002", "N0019", "N0004", "N0010", "N0004"]);
    let call = r#""idle" "Idle", a b, job_id = , target: "x""#;
    let codes: Vec<_> = faults(call).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["N0018"; 4]);
}

#[test]
fn a_refused_call_gives_its_values_back() {
    let call = r#""spwan", "x", target = queue.id(), pool_id, jobs = jobs.len(), note = ?err, other.value()"#;
    let refused = narrate(tokens(call), &vocabulary()).unwrap_err();
    let values: Vec<_> = refused.expressions.iter().map(ToString::to_string).collect();
    assert_eq!(values.len(), 5, "{values:?}");
    assert_eq!(values[1].replace(' ', ""), "jobs.len()");
    assert_eq!(values[3].replace(' ', ""), "queue.id()");
    assert_eq!(values[4].replace(' ', ""), "other.value()");
}
