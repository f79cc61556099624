//! A fn under `#[narrated(action = …)]` and the vocabulary in, a [`Story`] out.

use narration_taxonomy::{Level, Template};

use crate::arguments::Arguments;
use crate::catalog;
use crate::check::fields::{Given, Lookup};
use crate::check::outcome::Recorded;
use crate::check::parameters::Parameters;
use crate::check::scene::{self, Scene};
use crate::check::{duplicates, fields, level, missing, outcome, target, text};
use crate::choices::{did_you_mean, listed};
use crate::errors::{Errors, Fault};
use crate::function::Function;
use crate::narration::{Story, Telling};
use crate::parse::Form;
use crate::vocabulary::Vocabulary;

/// Holds an attribute with an action against the vocabulary and the fn it stands
/// on. `None` when it is refused; see [`check_call`](crate::check_call) for the
/// one case without a fault.
#[must_use]
pub fn check_fn(
    arguments: &Arguments,
    function: &Function,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Option<Story> {
    let faults = errors.iter().len();
    let parameters = Parameters::of(&function.sig);
    duplicates::check(arguments, errors);
    skipped(arguments, &parameters, errors);
    let scene = scene::find(arguments, vocabulary, errors);
    let own_level = level::own(arguments, errors);
    let lookup = Lookup { vocabulary, scene, form: Form::Attribute };
    let mut given = Given::default();
    fields::explicit(arguments, lookup, &mut given, errors);
    record(arguments, &parameters, lookup, &mut given);
    target::give(arguments, lookup, &mut given, errors);
    let own_text = arguments.human.first().map(|human| text::read(&human.value, errors));
    if let Some(text) = &own_text {
        text.capture(lookup, |name| parameters.binds(name), &mut given, errors);
    }
    let scene = scene?;
    let default = outcome::start_text(own_text.as_ref(), scene);
    let missing =
        missing::check(scene, &given, default.as_ref(), &arguments.place(), vocabulary, errors);
    let level = level::resolve(own_level, arguments, scene, errors);
    let template = own_text.as_ref().map(|text| &text.template).or(default.as_ref())?;
    resolve(arguments, Start { scene, level, template, missing }, given, vocabulary, errors)
        .filter(|_| errors.iter().len() == faults)
}

/// How the story begins.
struct Start<'a> {
    scene: Scene<'a>,
    level: Level,
    template: &'a Template,
    missing: Vec<&'a str>,
}

/// N0024: `skip` names arguments of the fn.
fn skipped(arguments: &Arguments, parameters: &Parameters, errors: &mut Errors) {
    for name in arguments.skip.iter().filter(|name| !parameters.binds(&name.to_string())) {
        let message = format!("the fn has no argument `{name}` to skip");
        errors.push(
            Fault::new(&catalog::UNKNOWN_ARGUMENT, name, message)
                .note(did_you_mean(&name.to_string(), parameters.names()))
                .note(listed("arguments", parameters.names(), "")),
        );
    }
}

/// Records the arguments the action lists. Built-in fields are allowed in every
/// action, so they are not taken from arguments unless the attribute says so or
/// the action lists them.
fn record<'a>(
    arguments: &Arguments,
    parameters: &Parameters,
    lookup: Lookup<'a>,
    given: &mut Given<'a>,
) {
    let Some(scene) = lookup.scene else { return };
    let skipped = |name: &str| arguments.skip.iter().any(|skipped| skipped == name);
    for parameter in &parameters.plain {
        let name = parameter.to_string();
        let listed = scene.action.fields.iter().any(|field| field.name == name);
        if let Some(field) = lookup.vocabulary.field(&name).filter(|_| listed && !skipped(&name)) {
            given.give_variable(field, parameter);
        }
    }
}

fn resolve(
    arguments: &Arguments,
    start: Start<'_>,
    mut given: Given<'_>,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Option<Story> {
    let scene = start.scene;
    let mut deprecations = scene::deprecations(arguments, scene);
    deprecations.append(&mut given.deprecations);
    let fields = given.into_fields(scene, vocabulary);
    let recorded = Recorded { fields: &fields, missing: &start.missing };
    let outcomes = outcome::resolve(arguments, scene, start.level, recorded, vocabulary, errors);
    Some(Story {
        start: Telling {
            site: scene.site(start.level),
            text: text::pieces(start.template, &fields)?,
        },
        ok: outcomes.ok,
        failed: outcomes.failed,
        cancelled: outcomes.cancelled,
        panicked: outcomes.panicked,
        target: target::resolve(arguments, scene, &fields),
        error_kind: arguments.error_kind.first().map(|kind| kind.value.tokens.clone()),
        fields,
        deprecations,
    })
}
