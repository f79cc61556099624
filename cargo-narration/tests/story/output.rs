//! The other formats, and what is common to all of them.

use crate::place::{ADMISSION, Place, SPAWN};

#[test]
fn a_page_holds_everything_and_runs_nothing_of_a_log() {
    let place = Place::of_the_memo();
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    place
        .log("evil.log", &[&ADMISSION.replace("Accepted", evil).replace("05.123456", "06.123456")]);
    let page = place.run(&["story", "req-xyz", ".", "--format", "html"]).out;
    assert!(page.starts_with("<!DOCTYPE html>"), "{}", &page[..80]);
    assert_eq!(page.matches("</script>").count(), 2);
    assert_eq!(page.matches("<script").count(), 2);
    assert!(!page.contains("<img"));
    assert!(page.contains("script-src 'sha256-"));
    // Nothing is fetched from anywhere.
    assert!(!page.contains("http://") && !page.contains("https://"));
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["steps"].as_array().unwrap().len(), 4);
    assert!(data["steps"][3]["h"].as_str().unwrap().starts_with(evil));
}

#[test]
fn a_text_is_broken_to_the_width_that_is_asked_for_and_says_the_same() {
    let place = Place::of_the_memo();
    let end = SPAWN.replace("05.223456", "08.5").replace("spawn\"", "ready\"");
    place.log("pool-managerd.log.1", &[&end]);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for width in [48, 60, 80, 120] {
        let said = place.run(&["story", "req-xyz", ".", "--width", &width.to_string()]);
        let steps = said.out.split("\n\n").nth(1).unwrap();
        assert!(words(steps).contains("Accepted request; queued at position 3 (ETA 420 ms)"));
        assert!(
            words(&said.out)
                .contains("slowest hop engine-provisioner cmake-build → pool-managerd ready")
        );
        let times = said.out.split("where the time went").nth(1).unwrap();
        for line in steps.lines().chain(times.lines()).filter(|line| !line.contains('⚠')) {
            // A name beside the times may need more than half a line.
            assert!(line.chars().count() <= width.max(58), "{width}: {line:?}\n{}", said.out);
        }
        assert!(times.lines().all(|line| line.chars().count() <= width), "{width}:{times}");
    }
    assert!(place.run(&["story", "req-xyz", ".", "--width", "3"]).code == Some(2));
}

#[test]
fn a_diagram_has_an_arrow_for_every_hop() {
    let place = Place::of_the_memo();
    place.log(
        "odd.log",
        &[&SPAWN.replace("Spawning engine", "a; b # c").replace("05.223456", "07.0")],
    );
    let said = place.run(&["story", "req-xyz", ".", "--format", "mermaid"]);
    assert!(said.out.starts_with("sequenceDiagram\n    participant s0 as orchestratord\n"));
    said.has("s0->>s1: spawn: Spawning engine llamacpp-v1").has("a#59; b #35; c");
}

#[test]
fn a_report_in_markdown_has_no_markup_of_a_log() {
    let place = Place::new();
    place.log("a.log", &[&ADMISSION.replace("Accepted", "| <b> **x** [l](javascript:1)")]);
    let said = place.run(&["story", "req-xyz", ".", "--format", "markdown"]);
    said.has("# req-xyz").has(r"\| &lt;b&gt; \*\*x\*\* \[l\](javascript:1)");
}

#[test]
fn clocks_are_corrected_when_asked_and_it_is_said_by_how_much() {
    let place = Place::new();
    let line = |at: &str, actor: &str, action: &str, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"{actor}","action":"{action}","human":"x","correlation_id":"r",{more}}}"#
        )
    };
    place.log(
        "a.log",
        &[
            &line("05.100000", "orchestratord", "request", r#""span_id":"aaaaaaaaaaaaaaaa""#),
            &line(
                "05.300000",
                "orchestratord",
                "request",
                r#""span_id":"aaaaaaaaaaaaaaaa","outcome":"ok","duration_ms":200"#,
            ),
        ],
    );
    place.log("b.log", &[
        &line("05.093000", "pool-managerd", "spawn", r#""span_id":"bbbbbbbbbbbbbbbb","parent_span_id":"aaaaaaaaaaaaaaaa""#),
        &line("05.193000", "pool-managerd", "spawned", r#""span_id":"bbbbbbbbbbbbbbbb","parent_span_id":"aaaaaaaaaaaaaaaa","outcome":"ok","duration_ms":100"#),
    ]);
    let said = place.run(&["story", "r", "."]);
    said.has("⚠ clock: 7 ms before its cause, orchestratord request");
    let first = |said: &crate::place::Said| {
        said.out.lines().find(|line| line.starts_with("18:34")).unwrap().to_owned()
    };
    assert!(first(&said).contains("pool-managerd"));
    let said = place.run(&["story", "r", ".", "--align"]);
    said.has("clock of pool-managerd corrected by +7 ms");
    assert!(first(&said).contains("orchestratord"));
    assert!(!said.out.contains('⚠'));
}

#[test]
fn of_much_that_is_open_the_first_is_told_and_the_rest_counted() {
    let place = Place::new();
    // One beside the other: all of them in the span of the same parent.
    let line = |second: usize, action: &str, outcome: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{second:02}Z","level":"info","actor":"till","action":"{action}","human":"Doing","correlation_id":"req-xyz","span_id":"{action}","parent_span_id":"above","outcome":"{outcome}"}}"#
        )
    };
    let begun = (2..22).map(|at| line(at, &format!("charge-{at:02}"), "started"));
    let lines: Vec<String> =
        [line(0, "open", "started"), line(1, "open", "ok")].into_iter().chain(begun).collect();
    place.bytes("till.log", lines.join("\n").as_bytes());
    for format in ["text", "markdown", "html", "mermaid"] {
        let said = place.run(&["story", "req-xyz", "till.log", "--format", format]);
        said.has("stuck in charge-13").has("and 8 more that are open");
        assert!(!said.out.contains("stuck in charge-14"), "{said:?}");
    }
    let story = place.json(&["story", "req-xyz", "till.log"]);
    assert_eq!(story["open"].as_array().map(Vec::len), Some(20));
    // One inside of the other: all that is around the innermost.
    let nested = lines.join("\n").replace(r#","parent_span_id":"above""#, "");
    place.bytes("till.log", nested.as_bytes());
    let said = place.run(&["story", "req-xyz", "till.log"]);
    said.has("stuck in charge-21").has("till charge-09 (12 s) and 7 more");
}

#[test]
fn what_went_wrong_on_the_way_to_an_unknown_ending_is_counted() {
    let place = Place::new();
    let line = |second: u32, level: &str| {
        format!(
            r#"{{"time":"2026-11-21T18:34:{second:02}Z","level":"{level}","msg":"Trying","request_id":"r-1"}}"#
        )
    };
    place.log("till.log", &[&line(1, "error"), &line(2, "error"), &line(3, "info")]);
    place.run(&["story", "r-1", "till.log"]).has("unknown ending, 2 errors");
    place
        .run(&["story", "r-1", "till.log", "--format", "markdown"])
        .has("unknown ending, 2 errors");
    let stories = place.run(&["stories", "till.log", "--format", "json"]).out;
    assert!(stories.contains("\"errors\": 2"), "{stories}");
}
