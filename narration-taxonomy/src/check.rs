//! The lints: what is wrong between declarations.
//!
//! In: a vocabulary, joined over its files. Out: problems; one function a rule.

use std::collections::HashMap;

use crate::builtin::{builtin_field, builtin_fields};
use crate::findings::Findings;
use crate::model::{Field, Place, Taxonomy};
use crate::source::Source;

mod actions;
mod deprecations;
mod fields;
mod outcomes;
mod texts;

/// Holds every declaration against the others. `head` is the place of the
/// governing file's own section, for what is wrong with the file as a whole.
pub(crate) fn check(taxonomy: &Taxonomy, head: Place, sources: &[Source], findings: &mut Findings) {
    let fields = taxonomy.fields.iter().map(|field| (field.name.as_str(), field)).collect();
    let mut check = Check { taxonomy, fields, sources, findings };
    check.emptiness(head);
    check.built_in_redeclarations();
    check.unused_fields();
    check.deprecations();
    for actor in &taxonomy.actors {
        check.outcomes(actor);
        for action in &actor.actions {
            check.whitelist(action);
            check.target(action);
            check.text(action);
        }
    }
}

struct Check<'a> {
    taxonomy: &'a Taxonomy,
    fields: HashMap<&'a str, &'a Field>,
    sources: &'a [Source],
    findings: &'a mut Findings,
}

impl<'a> Check<'a> {
    /// The field of that name, declared or built in.
    fn field(&self, name: &str) -> Option<&'a Field> {
        self.fields.get(name).copied().or_else(|| builtin_field(name))
    }

    fn field_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let declared = self.taxonomy.fields.iter();
        declared.chain(builtin_fields()).map(|field| field.name.as_str())
    }
}
