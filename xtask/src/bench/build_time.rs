//! What calls cost the compiler.
//!
//! In: two generated crates that tell the same thousand events. Out: the
//! processor time of `cargo check` for that crate alone, and the size of its library.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::place::{self, Place};
use super::table::{Bar, Row, Table};
use crate::failure::{Failure, Telling};
use crate::program;

/// Fns, and calls in each.
const FNS: usize = 100;
const CALLS: usize = 10;

/// Each crate is checked so often; the least counts.
const RUNS: usize = 5;

const VOCABULARY: &str = r#"[narration]
version = 1
name = "sites"

[fields]
pool_id = { type = "string", class = "id" }
engine = { type = "string", class = "public" }
queue_position = { type = "u64" }
jobs = { type = "u64" }

[actors.sites.actions.step]
fields = ["pool_id", "engine", "queue_position", "jobs"]
"#;

/// Measures both crates, turn by turn.
pub(super) fn measure(place: &Place<'_>) -> Result<Table, Failure> {
    let title = format!("{} calls of 4 fields and a text, `cargo check`", FNS * CALLS);
    let runtime = place.workspace.root.join("narration-runtime");
    let ours = Sites::generate(
        place,
        "sites-narrate",
        &format!("narration-runtime = {{ path = {runtime:?} }}"),
        |number| {
            format!(
                "narration_runtime::narrate!(\"step\", \"Step {number} is done\", pool_id, engine, queue_position, jobs);"
            )
        },
    )?;
    let peer = Sites::generate(place, "sites-tracing", "tracing = \"0.1\"", |number| {
        format!("tracing::info!(pool_id, engine, queue_position, jobs, \"Step {number} is done\");")
    })?;
    if processor_time().is_none() {
        return Ok(Table::skipped(
            title,
            "the time of child processes is only read where there is /proc/self/stat",
        ));
    }
    let (mut least, mut peers) = (f64::MAX, f64::MAX);
    for _ in 0..RUNS {
        least = least.min(ours.check(place)?);
        peers = peers.min(peer.check(place)?);
    }
    let sizes = [ours.library(place)?, peer.library(place)?].map(|bytes| bytes / 1024);
    let rows = vec![Row {
        what: "user time, least of five".to_owned(),
        ours: least,
        peer: peers,
        bar: Bar::AtMost(0.6),
    }];
    let note = format!("Debug `.rlib`: {} KiB, peer {} KiB.", sizes[0], sizes[1]);
    Ok(Table::new(title, "s", rows).with_note(note))
}

/// A generated crate, outside the workspace so that nothing else is built with it.
struct Sites {
    name: &'static str,
    folder: PathBuf,
}

impl Sites {
    fn generate(
        place: &Place<'_>,
        name: &'static str,
        dependency: &str,
        call: impl Fn(usize) -> String,
    ) -> Result<Self, Failure> {
        let folder = place.target.join("bench").join(name);
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [package.metadata.narration]\nactor = \"sites\"\n\n[dependencies]\n{dependency}\n"
        );
        place::write(&folder.join("Cargo.toml"), &manifest)?;
        place::write(&folder.join("narration.toml"), VOCABULARY)?;
        place::write(&folder.join("src/lib.rs"), &source(call))?;
        // The workspace's versions, where it has settled them.
        if let Ok(lock) = fs::read_to_string(place.workspace.root.join("Cargo.lock")) {
            place::write(&folder.join("Cargo.lock"), &lock)?;
        }
        let sites = Self { name, folder };
        program::output(&mut sites.cargo(place, "check"))?;
        Ok(sites)
    }

    /// Seconds of the user's processor time to check this crate and nothing else.
    fn check(&self, place: &Place<'_>) -> Result<f64, Failure> {
        let source = self.folder.join("src/lib.rs");
        let touched = fs::read(&source).and_then(|text| fs::write(&source, text));
        touched.told(|| format!("cannot touch {}", source.display()))?;
        let before = processor_time().unwrap_or_default();
        program::output(&mut self.cargo(place, "check"))?;
        Ok(processor_time().unwrap_or_default() - before)
    }

    /// The bytes of its debug library.
    fn library(&self, place: &Place<'_>) -> Result<u64, Failure> {
        program::output(&mut self.cargo(place, "build"))?;
        let name = format!("lib{}.rlib", self.name.replace('-', "_"));
        let path = place.target.join("bench/sites/debug").join(name);
        fs::metadata(&path)
            .map(|file| file.len())
            .told(|| format!("cannot find {}", path.display()))
    }

    fn cargo(&self, place: &Place<'_>, verb: &str) -> Command {
        let mut command = place.cargo(verb);
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", place.target.join("bench/sites"));
        command
    }
}

fn source(call: impl Fn(usize) -> String) -> String {
    let mut text = String::from("//! Generated to be measured.\n");
    for function in 0..FNS {
        text.push_str(&format!("\npub fn work_{function}(pool_id: &str, engine: &str, queue_position: u64, jobs: u64) {{\n"));
        for number in 0..CALLS {
            text.push_str(&format!("    {}\n", call(function * CALLS + number)));
        }
        text.push_str("}\n");
    }
    text
}

/// The user's processor time of all children so far, in seconds, where the system tells it.
fn processor_time() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    children_time(&stat)
}

/// Field 16 of the line, in ticks of which Linux has a hundred a second for every reader.
fn children_time(stat: &str) -> Option<f64> {
    // The second field is a name in parentheses and may hold blanks.
    let (_, fields) = stat.rsplit_once(") ")?;
    fields.split(' ').nth(13)?.parse::<f64>().ok().map(|ticks| ticks / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_childrens_time_is_found_behind_a_name_with_blanks() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 10 20 0 0 11 12 250 14 20 0 1 0";
        assert_eq!(children_time(stat), Some(2.5));
    }

    #[test]
    fn every_call_stands_in_the_source_once() {
        let text = source(|number| format!("call_{number:04};"));
        assert_eq!(text.matches("call_").count(), FNS * CALLS);
        assert!(text.contains("call_0000;") && text.contains("call_0999;"));
    }
}
