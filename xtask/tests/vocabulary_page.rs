//! `docs/vocabulary.md` is held against the parser: its blocks are read, its
//! tables name every key and every built-in field.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use narration_taxonomy::{builtin_fields, parse};

fn page() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    std::fs::read_to_string(root.join("docs/vocabulary.md")).unwrap()
}

/// The blocks with this head.
fn blocks<'p>(page: &'p str, head: &str) -> Vec<&'p str> {
    let blocks = page.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    blocks.filter(|(found, _)| *found == head).map(|(_, text)| text).collect()
}

#[test]
fn the_blocks_are_one_vocabulary_without_a_problem() {
    let page = page();
    let (taxonomy, problems) = parse(&blocks(&page, "toml").concat());
    assert_eq!(problems, []);
    assert_eq!(taxonomy.actors[0].actions.len(), 7);
    assert_eq!(taxonomy.redaction.rules.len(), 2);
}

#[test]
fn the_blocks_of_other_files_are_sound() {
    let page = page();
    for text in blocks(&page, "toml file") {
        let (_, problems) = parse(text);
        assert_eq!(problems, []);
    }
    for text in blocks(&page, "toml manifest") {
        assert!(toml::de::DeTable::parse(text).is_ok(), "{text}");
    }
}

/// A key that no table has makes the parser list those it has.
#[test]
fn every_key_of_every_table_is_explained() {
    let page = page();
    let unknown = "qqqqqqqqqqqq = 1";
    for table in [
        "[narration]\nversion = 1\n",
        "[narration]\nversion = 1\n[fields.a]\ntype = \"string\"\n",
        "[narration]\nversion = 1\n[actors.a]\n",
        "[narration]\nversion = 1\n[actors.a.actions.b]\n",
        "[narration]\nversion = 1\n[actors.a.actions.b.deprecated]\n",
        "[narration]\nversion = 1\n[redaction]\n",
        "[narration]\nversion = 1\n[[redaction.rules]]\nname = \"a\"\nregex = \"b\"\n",
    ] {
        let (_, problems) = parse(&format!("{table}{unknown}"));
        let help = problems.iter().find(|problem| problem.rule.code == "N0104").unwrap();
        let known = help.help.as_ref().unwrap().split_once(" knows ").unwrap().1;
        for key in known.split(", ") {
            assert!(page.contains(&format!("\n| `{key}` |")), "{key} of {table}");
        }
    }
}

#[test]
fn every_built_in_field_stands_in_the_table_as_it_is() {
    let page = page();
    let row = |field: &narration_taxonomy::Field| {
        format!("| `{}` | `{}` | `{}` |", field.name, field.ty, field.class)
    };
    let rows: Vec<_> = builtin_fields().iter().map(row).collect();
    assert!(page.contains(&rows.join("\n")), "{}", rows.join("\n"));
}

#[test]
fn every_word_of_a_closed_set_is_explained() {
    let page = page();
    let words = [
        narration_taxonomy::Class::NAMES,
        narration_taxonomy::Level::NAMES,
        narration_taxonomy::Unit::NAMES,
        narration_taxonomy::PiiMode::NAMES,
        narration_taxonomy::Type::NAMES,
    ];
    for word in words.concat() {
        assert!(page.contains(&format!("`{word}`")), "{word}");
    }
}
