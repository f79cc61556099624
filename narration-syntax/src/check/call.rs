//! A `narrate!` call as written and the vocabulary in, a [`Narration`] out.

use narration_taxonomy::Template;
use narration_taxonomy::template;

use crate::arguments::Arguments;
use crate::call::NarrateCall;
use crate::catalog;
use crate::check::fields::{Given, Lookup};
use crate::check::scene::{self, Scene};
use crate::check::text::OwnText;
use crate::check::{duplicates, fields, level, missing, target, text};
use crate::errors::{Errors, Fault};
use crate::narration::Narration;
use crate::parse::Form;
use crate::vocabulary::Vocabulary;

/// Holds a call against the vocabulary. `None` when it is refused; then the
/// faults are in `errors`, unless the fault is an unknown actor handed down by
/// an attribute, which reports it once for all calls.
#[must_use]
pub fn check_call(
    call: &NarrateCall,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Option<Narration> {
    let faults = errors.iter().len();
    let arguments = &call.arguments;
    duplicates::check(arguments, errors);
    let scene = scene::find(arguments, vocabulary, errors);
    let own_level = level::own(arguments, errors);
    let lookup = Lookup { vocabulary, scene, form: Form::Call };
    let mut given = Given::default();
    fields::explicit(arguments, lookup, &mut given, errors);
    target::give(arguments, lookup, &mut given, errors);
    let own_text = arguments.human.first().map(|human| text::read(&human.value, errors));
    if let Some(text) = &own_text {
        text.capture(lookup, |_| true, &mut given, errors);
    }
    let scene = scene?;
    let default = default_text(own_text.as_ref(), arguments, scene, errors);
    missing::check(scene, &given, default.as_ref(), &arguments.place(), vocabulary, errors);
    let level = level::resolve(own_level, arguments, scene, errors);
    if errors.iter().len() > faults {
        return None;
    }
    resolve(
        arguments,
        scene,
        level,
        own_text.map(|text| text.template).or(default)?,
        given,
        vocabulary,
    )
}

/// The vocabulary's text, where the call has none of its own; N0016 where there is neither.
fn default_text(
    own: Option<&OwnText<'_>>,
    arguments: &Arguments,
    scene: Scene<'_>,
    errors: &mut Errors,
) -> Option<Template> {
    if own.is_some() {
        return None;
    }
    let human = scene.action.human.as_ref().map(|human| template::parse(&human.value).0);
    if human.is_none() {
        let message =
            format!("`{}` has no text, neither here nor in the vocabulary", scene.action.name);
        errors.push(Fault::new(&catalog::NO_TEXT, &arguments.place(), message));
    }
    human
}

fn resolve(
    arguments: &Arguments,
    scene: Scene<'_>,
    level: narration_taxonomy::Level,
    template: Template,
    mut given: Given<'_>,
    vocabulary: &Vocabulary,
) -> Option<Narration> {
    let mut deprecations = scene::deprecations(arguments, scene);
    deprecations.append(&mut given.deprecations);
    let fields = given.into_fields(scene, vocabulary);
    Some(Narration {
        site: scene.site(level),
        text: text::pieces(&template, &fields)?,
        target: target::resolve(arguments, scene, &fields),
        fields,
        deprecations,
    })
}
