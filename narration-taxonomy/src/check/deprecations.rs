//! The lints on names that are on their way out.

use std::collections::HashSet;

use super::Check;
use crate::builtin::builtin_fields;
use crate::findings::quoted;
use crate::model::{Deprecated, Placed};
use crate::problem::Problem;
use crate::rules;

/// A name, and whether it is on its way out.
type Named<'a> = (&'a str, Option<&'a Deprecated>);

impl Check<'_> {
    pub(super) fn deprecations(&mut self) {
        let taxonomy = self.taxonomy;
        let fields = taxonomy.fields.iter().chain(builtin_fields());
        self.replacements(
            "field",
            &fields
                .map(|field| (field.name.as_str(), field.deprecated.as_ref()))
                .collect::<Vec<_>>(),
        );
        let actors = taxonomy.actors.iter();
        self.replacements(
            "actor",
            &actors
                .map(|actor| (actor.name.as_str(), actor.deprecated.as_ref()))
                .collect::<Vec<_>>(),
        );
        for actor in &taxonomy.actors {
            let actions = actor.actions.iter();
            let named = actions.map(|action| (action.name.as_str(), action.deprecated.as_ref()));
            self.replacements("action", &named.collect::<Vec<_>>());
        }
    }

    fn replacements(&mut self, kind: &str, names: &[Named<'_>]) {
        let known: HashSet<&str> = names.iter().map(|(name, _)| *name).collect();
        for (name, deprecated) in names {
            let replacement = deprecated.and_then(|deprecated| deprecated.replacement.as_ref());
            let Some(replacement) = replacement else { continue };
            if replacement.value == *name {
                self.unknown_replacement(replacement, "replaces itself".to_owned(), None);
            } else if !known.contains(replacement.value.as_str()) {
                let help = self.findings.suggest(&replacement.value, known.iter().copied());
                self.unknown_replacement(replacement, format!("is no {kind}"), help);
            }
        }
    }

    fn unknown_replacement(
        &mut self,
        replacement: &Placed<String>,
        why: String,
        help: Option<String>,
    ) {
        let message = format!("{} {why}", quoted(&replacement.value));
        let problem = Problem::new(&rules::UNKNOWN_REPLACEMENT, replacement.place, message);
        self.findings.push(problem.with_help(help));
    }
}
