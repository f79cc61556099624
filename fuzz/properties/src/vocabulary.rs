//! A `narration.toml`: every problem has a place, and what has none is sound.
//!
//! In: the text of a vocabulary. Out: problems that can be pointed at; without
//! any, a vocabulary whose every text and outcome leads somewhere.

use narration_taxonomy::{Action, Actor, Place, Taxonomy, parse, template};

pub(crate) const WORDS: &[&str] = &[
    "[narration]\nversion = 1\n",
    "[fields]\n",
    "[actors.a.actions.b]\n",
    "[redaction]\n",
    "type = \"u64\"",
    "type = \"enum\"",
    "values = [\"CPU\"]",
    "class = \"secret\"",
    "fields = [\"x?\"]",
    "human = \"Told {x}\"",
    "ok = \"b\"",
    "failed = \"b\"",
    "sample = \"1/100\"",
    "limit = \"50/s\"",
    "deprecated = { use = \"y\" }",
    "extends = [\"base.toml\"]",
    "pii = [\"email\"]",
    "x = { type = \"string\" }\n",
    "\n",
    "\"",
    "=",
];

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (taxonomy, problems) = parse(text);
    let lines: Vec<&str> = text.split('\n').collect();
    for problem in &problems {
        assert!(!problem.message.is_empty());
        assert!(is_in(&lines, problem.place), "{problem:?}");
        for (place, _) in &problem.related {
            assert!(is_in(&lines, *place), "{problem:?}");
        }
    }
    if problems.iter().all(|problem| !problem.is_error()) && !text.contains("extends") {
        for actor in &taxonomy.actors {
            actor.actions.iter().for_each(|action| sound(&taxonomy, actor, action));
        }
    }
}

/// Lines and columns count from 1; a place may be behind the last word of a line.
fn is_in(lines: &[&str], place: Place) -> bool {
    // What is built in stands in no file.
    place.line == 0
        || lines.get(place.line - 1).is_some_and(|line| {
            (1..=line.chars().count() + 1).contains(&place.column) && place.file == 0
        })
}

/// What a macro may rely on without asking.
fn sound(taxonomy: &Taxonomy, actor: &Actor, action: &Action) {
    for used in &action.fields {
        assert!(taxonomy.field(&used.name).is_some(), "{used:?} is declared nowhere");
    }
    for outcome in [&action.ok, &action.failed, &action.cancelled].into_iter().flatten() {
        assert!(actor.action(&outcome.value).is_some(), "{outcome:?} leads nowhere");
    }
    if let Some(human) = &action.human {
        let (text, faults) = template::parse(&human.value);
        assert!(faults.is_empty(), "{faults:?}");
        for (name, _) in text.placeholders() {
            assert!(taxonomy.field(name).is_some(), "{name} is declared nowhere");
        }
    }
}
