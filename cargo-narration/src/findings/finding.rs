//! One thing that was found.
//!
//! In: a rule and a place. Out: everything that can be told about it.

use std::collections::BTreeSet;

use narration_taxonomy::{Rule, Severity};

use crate::fault::Fault;
use crate::rules;
use crate::sources::Spot;

/// One thing that was found.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// The rule that was broken.
    pub(crate) rule: &'static Rule,
    /// How much it counts; the rule's own severity unless the user says otherwise.
    pub(crate) severity: Severity,
    /// What is wrong, with names.
    pub(crate) message: String,
    /// Where, if it is anywhere.
    pub(crate) spot: Option<Spot>,
    /// More lines: what is allowed, and where that is declared.
    pub(crate) notes: Vec<String>,
    /// The way out.
    pub(crate) help: String,
    /// Other places that explain it.
    pub(crate) related: Vec<(Spot, String)>,
    /// What a program can do about it.
    pub(crate) fix: Option<Fix>,
}

/// A change that makes a finding go away.
#[derive(Clone, Debug)]
pub(crate) struct Fix {
    /// What is replaced.
    pub(crate) spot: Spot,
    /// By what.
    pub(crate) replacement: String,
}

impl Finding {
    /// A finding with the rule's own help.
    pub(crate) fn new(rule: &'static Rule, spot: Option<Spot>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            spot,
            notes: Vec::new(),
            help: rule.help.to_owned(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// The page of the book about it.
    pub(crate) fn page(&self) -> String {
        format!("docs/errors/{}.md", self.rule.code)
    }
}

/// What the user wants of single rules: `--deny`, `--allow`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    deny_warnings: bool,
    denied: BTreeSet<String>,
    allowed: BTreeSet<String>,
}

impl Verdict {
    /// Reads codes, and the word `warnings` for all of them.
    pub(crate) fn new(denied: Vec<String>, allowed: Vec<String>) -> Result<Self, Fault> {
        let deny_warnings = denied.iter().any(|word| word == "warnings");
        let denied: Vec<_> = denied.into_iter().filter(|word| word != "warnings").collect();
        Ok(Self { deny_warnings, denied: codes(denied)?, allowed: codes(allowed)? })
    }

    /// Passes judgement: drops what is allowed, raises what is denied.
    pub(crate) fn over(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut judged = findings;
        judged.retain(|finding| {
            finding.severity == Severity::Error || !self.allowed.contains(finding.rule.code)
        });
        for finding in &mut judged {
            if self.deny_warnings || self.denied.contains(finding.rule.code) {
                finding.severity = Severity::Error;
            }
        }
        judged
    }
}

/// The codes there are among those typed.
fn codes(typed: Vec<String>) -> Result<BTreeSet<String>, Fault> {
    let known: Vec<&str> = narration_syntax::catalog::all()
        .chain(rules::ALL.iter().copied())
        .map(|rule| rule.code)
        .collect();
    let upper = typed.into_iter().map(|code| code.to_ascii_uppercase());
    upper
        .map(|code| match known.contains(&code.as_str()) {
            true => Ok(code),
            false => Err(Fault::usage(format!("there is no rule `{code}`"))
                .help("a rule is named by its code, `N0202`; `warnings` stands for all of them")),
        })
        .collect()
}
