//! The pages on the reader's findings: what they show is what happens.

use std::fs;
use std::path::Path;

use crate::support::Crate;

/// The blocks of the given language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// What a page says is found, and the words it is told in.
fn found(code: &str) -> (String, String) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/errors/{code}.md"));
    let page = fs::read_to_string(page).unwrap();
    let shown = page.split("## Found").nth(1).unwrap().split("## The way out").next().unwrap();
    (shown.to_owned(), blocks(shown, "text")[0].trim_end().to_owned())
}

#[test]
fn what_a_page_shows_is_found_in_its_words() {
    for code in ["N0201", "N0202", "N0203", "N0204", "N0205", "N0206"] {
        let (shown, message) = found(code);
        let block = |language| blocks(&shown, language).first().copied();
        let vocabulary = block("toml").unwrap_or(crate::support::VOCABULARY);
        let here = Crate::new(vocabulary, block("rust").unwrap_or(""));
        here.append("Cargo.toml", block("toml manifest").unwrap_or(""));
        let run = here.run(&["check", "--format", "json"]);
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let told: Vec<_> = findings.iter().filter(|finding| finding["code"] == code).collect();
        assert!(told.iter().any(|finding| finding["message"] == message), "{code}: {findings:#?}");
    }
}

#[test]
fn what_a_page_shows_of_logs_is_found_in_its_words() {
    for code in ["N0211", "N0212"] {
        let (shown, message) = found(code);
        let vocabulary = crate::support::VOCABULARY;
        let here = Crate::new(vocabulary, "");
        here.write("a.log", blocks(&shown, "text log")[0]);
        let run = here.run(&["live-check", "a.log", "--format", "json"]);
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let is_told =
            |finding: &serde_json::Value| finding["code"] == code && finding["message"] == message;
        assert!(findings.iter().any(is_told), "{code}: {findings:#?}");
    }
}
