//! N0011: nothing is given twice.
//!
//! In: the arguments as written. Out: a fault for every second one.

use std::collections::HashSet;

use quote::ToTokens;

use crate::arguments::{Arguments, Setting};
use crate::catalog;
use crate::errors::{Errors, Fault};

/// Reports every argument and field that was given before.
pub(super) fn check(arguments: &Arguments, errors: &mut Errors) {
    settings("actor", &arguments.actor, errors);
    settings("action", &arguments.action, errors);
    settings("target", &arguments.target, errors);
    settings("human", &arguments.human, errors);
    settings("level", &arguments.level, errors);
    settings("crate", &arguments.runtime, errors);
    settings("error_kind", &arguments.error_kind, errors);
    names("field", arguments.fields.iter().map(|field| &field.name), errors);
    names("argument", arguments.skip.iter(), errors);
}

fn settings<T: ToTokens>(key: &str, given: &[Setting<T>], errors: &mut Errors) {
    for again in given.iter().skip(1) {
        errors.push(Fault::new(
            &catalog::DUPLICATE,
            &again.place(),
            format!("`{key}` is given twice"),
        ));
    }
}

fn names<'a>(kind: &str, given: impl Iterator<Item = &'a proc_macro2::Ident>, errors: &mut Errors) {
    let mut seen = HashSet::new();
    for name in given.filter(|name| !seen.insert(name.to_string())) {
        errors.push(Fault::new(
            &catalog::DUPLICATE,
            name,
            format!("the {kind} `{name}` is given twice"),
        ));
    }
}
