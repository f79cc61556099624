//! What a `println!`, `log` or `tracing` macro says.
//!
//! In: a macro call. Out: its level, its text with a name in every placeholder,
//! and the names of everything it shows.

use narration_syntax::scan::Found;
use narration_taxonomy::Level;
use proc_macro2::{TokenStream, TokenTree};

use super::fields::{field_of, name_of};

/// What a place in the sources says.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// How loud.
    pub(super) level: Level,
    /// The text, `{name}` for what is shown in it.
    pub(super) text: String,
    /// The names of all that is shown.
    pub(super) fields: Vec<String>,
}

/// What a macro says, if it is one that prints or logs and has a text.
pub(crate) fn said(found: &Found) -> Option<Said> {
    let Found::Macro { path, arguments, .. } = found else { return None };
    let name = path.rsplit("::").next().unwrap_or(path);
    let parts = parts(arguments);
    let at = parts.iter().position(|part| text_of(part).is_some())?;
    let written = text_of(parts.get(at)?)?;
    let (before, behind) = (parts.get(..at)?, parts.get(at + 1..)?);
    let mut fields: Vec<String> = before.iter().filter_map(|part| field_of(part)).collect();
    let text = named(&written, behind, &mut fields);
    let mut seen = Vec::new();
    fields.retain(|field| {
        let is_new = !seen.contains(field);
        seen.push(field.clone());
        is_new
    });
    Some(Said { level: level(name, before, &text), text, fields })
}

/// What stands between the commas, or behind the semicolon of `log` and `slog`.
fn parts(arguments: &TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';'));
    let parts = tokens.split(is_end).map(<[TokenTree]>::to_vec);
    parts.filter(|part| !part.is_empty()).collect()
}

/// The text, where a part is nothing else.
fn text_of(part: &[TokenTree]) -> Option<String> {
    let [TokenTree::Literal(literal)] = part else { return None };
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

/// The text with a name in every placeholder; formats are left out, since what
/// is shown becomes a field.
fn named(text: &str, arguments: &[Vec<TokenTree>], fields: &mut Vec<String>) -> String {
    let positional: Vec<&Vec<TokenTree>> =
        arguments.iter().filter(|part| !is_named(part)).collect();
    let mut next = 0;
    let mut named = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        named.push_str(before);
        if let Some(twice) = ["{{", "}}"].into_iter().find(|twice| from.starts_with(twice)) {
            named.push_str(twice);
            rest = from.get(2..).unwrap_or_default();
            continue;
        }
        let Some(end) = from.find('}').filter(|_| from.starts_with('{')) else {
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        let inside = from.get(1..end).unwrap_or_default();
        let written = inside.split(':').next().unwrap_or_default().trim();
        let index = if written.is_empty() { next } else { written.parse().unwrap_or(usize::MAX) };
        next += usize::from(written.is_empty());
        let name = match positional.get(index) {
            Some(argument) => name_of(argument),
            None if written.starts_with(|c: char| c.is_ascii_digit()) || written.is_empty() => {
                name_of(&[])
            }
            None => super::fields::usable(written),
        };
        named.push_str(&format!("{{{name}}}"));
        fields.push(name);
        rest = from.get(end + 1..).unwrap_or_default();
    }
    named.push_str(rest);
    named.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `name = value`
fn is_named(part: &[TokenTree]) -> bool {
    matches!(part, [TokenTree::Ident(_), TokenTree::Punct(equals), next, ..]
        if equals.as_char() == '=' && !matches!(next, TokenTree::Punct(punct) if punct.as_char() == '='))
}

/// The macro's own level; that of `event!(Level::WARN, …)`; and a printed
/// failure is a warning at least.
fn level(name: &str, before: &[Vec<TokenTree>], text: &str) -> Level {
    let in_arguments = before.iter().flatten().find_map(|token| match token {
        TokenTree::Ident(word) => word.to_string().to_ascii_lowercase().parse().ok(),
        _ => None,
    });
    let own = name.parse().ok();
    if let Some(level) = own.or(in_arguments) {
        return level;
    }
    let text = text.to_ascii_lowercase();
    let fails = ["fail", "error", "cannot", "could not", "refused", "panic"];
    if fails.iter().any(|word| text.contains(word)) { Level::Warn } else { Level::Info }
}
