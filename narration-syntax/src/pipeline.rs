//! Tokens in, resolved out: parse → vocabulary sound? → check, in one call.
//!
//! The macros have nothing to decide: they expand what comes out, or show the
//! faults and give the user's own tokens out again.

use narration_taxonomy::{Problem, Severity};
use proc_macro2::TokenStream;
use syn::LitStr;

use crate::arguments::Arguments;
use crate::call::NarrateCall;
use crate::catalog;
use crate::check::{check_call, check_context, check_fn, deprecation, known_actor};
use crate::choices::shortened_list;
use crate::errors::{Errors, Fault};
use crate::function::{Function, Item, NarratedFn};
use crate::narration::{Deprecation, FieldValue, Narration, Story};
use crate::parse::{self, Form};
use crate::scope::hand_down;
use crate::vocabulary::Vocabulary;

/// A `narrate!` call, ready to be expanded.
#[derive(Clone, Debug)]
pub struct Told {
    /// What it tells.
    pub narration: Narration,
    /// `crate = path`, if the call says where the runtime is.
    pub runtime: Option<TokenStream>,
}

/// A refused `narrate!` call.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Why. Empty when the fault was reported elsewhere: an unknown actor, by
    /// the attribute that hands it down.
    pub errors: Errors,
    /// The values the user wrote, so that the expansion can go on using them.
    pub expressions: Vec<TokenStream>,
}

/// An item under `#[narrated]`, ready to be expanded.
#[derive(Clone)]
pub enum Narrated {
    /// `actor` alone: nothing but a scope.
    Scope {
        /// The item, with the actor handed down.
        item: TokenStream,
        /// The actor, when it is on its way out.
        deprecations: Vec<Deprecation>,
    },
    /// A fn with an action.
    Story {
        /// The fn, with the actor handed down to its body.
        function: Box<Function>,
        /// What it tells.
        story: Box<Story>,
        /// `crate = path`, if the attribute says where the runtime is.
        runtime: Option<TokenStream>,
    },
}

/// A refused `#[narrated]`; its item lives on.
#[derive(Clone, Debug)]
pub struct RefusedItem {
    /// Why. Empty when the fault was reported elsewhere, as in [`Refused::errors`].
    pub errors: Errors,
    /// The item without the attribute, with the actor handed down, so that one
    /// fault does not become many.
    pub item: TokenStream,
    /// The values the user wrote in the attribute.
    pub expressions: Vec<TokenStream>,
}

/// Reads and checks the tokens of a `narrate!` call.
///
/// # Errors
///
/// Everything that is wrong with the call, or with the vocabulary.
pub fn narrate(tokens: TokenStream, vocabulary: &Vocabulary) -> Result<Told, Refused> {
    let mut errors = Errors::new();
    let call = NarrateCall::parse(tokens, &mut errors);
    let sound = is_sound(vocabulary, &mut errors);
    let narration =
        if sound && errors.is_empty() { check_call(&call, vocabulary, &mut errors) } else { None };
    match narration {
        Some(narration) => Ok(Told { narration, runtime: call.runtime().cloned() }),
        None => Err(Refused { errors, expressions: call.expressions().cloned().collect() }),
    }
}

/// Reads and checks `#[narrated(attribute)] item`.
///
/// # Errors
///
/// Everything that is wrong with the attribute, the item under it, or the vocabulary.
pub fn narrated(
    attribute: TokenStream,
    item: TokenStream,
    vocabulary: &Vocabulary,
) -> Result<Narrated, RefusedItem> {
    let mut errors = Errors::new();
    let written = NarratedFn::parse(attribute, item, &mut errors);
    let sound = is_sound(vocabulary, &mut errors);
    let resolved =
        if sound && errors.is_empty() { resolve(&written, vocabulary, &mut errors) } else { None };
    resolved.ok_or_else(|| {
        let expressions = written.arguments.expressions().cloned().collect();
        RefusedItem { errors, item: handed_down(&written), expressions }
    })
}

fn resolve(written: &NarratedFn, vocabulary: &Vocabulary, errors: &mut Errors) -> Option<Narrated> {
    let arguments = &written.arguments;
    match &written.item {
        Item::Function(function) if !arguments.action.is_empty() => {
            let story = Box::new(check_fn(arguments, function, vocabulary, errors)?);
            let mut function = function.clone();
            if let Some(actor) = own_actor(arguments) {
                function.hand_down(actor);
            }
            Some(Narrated::Story { function, story, runtime: written.runtime().cloned() })
        }
        Item::Function(_) | Item::Scope(_) => {
            let deprecations = check_scope(written, vocabulary, errors)?;
            Some(Narrated::Scope { item: handed_down(written), deprecations })
        }
        Item::Other => None,
    }
}

