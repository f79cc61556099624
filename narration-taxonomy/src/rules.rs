//! Everything a vocabulary can be refused for.
//!
//! In: nothing. Out: one named [`Rule`] for each refusal; its code is stable
//! and has a page of its own in the book.

use crate::rule::{Rule, Severity};

/// No vocabulary found.
pub static NO_VOCABULARY: Rule = Rule {
    code: "N0101",
    severity: Severity::Error,
    title: "no vocabulary found",
    label: "no vocabulary governs this crate",
    help: "put a `narration.toml` beside the crate's `Cargo.toml` or at the workspace root, or name one in `[package.metadata.narration] taxonomy` or in the environment variable NARRATION_TAXONOMY",
};

/// Vocabulary cannot be read.
pub static UNREADABLE: Rule = Rule {
    code: "N0102",
    severity: Severity::Error,
    title: "vocabulary cannot be read",
    label: "this file cannot be read",
    help: "a vocabulary is a regular file of at most 10 MB in UTF-8; check its path and permissions",
};

/// Not valid TOML.
pub static TOML_SYNTAX: Rule = Rule {
    code: "N0103",
    severity: Severity::Error,
    title: "not valid TOML",
    label: "the syntax breaks here",
    help: "correct the syntax; nothing else is checked before that",
};

/// Unknown key.
pub static UNKNOWN_KEY: Rule = Rule {
    code: "N0104",
    severity: Severity::Error,
    title: "unknown key",
    label: "no such key",
    help: "use one of the keys this table knows",
};

/// Wrong type of value.
pub static WRONG_TYPE: Rule = Rule {
    code: "N0105",
    severity: Severity::Error,
    title: "wrong type of value",
    label: "another type of value belongs here",
    help: "write the value in the type that the key takes",
};

/// Unknown word.
pub static UNKNOWN_WORD: Rule = Rule {
    code: "N0106",
    severity: Severity::Error,
    title: "unknown word",
    label: "not one of the words allowed here",
    help: "use one of the words the message lists",
};

/// Version missing.
pub static VERSION_MISSING: Rule = Rule {
    code: "N0107",
    severity: Severity::Error,
    title: "version missing",
    label: "the format's version is not given",
    help: "begin the file with `[narration]` and `version = 1`",
};

/// Version not supported.
pub static VERSION_UNSUPPORTED: Rule = Rule {
    code: "N0108",
    severity: Severity::Error,
    title: "version not supported",
    label: "this version of the format is unknown",
    help: "write `version = 1`, or use a release of narration that knows this version",
};

/// Declared twice.
pub static DUPLICATE: Rule = Rule {
    code: "N0109",
    severity: Severity::Error,
    title: "declared twice",
    label: "declared before",
    help: "remove one of the two declarations",
};

/// Name outside the charset.
pub static BAD_NAME: Rule = Rule {
    code: "N0110",
    severity: Severity::Error,
    title: "name outside the charset",
    label: "this name cannot be used",
    help: "actors and actions are written in `a-z`, `0-9` and `-`, fields in `a-z`, `0-9` and `_`; a name begins with a letter and has at most 64 characters",
};

/// Reserved name.
pub static RESERVED_NAME: Rule = Rule {
    code: "N0111",
    severity: Severity::Error,
    title: "reserved name",
    label: "no field may have this name",
    help: "the record uses this key itself, or Rust does not allow a variable of this name; choose another",
};

/// Extended vocabulary cannot be read.
pub static EXTENDS_UNREADABLE: Rule = Rule {
    code: "N0112",
    severity: Severity::Error,
    title: "extended vocabulary cannot be read",
    label: "this file cannot be read",
    help: "paths in `extends` start at the file that names them",
};

/// Vocabularies extend each other.
pub static EXTENDS_CYCLE: Rule = Rule {
    code: "N0113",
    severity: Severity::Error,
    title: "vocabularies extend each other",
    label: "this leads back to a file that extends it",
    help: "move what both need into a third file that extends neither",
};

/// Extended vocabularies disagree.
pub static BASES_DISAGREE: Rule = Rule {
    code: "N0114",
    severity: Severity::Error,
    title: "extended vocabularies disagree",
    label: "another extended file declares this name as well",
    help: "declare the name in one of the files, or again in the file that extends both",
};

/// Vocabulary without actors.
pub static EMPTY_VOCABULARY: Rule = Rule {
    code: "N0115",
    severity: Severity::Warning,
    title: "vocabulary without actors",
    label: "nothing can be narrated with this vocabulary",
    help: "declare an actor with its actions: `[actors.my-service.actions.start]`",
};

/// Field without a type.
pub static TYPE_MISSING: Rule = Rule {
    code: "N0116",
    severity: Severity::Error,
    title: "field without a type",
    label: "this field has no type",
    help: "write `type = \"string\"`, `\"u64\"`, `\"i64\"`, `\"f64\"`, `\"bool\"` or `\"enum\"`",
};

