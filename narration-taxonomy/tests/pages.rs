//! The book's pages on a vocabulary's faults: every refusal has one, and what
//! it shows is what happens.

#![cfg(feature = "parse")]

use std::fs;
use std::path::{Path, PathBuf};

use narration_taxonomy::{Rule, parse, rules};

/// Faults that take more than one file, or too much text, to show.
const NOT_IN_ONE_TEXT: [&str; 7] = ["N0101", "N0102", "N0112", "N0113", "N0114", "N0141", "N0142"];

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors")
}

/// A missing page is an empty one: it has no title either.
fn page(rule: &Rule) -> String {
    fs::read_to_string(pages().join(format!("{}.md", rule.code))).unwrap_or_default()
}

/// The blocks of the given language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn every_rule_has_a_page_under_its_title() {
    for rule in rules::ALL {
        let title = format!("# {}: {}\n", rule.code, rule.title);
        assert!(page(rule).starts_with(&title), "{} is not titled {title}", rule.code);
        assert!(page(rule).contains("## The way out"), "{}", rule.code);
    }
}

#[test]
fn there_is_no_page_without_its_rule() {
    for entry in fs::read_dir(pages()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(code) = name.strip_suffix(".md").filter(|code| code.starts_with("N01")) {
            assert!(rules::ALL.iter().any(|rule| rule.code == code), "{name}");
        }
    }
}

#[test]
fn what_a_page_refuses_is_refused_in_its_words_and_what_it_accepts_is_not() {
    for rule in rules::ALL.iter().filter(|rule| !NOT_IN_ONE_TEXT.contains(&rule.code)) {
        let page = page(rule);
        let [refused, accepted] = blocks(&page, "toml")[..] else {
            panic!("{} shows one text that is refused and one that is not", rule.code);
        };
        let problems = parse(refused).1;
        let told: Vec<_> = problems.iter().filter(|problem| problem.rule == *rule).collect();
        let [problem] = told[..] else { panic!("{}: {problems:#?}", rule.code) };
        assert!(
            problems.iter().all(|other| other == problem || !other.is_error()),
            "{problems:#?}"
        );
        let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let place = problem.place;
        let words =
            format!("narration.toml:{}:{}: {}{help}\n", place.line, place.column, problem.message);
        assert_eq!(blocks(&page, "text"), [words], "{}", rule.code);
        assert_eq!(parse(accepted).1, [], "{}", rule.code);
    }
}
