//! A measurement for a pull request or a wiki.
//!
//! In: [`Coverage`]. Out: Markdown. Every name in it comes from a vocabulary or
//! a path of the sources, in backquotes.

use std::fmt::Write as _;

use super::figures::{Coverage, Kind};

/// The report.
pub(crate) fn markdown(coverage: &Coverage) -> String {
    let mut out =
        String::from("# Narration coverage\n\n| what | covered | of | % |\n|---|---:|---:|---:|\n");
    for kind in Kind::ALL {
        let figure = coverage.figure(kind);
        let (meaning, percent) = (kind.meaning(), figure.percent());
        let _ = writeln!(out, "| {meaning} | {} | {} | {percent} |", figure.covered, figure.total);
    }
    for actor in &coverage.actors {
        let figure = actor.exercised;
        let _ = write!(
            out,
            "\n## `{}`: {} of {}\n\n| action | call sites | exercised | asserted | fields never given |\n|---|---:|---|---|---|\n",
            actor.name, figure.covered, figure.total
        );
        for action in &actor.actions {
            let never: Vec<String> =
                action.fields_missing.iter().map(|field| format!("`{field}`")).collect();
            let never = if action.exercised { never.join(", ") } else { String::new() };
            let (exercised, asserted) = (tick(action.exercised), tick(action.asserted));
            let _ = writeln!(
                out,
                "| `{}` | {} | {exercised} | {asserted} | {never} |",
                action.name, action.call_sites
            );
        }
    }
    if !coverage.missing.is_empty() {
        out.push_str("\n## Not covered\n\n");
    }
    for missing in &coverage.missing {
        let _ = writeln!(out, "- `{}` {}: {}", missing.place, missing.why, missing.id);
    }
    out
}

fn tick(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
