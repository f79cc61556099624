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

/// Policies that were met.
static MADE: Mutex<Vec<Made>> = Mutex::new(Vec::new());

/// What was made of a policy.
struct Made {
    policy: &'static Policy,
    rules: &'static Rules,
    /// What is wrong with it, until somebody hears of it.
    faults: Vec<String>,
}

impl Made {
    /// Whether it is this one, or another of the same words: each crate has a copy.
    fn is_of(&self, policy: &'static Policy) -> bool {
        std::ptr::eq(self.policy, policy) || self.policy == policy
    }
}

impl Rules {
    /// The rules of a vocabulary without a `[redaction]` section.
    pub(crate) fn standard() -> &'static Self {
        &STANDARD
    }

    /// The rules of a policy. A process has as many as it has vocabularies, and keeps them.
    pub(crate) fn of(policy: &'static Policy) -> &'static Self {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.iter().find(|known| known.is_of(policy)) {
            return known.rules;
        }
        let (rules, faults) = Self::new(policy);
        let rules: &'static Self = Box::leak(Box::new(rules));
        made.push(Made { policy, rules, faults });
        rules
    }

    /// The same for a call site, which tells what is wrong with them: a layer has its rules
    /// before there is anybody to hear of it.
    pub(crate) fn heard(policy: &'static Policy) -> &'static Self {
        let rules = Self::of(policy);
        Self::tell_faults(policy);
        rules
    }

    /// Tells what is wrong with the rules of a policy, once.
    pub(crate) fn tell_faults(policy: &'static Policy) {
        // Nothing is locked by then: whoever hears of a fault may need rules, too.
        for fault in untold(policy) {
            tracing::warn!("{fault}");
        }
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

/// What is wrong with the rules of a policy and was told to nobody so far.
fn untold(policy: &'static Policy) -> Vec<String> {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let known = made.iter_mut().find(|known| known.is_of(policy));
    known.map(|known| std::mem::take(&mut known.faults)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    const fn taking(literal: &'static [(&'static str, &'static str)]) -> Policy {
        Policy { pii: &[], mode: "mask", off: &[], allow: &[], patterns: &[], prefixes: literal }
    }

    static HOUSE: Policy = taking(&[("house", "hse_")]);
    static HOUSE_AGAIN: Policy = taking(&[("house", "hse_")]);
    static GARDEN: Policy = taking(&[("garden", "grd_")]);

    #[test]
    fn rules_that_cannot_be_used_are_told_and_the_default_ones_hold() {
        let broken = Policy { patterns: &[("house", "(")], ..taking(&[]) };
        let (rules, faults) = Rules::new(&broken);
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert!(fault.starts_with("[redaction]: ") && fault.contains("house"), "{fault}");
        assert!(fault.ends_with("using the default rules"), "{fault}");
        assert_eq!(rules.redactor.redact("pin=4711"), "pin=[redacted:code]");
    }

    #[test]
    fn each_vocabulary_has_its_rules_and_has_them_once() {
        let (house, garden) = (Rules::of(&HOUSE), Rules::of(&GARDEN));
        let text = "hse_4f9d27c1b8e35a60 grd_4f9d27c1b8e35a60";
        assert_eq!(house.redactor.redact(text), "[redacted:house] grd_4f9d27c1b8e35a60");
        assert_eq!(garden.redactor.redact(text), "hse_4f9d27c1b8e35a60 [redacted:garden]");
        assert!(std::ptr::eq(house, Rules::of(&HOUSE)));
        assert!(std::ptr::eq(house, Rules::of(&HOUSE_AGAIN)), "another crate has a copy");
    }
}
