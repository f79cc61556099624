//! The README's path, walked to the letter: what it writes is written, what it
//! runs is run, and what it shows is what came out.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "readme/blocks.rs"]
mod blocks;
#[path = "readme/shell.rs"]
mod shell;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use blocks::{Block, blocks, section, table};
use shell::Shell;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

#[test]
fn the_path_from_an_empty_crate_to_a_first_record() {
    let readme = readme();
    let mut shell = Shell::beside_a_clone(&root(), "pool-managerd");
    let mut shown = 0;
    for block in blocks(section(&readme, "From an empty crate to a first record")) {
        match block {
            Block::Run(lines) => lines.lines().for_each(|line| shell.run(line)),
            Block::Write(file, text) => shell.write(file, text),
            Block::Append(file, text) => shell.append(file, text),
            Block::Shown(text) => {
                assert_eq!(shell.told(), blocks::timeless(text));
                shown += 1;
            }
        }
    }
    assert_eq!(shown, 5, "a compile error and a line of each format");
}

#[test]
fn every_class_becomes_what_the_table_says() {
    let readme = readme();
    let rows: Vec<_> = table(section(&readme, "What a value becomes")).collect();
    assert_eq!(rows.len(), narration_taxonomy::Class::ALL.len());
    let mut shell = Shell::beside_a_clone(&root(), "classes");
    shell.run("cargo new classes");
    shell.run("cd classes");
    shell.run("cargo add narration-runtime --path ../narration/narration-runtime");
    let (mut fields, mut names, mut values) = (String::new(), String::new(), String::new());
    for row in &rows {
        let [class, _, value, _] = row[..] else { panic!("{row:?}") };
        writeln!(fields, "of_{class} = {{ type = \"string\", class = \"{class}\" }}").unwrap();
        write!(names, "\"of_{class}\", ").unwrap();
        write!(values, ", of_{class} = String::from({value:?})").unwrap();
    }
    let action = format!("[actors.shop.actions.show]\nfields = [{names}]");
    let vocabulary = format!("[narration]\nversion = 1\n[fields]\n{fields}\n{action}\n");
    shell.write("narration.toml", &vocabulary);
    shell.write(
        "src/main.rs",
        &format!(
            "fn main() {{ let _narration = narration_runtime::init!(); narration_runtime::narrate!(actor = \"shop\", action = \"show\", human = \"Showing every class\"{values}); }}"
        ),
    );
    shell.run("NARRATION_FORMAT=json cargo run -q");
    let told = shell.told();
    for row in &rows {
        let [class, _, _, record] = row[..] else { panic!("{row:?}") };
        let (start, end) = record.split_once('…').unwrap_or((record, ""));
        let from = told.split_once(&format!("\"of_{class}\":\"")).unwrap().1;
        let found = from.split('"').next().unwrap();
        assert!(found.starts_with(start) && found.ends_with(end), "{class}: {found}, not {record}");
        assert!(record.contains('…') || found == record, "{class}: {found}, not {record}");
    }
}
