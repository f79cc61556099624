//! Every refusal of a call or an attribute, by name.
//!
//! In: nothing. Out: one static [`Rule`] a refusal; each has a page with its
//! code under `docs/errors`, headed by the same title. They stand on the ground
//! floor because the compiler and the running program refuse by the same ones.

use crate::rule::{Rule, Severity};

/// Makes the statics and the list of them from one table, so that no rule can
/// be missing from the list.
macro_rules! catalog {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident { $title:literal, $label:literal, $help:literal $(,)? })*) => {
        $(
            $(#[$doc])*
            pub static $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                title: $title,
                label: $label,
                help: $help,
            };
        )*

        /// The rules of this catalogue, in the order of their codes.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

catalog! {
    /// An actor the vocabulary does not have.
    UNKNOWN_ACTOR = "N0001" Error {
        "unknown actor", "no such actor",
        "use a declared actor, or declare it in the vocabulary under `[actors.<name>]`",
    }
    /// An action no actor has.
    UNKNOWN_ACTION = "N0002" Error {
        "unknown action", "no such action",
        "use a declared action, or declare it under `[actors.<actor>.actions.<name>]`",
    }
    /// An action that only other actors have.
    FOREIGN_ACTION = "N0003" Error {
        "action of another actor", "not an action of this actor",
        "name the actor that has it with `actor = \"…\"`, or declare the action for this actor too",
    }
    /// A field the vocabulary does not have.
    UNKNOWN_FIELD = "N0004" Error {
        "unknown field", "no such field",
        "use a declared field, or declare it under `[fields]` and list it in the action's `fields`",
    }
    /// A declared field the action does not list.
    FIELD_NOT_ALLOWED = "N0005" Error {
        "field not allowed in this action", "not in the action's `fields`",
        "leave it out, or add it to the action's `fields` in the vocabulary",
    }
    /// A field the action requires and the call does not give.
    MISSING_FIELD = "N0006" Error {
        "required field missing", "a required field is missing",
        "give it by its name, as `name = value`, or as `{name}` in the text; a `?` in the vocabulary makes it optional",
    }
    /// A value that cannot be of the field's type.
    WRONG_TYPE = "N0007" Error {
        "value of the wrong type", "not of the field's type",
        "give a value of the declared type, or change the field's `type` in the vocabulary",
    }
    /// A secret or content field as a placeholder.
    SENSITIVE_IN_TEXT = "N0008" Error {
        "secret or content field in a text", "must not be part of a text",
        "give it as a field beside the text: there its class decides what may be seen; `expose = \"reason\"` in the vocabulary allows it",
    }
    /// A secret in the source.
    LITERAL_SECRET = "N0009" Error {
        "secret written in the source", "looks like a secret",
        "take it out of the source and out of its history, and have it replaced where it came from",
    }
    /// `{}` or `{0}`.
    POSITIONAL_PLACEHOLDER = "N0010" Error {
        "positional placeholder", "names no field",
        "name the field: `{pool_id}`; it is recorded as a typed field too",
    }
    /// Something given twice.
    DUPLICATE = "N0011" Error {
        "field or argument given twice", "given before",
        "keep one of the two",
    }
    /// Too many words.
    TEXT_TOO_LONG = "N0012" Error {
        "text too long", "too long",
        "say it in one short line; what varies belongs into fields",
    }
    /// A name on its way out.
    DEPRECATED = "N0013" Warning {
        "deprecated name", "on its way out",
        "use the name the vocabulary recommends",
    }
    /// The vocabulary is at fault, not the call.
    FAULTY_VOCABULARY = "N0014" Error {
        "the vocabulary has faults", "cannot be checked",
        "correct the vocabulary, beginning with the first problem",
    }
    /// Nobody to tell of.
    NO_ACTOR = "N0015" Error {
        "no actor", "whose action is it?",
        "name it here with `actor = \"…\"`, on the enclosing fn, impl or mod with `#[narrated(actor = \"…\")]`, or for the whole crate in Cargo.toml: `[package.metadata.narration]` `actor = \"…\"`",
    }
    /// Nothing to tell.
    NO_TEXT = "N0016" Error {
        "no text", "has no text",
        "give one with `human = \"…\"`, or give the action a default text in the vocabulary: `human = \"…\"`",
    }
    /// Braces that do not fit.
    MALFORMED_TEMPLATE = "N0017" Error {
        "malformed text", "cannot be read as a text with placeholders",
        "placeholders are `{name}` or `{name:spec}`; write `{{` and `}}` for braces",
    }
    /// Tokens that make no call.
    MALFORMED_CALL = "N0018" Error {
        "malformed call", "unexpected",
        "write `narrate!(\"action\", \"text\", field, field = value)` or `narrate!(action = \"…\", human = \"…\", field = value)`",
    }
    /// A level there is not.
    UNKNOWN_LEVEL = "N0019" Error {
        "unknown level", "no such level",
        "the levels are trace, debug, info, warn, error",
    }
    /// A failure nobody would hear of.
    FAILURE_TOO_QUIET = "N0020" Error {
        "failure below warn", "too quiet for a failure",
        "use `warn` or `error`: the vocabulary says that this action tells of a failure",
    }
    /// A word that is none of the enum's.
    UNKNOWN_VALUE = "N0021" Error {
        "value not among the field's values", "no such value",
        "use one of the declared values, or add it to the field's `values` in the vocabulary",
    }
    /// A text that tells nothing.
    TEXT_WITHOUT_WORDS = "N0022" Error {
        "text without words", "no word in it",
        "say what happens in plain English; an id alone belongs into a field or the target",
    }
    /// An attribute in the wrong place.
    CANNOT_NARRATE = "N0023" Error {
        "attribute on an item it cannot narrate", "cannot be narrated",
        "`#[narrated]` goes on a fn with a body; with `actor` alone also on an impl, a trait or an inline mod",
    }
    /// An argument the attribute does not have.
    UNKNOWN_ARGUMENT = "N0024" Error {
        "unknown argument of the attribute", "no such argument",
        "the arguments are actor, action, target, human, level, error_kind, crate, skip(…) and fields of the action",
    }
    /// A text that asks for what nobody has when it is told.
    OUTCOME_NEEDS_FIELD = "N0025" Error {
        "text needs what is not known when it is told", "cannot be told",
        "give the field in the attribute, or take it out of the outcome's text; besides the fields of the fn an outcome knows duration_ms, error, error_kind and outcome, without a format spec",
    }
    /// Nothing in it, or what no line may hold.
    UNPRINTABLE_TEXT = "N0026" Error {
        "empty or unprintable text", "empty or not printable",
        "write one line of plain words, without line breaks and control characters",
    }
    /// A secret in the vocabulary's own words.
    SECRET_IN_VOCABULARY = "N0027" Error {
        "secret written in the vocabulary", "looks like a secret",
        "take it out of the file and out of its history; use an example that is plainly invented",
    }
    /// A field that is secret although the vocabulary does not say so.
    SECRET_BY_NAME = "N0028" Warning {
        "field secret by its name", "secret because of its name",
        "declare it: `class = \"secret\"`, or the class that is right if it holds no secret",
    }
    /// A rule of one's own, or the name of one of the detector's, that means nothing.
    UNUSABLE_REDACTION = "N0029" Error {
        "redaction rule that cannot be used", "cannot be used",
        "a pattern is a regular expression of the crate `regex` that matches at least one character and stays small; `off` takes the detector's own rule names",
    }
}
