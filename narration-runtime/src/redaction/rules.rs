//! A vocabulary's rules, ready to be applied.
//!
//! In: a static [`Policy`]. Out: [`Rules`], made once for each policy of the
//! process, however many callsites carry it.

use std::sync::{Mutex, PoisonError};

use narration_redact::{Key, PiiMode, Redactor, RedactorBuilder};

use super::key;
use super::policy::Policy;

/// Everything that decides what a text becomes.
pub(crate) struct Rules {
    pub(super) redactor: Redactor,
    pub(super) mode: PiiMode,
    pub(super) key: Option<Key>,
}

static STANDARD: Rules = Rules { redactor: Redactor::new(), mode: PiiMode::Mask, key: None };

/// Policies that were met, and what was made of them.
static MADE: Mutex<Vec<(&'static Policy, &'static Rules)>> = Mutex::new(Vec::new());

impl Rules {
    /// The rules of a vocabulary without a `[redaction]` section.
    pub(crate) fn standard() -> &'static Self {
        &STANDARD
    }

    /// The rules of a policy. A process has as many as it has vocabularies, and keeps them.
    pub(crate) fn of(policy: &'static Policy) -> &'static Self {
        let known = made(policy);
        known.unwrap_or_else(|| {
            let (rules, faults) = Self::new(policy);
            let rules: &'static Self = Box::leak(Box::new(rules));
            MADE.lock().unwrap_or_else(PoisonError::into_inner).push((policy, rules));
            // After the rules are known: the narration of a fault needs rules, too.
            for fault in faults {
                tracing::warn!("{fault}");
            }
            rules
        })
    }

    fn new(policy: &Policy) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let mode = policy.mode.parse().unwrap_or(PiiMode::Mask);
        let key = key::configured().unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        if mode == PiiMode::Hash && key.is_none() {
            faults.push(key::missing());
        }
        let redactor = builder(policy, mode, key.clone()).build().unwrap_or_else(|error| {
            // The compiler has checked them; should one fail all the same, the default rules hold.
            faults.extend(
                error
                    .faults()
                    .iter()
                    .map(|fault| format!("[redaction]: {fault}; using the default rules")),
            );
            Redactor::new()
        });
        (Self { redactor, mode, key }, faults)
    }
}

fn made(policy: &'static Policy) -> Option<&'static Rules> {
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.iter()
        .find(|(known, _)| std::ptr::eq(*known, policy) || *known == policy)
        .map(|(_, rules)| *rules)
}

fn builder(policy: &Policy, mode: PiiMode, key: Option<Key>) -> RedactorBuilder {
    let mut builder = Redactor::builder().mode(mode);
    if let Some(key) = key {
        builder = builder.key(key);
    }
    builder =
        policy.pii.iter().filter_map(|kind| kind.parse().ok()).fold(builder, RedactorBuilder::pii);
    builder = policy.off.iter().fold(builder, |builder, name| builder.off(*name));
    builder = policy.allow.iter().fold(builder, |builder, shape| builder.allow(*shape));
    builder = policy
        .patterns
        .iter()
        .fold(builder, |builder, (name, pattern)| builder.rule(*name, *pattern));
    policy.prefixes.iter().fold(builder, |builder, (name, literal)| builder.prefix(*name, *literal))
}