/// Enum without values.
pub static ENUM_WITHOUT_VALUES: Rule = Rule {
    code: "N0117",
    severity: Severity::Error,
    title: "enum without values",
    label: "this enum has no values",
    help: "list them: `values = [\"queued\", \"running\"]`",
};

/// Enum value listed twice.
pub static VALUE_TWICE: Rule = Rule {
    code: "N0118",
    severity: Severity::Error,
    title: "enum value listed twice",
    label: "listed before",
    help: "remove one of the two",
};

/// Values for a type that takes none.
pub static VALUES_WITHOUT_ENUM: Rule = Rule {
    code: "N0119",
    severity: Severity::Error,
    title: "values for a type that takes none",
    label: "only an enum has values",
    help: "write `type = \"enum\"`, or remove the values",
};

/// Unit does not fit the type.
pub static UNIT_MISFIT: Rule = Rule {
    code: "N0120",
    severity: Severity::Error,
    title: "unit does not fit the type",
    label: "only a number has a unit",
    help: "use a numeric type, or remove the unit",
};

/// Class does not fit the type.
pub static CLASS_MISFIT: Rule = Rule {
    code: "N0121",
    severity: Severity::Error,
    title: "class does not fit the type",
    label: "only a string has this class",
    help: "remove the class, or use `type = \"string\"`; any type can be `public`, `pii`, `secret` or `content`",
};

/// Built-in field with another type.
pub static BUILTIN_REDECLARED: Rule = Rule {
    code: "N0122",
    severity: Severity::Error,
    title: "built-in field with another type",
    label: "this field is built in with another type",
    help: "keep the built-in type, unit and values, or choose another name",
};

/// Field that no action uses.
pub static UNUSED_FIELD: Rule = Rule {
    code: "N0123",
    severity: Severity::Warning,
    title: "field that no action uses",
    label: "no action lists this field",
    help: "list it in the `fields` of an action, or remove it",
};

/// Exposed without a reason.
pub static REASON_MISSING: Rule = Rule {
    code: "N0124",
    severity: Severity::Error,
    title: "exposed without a reason",
    label: "say why this may be shown",
    help: "write the reason: `expose = \"a public test token\"`",
};

/// Unknown field.
pub static UNKNOWN_FIELD: Rule = Rule {
    code: "N0125",
    severity: Severity::Error,
    title: "unknown field",
    label: "no such field",
    help: "declare it under `[fields]`",
};

/// Target is not among the fields.
pub static TARGET_NOT_LISTED: Rule = Rule {
    code: "N0126",
    severity: Severity::Error,
    title: "target is not among the fields",
    label: "this field is not in the action's `fields`",
    help: "add it to `fields`; only built-in fields are allowed unlisted",
};

/// Field listed twice.
pub static FIELD_TWICE: Rule = Rule {
    code: "N0127",
    severity: Severity::Error,
    title: "field listed twice",
    label: "listed before",
    help: "list it once",
};

/// Too many fields.
pub static TOO_MANY_FIELDS: Rule = Rule {
    code: "N0128",
    severity: Severity::Error,
    title: "too many fields",
    label: "this action lists more than 32 fields",
    help: "split the action, or leave out what other narrations of the same story tell",
};

/// Text is not a template.
pub static BAD_TEMPLATE: Rule = Rule {
    code: "N0129",
    severity: Severity::Error,
    title: "text is not a template",
    label: "this is no placeholder",
    help: "a placeholder is a field's name in braces, with a format spec if need be: `{eta}`, `{share:.1}`; a brace is written twice",
};

/// Placeholder is not among the fields.
pub static PLACEHOLDER_NOT_LISTED: Rule = Rule {
    code: "N0130",
    severity: Severity::Error,
    title: "placeholder is not among the fields",
    label: "this field is not in the action's `fields`",
    help: "add it to `fields`, or correct the name",
};

/// Sensitive field in a text.
pub static SENSITIVE_PLACEHOLDER: Rule = Rule {
    code: "N0131",
    severity: Severity::Error,
    title: "sensitive field in a text",
    label: "this field may not be shown",
    help: "leave it out of the text; it stays a field of the record. A field that may be shown says why: `expose = \"reason\"`",
};

/// Text too long.
pub static TEXT_TOO_LONG: Rule = Rule {
    code: "N0132",
    severity: Severity::Error,
    title: "text too long",
    label: "the literal text has more than 100 characters",
    help: "say it shorter; details belong into fields",
};

/// Text is only an id.
pub static TEXT_ONLY_ID: Rule = Rule {
    code: "N0133",
    severity: Severity::Error,
    title: "text is only an id",
    label: "this text does not say what happens",
    help: "write a plain English line around the value",
};

