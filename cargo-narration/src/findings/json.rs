//! Findings as data.
//!
//! In: findings. Out: what `--format json` prints, version 1.

use narration_taxonomy::Severity;
use serde::Serialize;

use super::Finding;
use crate::sources::{Position, Spot};

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Findings<'f> {
    version: u32,
    errors: usize,
    warnings: usize,
    findings: Vec<Entry<'f>>,
}

#[derive(Serialize)]
struct Entry<'f> {
    code: &'static str,
    severity: &'static str,
    title: &'static str,
    message: &'f str,
    #[serde(flatten)]
    place: Option<Place<'f>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'f [String],
    help: &'f str,
    page: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Change<'f>>,
}

#[derive(Serialize)]
struct Place<'f> {
    file: &'f str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Related<'f> {
    #[serde(flatten)]
    place: Place<'f>,
    message: &'f str,
}

#[derive(Serialize)]
struct Change<'f> {
    #[serde(flatten)]
    place: Place<'f>,
    replacement: &'f str,
}

/// The findings as data.
pub(crate) fn json(findings: &[Finding]) -> Findings<'_> {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    Findings {
        version: 1,
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        findings: findings.iter().map(entry).collect(),
    }
}

fn entry(finding: &Finding) -> Entry<'_> {
    let related = finding.related.iter();
    Entry {
        code: finding.rule.code,
        severity: word(finding.severity),
        title: finding.rule.title,
        message: &finding.message,
        place: finding.spot.as_ref().map(place),
        notes: &finding.notes,
        help: &finding.help,
        page: finding.page(),
        related: related.map(|(spot, message)| Related { place: place(spot), message }).collect(),
        fix: finding
            .fix
            .as_ref()
            .map(|fix| Change { place: place(&fix.spot), replacement: &fix.replacement }),
    }
}

/// A severity as data has it, in JSON as in SARIF.
pub(super) const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn place(spot: &Spot) -> Place<'_> {
    Place { file: &spot.text.shown, start: spot.start(), end: spot.end() }
}