/// A scope takes an actor and nothing else.
fn check_scope(
    written: &NarratedFn,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Option<Vec<Deprecation>> {
    let arguments = &written.arguments;
    let before = errors.iter().len();
    for key in arguments.beside_actor() {
        errors.push(match &written.item {
            Item::Scope(keyword) => {
                let message = format!("on `{keyword}`, `#[narrated]` takes `actor` alone");
                Fault::new(&catalog::CANNOT_NARRATE, &key, message)
            }
            _ => Fault::new(
                &catalog::MALFORMED_CALL,
                &key,
                "without an action there is nothing to tell",
            )
            .help("add `action = \"…\"`, or keep `actor` alone"),
        });
    }
    for again in arguments.actor.iter().skip(1) {
        errors.push(Fault::new(&catalog::DUPLICATE, &again.place(), "`actor` is given twice"));
    }
    let written = own_actor(arguments)?;
    let actor = known_actor(written, vocabulary, errors)?;
    let out = actor.deprecated.as_ref().map(|out| deprecation(&actor.name, out, written.span()));
    (errors.iter().len() == before).then(|| out.into_iter().collect())
}

fn own_actor(arguments: &Arguments) -> Option<&LitStr> {
    arguments.actor.first().map(|actor| &actor.value)
}

fn handed_down(written: &NarratedFn) -> TokenStream {
    let item = written.tokens.clone();
    match own_actor(&written.arguments) {
        Some(actor) => hand_down(item, actor),
        None => item,
    }
}

/// N0014: a call is not held against a vocabulary that is at fault itself; its
/// own problems are told in short, once a call.
fn is_sound(vocabulary: &Vocabulary, errors: &mut Errors) -> bool {
    if vocabulary.fault_free() {
        return true;
    }
    let refused = |problem: &&Problem| problem.rule.severity == Severity::Error;
    let problems: Vec<&Problem> = vocabulary.problems().filter(refused).collect();
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| {
            let place = vocabulary.show(problem.place);
            let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            let gap = if place.is_empty() { "" } else { " " };
            format!("{}{gap}{place}: {}{help}", problem.rule.code, problem.message)
        })
        .collect();
    let message = "the vocabulary has faults, so nothing can be checked against it";
    let mut fault = Fault::new(&catalog::FAULTY_VOCABULARY, &TokenStream::new(), message);
    // A single problem can tell its own way out.
    if let [problem] = problems.as_slice() {
        fault = fault.help(problem.rule.help);
    }
    errors.push(shortened_list(lines).into_iter().fold(fault, Fault::note));
    false
}

/// A `scope!` call, ready to be expanded.
#[derive(Clone, Debug)]
pub struct Carried {
    /// What it hands down, in the order of the record.
    pub fields: Vec<FieldValue>,
    /// Names that are on their way out.
    pub deprecations: Vec<Deprecation>,
    /// `crate = path`, if the call says where the runtime is.
    pub runtime: Option<TokenStream>,
}

/// Reads and checks the tokens of a `scope!` call.
///
/// # Errors
///
/// Everything that is wrong with the call, or with the vocabulary.
pub fn scope(tokens: TokenStream, vocabulary: &Vocabulary) -> Result<Carried, Refused> {
    let mut errors = Errors::new();
    let arguments = parse::arguments(tokens, Form::Call, &mut errors);
    let sound = is_sound(vocabulary, &mut errors);
    let runtime = arguments.runtime.first().map(|setting| setting.value.clone());
    let checked = if sound && errors.is_empty() {
        check_context(&arguments, vocabulary, &mut errors)
    } else {
        None
    };
    checked
        .map(|(fields, deprecations)| Carried { fields, deprecations, runtime })
        .ok_or_else(|| Refused { errors, expressions: arguments.expressions().cloned().collect() })
}

/// Reads and checks `taxonomy!(tokens)`: it takes nothing, and a vocabulary without faults.
///
/// # Errors
///
/// What was given in spite of that, and what is wrong with the vocabulary.
pub fn taxonomy(tokens: &TokenStream, vocabulary: &Vocabulary) -> Result<(), Errors> {
    let mut errors = Errors::new();
    if !tokens.is_empty() {
        let fault = Fault::new(&catalog::MALFORMED_CALL, tokens, "`taxonomy!()` takes nothing");
        errors.push(fault.help("write `taxonomy!()`"));
    }
    is_sound(vocabulary, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
