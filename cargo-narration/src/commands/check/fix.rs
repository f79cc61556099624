//! The changes that findings ask for.
//!
//! In: findings. Out: changed files. Where two changes touch, the first is made
//! and the other left for the next run.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::fault::Fault;
use crate::findings::{Finding, Fix};

/// Makes every change; answers how many were made.
pub(super) fn apply(findings: &[Finding]) -> Result<usize, Fault> {
    let mut by_file: BTreeMap<PathBuf, Vec<&Fix>> = BTreeMap::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        by_file.entry(fix.spot.text.path.clone()).or_default().push(fix);
    }
    let mut changed = 0;
    for (path, mut fixes) in by_file {
        fixes.sort_by_key(|fix| (fix.spot.range.start, fix.spot.range.end));
        let Some(first) = fixes.first() else { continue };
        let text = &first.spot.text;
        let mut content = String::new();
        let mut copied = 0;
        for fix in &fixes {
            let range = &fix.spot.range;
            let Some(before) = text.content.get(copied..range.start) else { continue };
            content.push_str(before);
            content.push_str(&fix.replacement);
            copied = range.end;
            changed += 1;
        }
        content.push_str(text.content.get(copied..).unwrap_or_default());
        if text.marked {
            content.insert(0, '\u{feff}');
        }
        fs::write(&path, content).map_err(|error| Fault::unwritable(&path, &error))?;
    }
    Ok(changed)
}
