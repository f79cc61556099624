//! Findings for code hosts: SARIF 2.1.0.
//!
//! In: findings. Out: one run of one tool, with the rules that were broken.

use std::collections::BTreeMap;

use narration_taxonomy::Rule;
use serde_json::{Value, json};

use super::Finding;
use super::json::word;
use crate::sources::Spot;

/// The findings as a SARIF log.
pub(crate) fn sarif(findings: &[Finding]) -> Value {
    let broken: BTreeMap<&str, &Rule> =
        findings.iter().map(|finding| (finding.rule.code, finding.rule)).collect();
    let rules: Vec<Value> = broken.values().map(|rule| rule_object(rule)).collect();
    let codes: Vec<&str> = broken.keys().copied().collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &codes)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo-narration",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns are counted as everywhere else here, not in UTF-16.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule_object(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.title,
        "shortDescription": { "text": rule.title },
        "help": { "text": rule.help },
        "defaultConfiguration": { "level": word(rule.severity) },
    })
}

fn result(finding: &Finding, codes: &[&str]) -> Value {
    let lines: Vec<&str> = std::iter::once(finding.message.as_str())
        .chain(finding.notes.iter().map(String::as_str))
        .chain([finding.help.as_str()])
        .collect();
    let locations: Vec<Value> = finding.spot.iter().map(location).collect();
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": codes.iter().position(|code| *code == finding.rule.code),
        "level": word(finding.severity),
        "message": { "text": lines.join("\n") },
        "locations": locations,
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|(spot, message)| {
            let mut location = location(spot);
            location["message"] = json!({ "text": message });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([{
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&fix.spot) },
                "replacements": [{
                    "deletedRegion": region(&fix.spot),
                    "insertedContent": { "text": fix.replacement },
                }],
            }],
        }]);
    }
    result
}

fn location(spot: &Spot) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(spot) },
        "region": region(spot),
    }})
}

fn region(spot: &Spot) -> Value {
    let (start, end) = (spot.start(), spot.end());
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The path as a reference: what has a meaning there is written by its number.
fn uri(spot: &Spot) -> String {
    let mut uri = String::new();
    for byte in spot.text.shown.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
