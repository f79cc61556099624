//! Fields, guessed from what is shown.
//!
//! In: expressions and names. Out: names that fields may have, and the type and
//! class that a name suggests. A guess errs on the side that hides more.

use narration_redact::is_secret_name;
use narration_taxonomy::names::NameKind;
use narration_taxonomy::{Class, Type, builtin_rank};
use proc_macro2::TokenTree;

/// What an expression is called that has no name.
const NAMELESS: &str = "value";

/// Words that say how a value is turned to text, not what it is.
const MANNERS: [&str; 17] = [
    "self",
    "as_str",
    "as_ref",
    "to_string",
    "to_owned",
    "clone",
    "display",
    "unwrap",
    "unwrap_or_default",
    "unwrap_or",
    "expect",
    "into",
    "iter",
    "get",
    "borrow",
    "await",
    "lock",
];

/// The name of what an expression shows: its last words, `task.id` is `task_id`.
pub(super) fn name_of(expression: &[TokenTree]) -> String {
    let words: Vec<String> = expression
        .iter()
        .filter_map(|token| match token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        })
        .filter(|word| !MANNERS.contains(&word.as_str()))
        .collect();
    let last = words.get(words.len().saturating_sub(2)..).unwrap_or_default();
    if last.is_empty() { NAMELESS.to_owned() } else { usable(&last.join("_")) }
}

/// The field of `name`, `%name`, `?name` or `name = value`; `target: "…"` is none.
pub(super) fn field_of(part: &[TokenTree]) -> Option<String> {
    let is = |token: &TokenTree, marks: &[char]| matches!(token, TokenTree::Punct(punct) if marks.contains(&punct.as_char()));
    let part = match part {
        [sigil, rest @ ..] if is(sigil, &['%', '?']) => rest,
        part => part,
    };
    if part.iter().any(|token| is(token, &[':'])) {
        return None;
    }
    let name: Vec<TokenTree> =
        part.iter().take_while(|token| !is(token, &['='])).cloned().collect();
    matches!(name.first(), Some(TokenTree::Ident(_))).then(|| name_of(&name))
}

/// The name as a field may have it.
pub(super) fn usable(name: &str) -> String {
    if matches!(name, "e" | "err" | "error") {
        return "error".to_owned();
    }
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let kept = NameKind::Field.corrected(&kept).unwrap_or(kept);
    let kept = kept.trim_start_matches(['_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let kept = if kept.is_empty() { NAMELESS } else { kept };
    match NameKind::Field.fault(kept) {
        None => kept.to_owned(),
        // A word of the record or of Rust.
        Some(_) => format!("{}_value", kept.chars().take(50).collect::<String>()),
    }
}

/// Whether every vocabulary has the field.
pub(super) fn is_built_in(name: &str) -> bool {
    builtin_rank(name).is_some()
}

/// What a field of this name probably holds.
pub(super) fn guess(name: &str) -> (Type, Option<Class>) {
    let words: Vec<&str> = name.split('_').collect();
    let ends = |endings: &[&str]| words.last().is_some_and(|last| endings.contains(last));
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if is_secret_name(name) {
        (Type::String, Some(Class::Secret))
    } else if has(&["prompt", "completion", "body", "content", "payload"]) {
        (Type::String, Some(Class::Content))
    } else if has(&["email", "phone", "username", "customer", "address"]) {
        (Type::String, Some(Class::Pii))
    } else if ends(&["id", "uuid", "sha", "digest", "hash", "version"]) {
        (Type::String, Some(Class::Id))
    } else if ends(&["path", "file", "dir", "folder", "directory"]) {
        (Type::String, Some(Class::Path))
    } else if ends(&["url", "uri", "endpoint"]) {
        (Type::String, Some(Class::Url))
    } else if ends(&[
        "count", "len", "bytes", "size", "ms", "port", "pid", "total", "attempt", "attempts",
        "retries", "jobs", "position", "slots",
    ]) {
        (Type::U64, None)
    } else {
        (Type::String, None)
    }
}