/// Text is empty.
pub static TEXT_EMPTY: Rule = Rule {
    code: "N0134",
    severity: Severity::Error,
    title: "text is empty",
    label: "this text says nothing",
    help: "write a plain English line, or remove the key",
};

/// Unknown outcome action.
pub static UNKNOWN_OUTCOME: Rule = Rule {
    code: "N0135",
    severity: Severity::Error,
    title: "unknown outcome action",
    label: "this actor has no such action",
    help: "declare it as an action of the same actor",
};

/// Action is its own outcome.
pub static OUTCOME_ITSELF: Rule = Rule {
    code: "N0136",
    severity: Severity::Error,
    title: "action is its own outcome",
    label: "an action cannot be its own outcome",
    help: "name another action, or leave the key out: the outcome then carries the action's own name",
};

/// Failure below warn.
pub static FAILURE_TOO_QUIET: Rule = Rule {
    code: "N0137",
    severity: Severity::Error,
    title: "failure below warn",
    label: "this action tells a failure",
    help: "write `level = \"warn\"` or `\"error\"`, or remove the level: it is `warn` then",
};

/// Outcome both ok and failed.
pub static OUTCOME_AMBIGUOUS: Rule = Rule {
    code: "N0138",
    severity: Severity::Error,
    title: "outcome both ok and failed",
    label: "this action tells a success elsewhere",
    help: "use two actions, so that a reader can tell success from failure",
};

/// Unknown replacement.
pub static UNKNOWN_REPLACEMENT: Rule = Rule {
    code: "N0139",
    severity: Severity::Error,
    title: "unknown replacement",
    label: "no such name",
    help: "`use` names what replaces the deprecated name, of the same kind",
};

/// Redaction rule incomplete.
pub static RULE_INCOMPLETE: Rule = Rule {
    code: "N0140",
    severity: Severity::Error,
    title: "redaction rule incomplete",
    label: "a rule needs a name and one pattern",
    help: "give it a `name` and either `regex` or `prefix`",
};

/// Not the path of a crate.
pub static BAD_CRATE_PATH: Rule = Rule {
    code: "N0141",
    severity: Severity::Error,
    title: "not the path of a crate",
    label: "no path to the runtime crate",
    help: "write a Rust path: `crate = \"my_facade::narration\"`",
};

/// More problems than are listed.
pub static MORE_PROBLEMS: Rule = Rule {
    code: "N0142",
    severity: Severity::Error,
    title: "more problems than are listed",
    label: "there are more",
    help: "solve those listed first",
};

/// All of them, by code.
pub static ALL: &[&Rule] = &[
    &NO_VOCABULARY,
    &UNREADABLE,
    &TOML_SYNTAX,
    &UNKNOWN_KEY,
    &WRONG_TYPE,
    &UNKNOWN_WORD,
    &VERSION_MISSING,
    &VERSION_UNSUPPORTED,
    &DUPLICATE,
    &BAD_NAME,
    &RESERVED_NAME,
    &EXTENDS_UNREADABLE,
    &EXTENDS_CYCLE,
    &BASES_DISAGREE,
    &EMPTY_VOCABULARY,
    &TYPE_MISSING,
    &ENUM_WITHOUT_VALUES,
    &VALUE_TWICE,
    &VALUES_WITHOUT_ENUM,
    &UNIT_MISFIT,
    &CLASS_MISFIT,
    &BUILTIN_REDECLARED,
    &UNUSED_FIELD,
    &REASON_MISSING,
    &UNKNOWN_FIELD,
    &TARGET_NOT_LISTED,
    &FIELD_TWICE,
    &TOO_MANY_FIELDS,
    &BAD_TEMPLATE,
    &PLACEHOLDER_NOT_LISTED,
    &SENSITIVE_PLACEHOLDER,
    &TEXT_TOO_LONG,
    &TEXT_ONLY_ID,
    &TEXT_EMPTY,
    &UNKNOWN_OUTCOME,
    &OUTCOME_ITSELF,
    &FAILURE_TOO_QUIET,
    &OUTCOME_AMBIGUOUS,
    &UNKNOWN_REPLACEMENT,
    &RULE_INCOMPLETE,
    &BAD_CRATE_PATH,
    &MORE_PROBLEMS,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_counted_without_a_gap() {
        for (index, rule) in ALL.iter().enumerate() {
            assert_eq!(rule.code, format!("N{:04}", 101 + index), "{}", rule.title);
        }
    }

    #[test]
    fn every_rule_says_what_is_wrong_and_the_way_out_in_its_own_words() {
        for rule in ALL {
            assert!(!rule.label.is_empty() && !rule.help.is_empty(), "{}", rule.code);
            let same = ALL.iter().filter(|other| other.title == rule.title);
            assert_eq!(same.count(), 1, "{}", rule.title);
        }
    }
}
