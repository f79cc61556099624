//! Findings as the compiler would show them.
//!
//! In: findings. Out: one block each, with the source around it.

use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use narration_taxonomy::Severity;

use super::Finding;
use crate::sources::Spot;
use crate::terminal;

/// All findings, with colours. A way out is told where it is first needed.
pub(crate) fn text(findings: &[Finding]) -> String {
    let renderer = Renderer::styled().term_width(terminal::width());
    let mut told = BTreeSet::new();
    let mut show = |finding: &Finding| {
        let is_new = told.insert((finding.rule.code, finding.help.clone()));
        renderer.render(&groups(finding, is_new)) + "\n\n"
    };
    findings.iter().map(&mut show).collect()
}

/// How many there are, in one line.
pub(crate) fn summary(findings: &[Finding]) -> String {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counted = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts: Vec<_> =
        [counted(of(Severity::Error), "error"), counted(of(Severity::Warning), "warning")]
            .into_iter()
            .flatten()
            .collect();
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}

fn groups(finding: &Finding, helps: bool) -> Vec<Group<'_>> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(finding.message.as_str()).id(finding.rule.code).elements(
        finding
            .spot
            .iter()
            .map(|spot| snippet(spot, AnnotationKind::Primary, finding.rule.label, finding)),
    );
    for (spot, note) in &finding.related {
        let is_elsewhere = finding.spot.as_ref().is_none_or(|own| own.text.path != spot.text.path);
        if is_elsewhere {
            group = group.element(plain_snippet(spot, note));
        }
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if helps {
        group = group.element(Level::HELP.message(finding.help.as_str()));
    }
    vec![group]
}

/// The place itself, together with related ones of the same file.
fn snippet<'f>(
    spot: &'f Spot,
    kind: AnnotationKind,
    label: &'f str,
    finding: &'f Finding,
) -> Element<'f> {
    let related = finding.related.iter().filter(|(other, _)| other.text.path == spot.text.path);
    let related = related.map(|(other, note)| {
        AnnotationKind::Context.span(other.range.clone()).label(note.as_str())
    });
    Snippet::source(spot.text.content.as_str())
        .path(spot.text.shown.as_str())
        .annotation(kind.span(spot.range.clone()).label(label))
        .annotations(related)
        .into()
}

fn plain_snippet<'f>(spot: &'f Spot, note: &'f str) -> Element<'f> {
    Snippet::source(spot.text.content.as_str())
        .path(spot.text.shown.as_str())
        .annotation(AnnotationKind::Context.span(spot.range.clone()).label(note))
        .into()
}
