//! The checks of a workspace: vocabularies, calls, leftovers, what is never used.
//!
//! In: packages. Out: findings, and what was looked at. The rules for calls are
//! the compiler's own; nothing here repeats them.

mod calls;
mod exceptions;
pub(crate) mod leftovers;
mod misspelt;
mod report;
mod survey;
mod unused;

pub(crate) use report::{Exposed, Outcome, Scope};
pub(crate) use survey::{Site, Survey, survey};

use narration_taxonomy::Severity;

use crate::fault::Fault;
use crate::findings::Finding;
use crate::sources::{Package, Workspace};

/// Checks the packages that are meant. The others are read too: what they
/// narrate is narrated.
pub(crate) fn check(workspace: &Workspace, meant: &[&Package]) -> Result<Outcome, Fault> {
    let surveys: Vec<Survey> = workspace
        .packages
        .iter()
        .map(|package| survey(package, workspace))
        .collect::<Result<_, _>>()?;
    let is_meant = |survey: &&Survey| meant.iter().any(|package| package.name == survey.package);
    let mut findings: Vec<Finding> = Vec::new();
    for survey in surveys.iter().filter(is_meant) {
        // A package without a vocabulary and without a narration is at peace.
        if survey.known.vocabulary.loaded().source.is_some() || survey.calls > 0 {
            findings.extend(survey.known.findings());
        }
        findings.extend(survey.findings.iter().cloned());
        findings.extend(exceptions::faults(survey));
    }
    findings.extend(unused::findings(workspace, &surveys, is_meant));
    Ok(report::outcome(surveys.iter().filter(is_meant), sorted(findings)))
}

/// By place, each once: packages share files and vocabularies.
fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    let key = |finding: &Finding| {
        let place = finding.spot.as_ref();
        let place = place.map(|spot| (spot.text.shown.clone(), spot.range.start, spot.range.end));
        (place, finding.rule.code, finding.message.clone())
    };
    findings.sort_by_cached_key(|finding| {
        // A vocabulary at fault explains the rest.
        let is_vocabulary = finding.rule.code.starts_with("N01");
        (!is_vocabulary || finding.severity != Severity::Error, key(finding))
    });
    findings.dedup_by_key(|finding| key(finding));
    findings
}
