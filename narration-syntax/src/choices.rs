//! What could have been meant, and what is allowed: the lines under a fault.
//!
//! In: a wrong word and the right ones. Out: lines of plain English, kept short.

use narration_taxonomy::nearest::nearest;

/// How many names a list shows before it is cut.
const SHOWN: usize = 10;

/// How many characters of a token are shown.
const TOKEN: usize = 40;

/// `did you mean ‹name›?`, if one of the known words is near.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(wrong, known).map(|name| format!("did you mean `{name}`?"))
}

/// `label: a, b, c (place)`, cut after ten; `none` when there are none.
pub(crate) fn listed<'a>(
    label: &str,
    names: impl IntoIterator<Item = &'a str>,
    place: &str,
) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown = if names.is_empty() { "none".to_owned() } else { capped(&names) };
    let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
    format!("{label}: {shown}{place}")
}

/// The names with commas, at most ten of them.
pub(crate) fn capped<S: AsRef<str>>(names: &[S]) -> String {
    let shown = names.iter().take(SHOWN).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The lines, at most ten of them, and how many more there are.
pub(crate) fn shortened_list(mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}

/// The names in backticks, as a sentence has them: `a`, `b` and `c`.
pub(crate) fn quoted<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", capped(rest)),
        None => String::new(),
    }
}

/// A token as a message shows it.
pub(crate) fn shortened(token: &str) -> String {
    if token.chars().count() <= TOKEN {
        return token.to_owned();
    }
    token.chars().take(TOKEN).chain(['…']).collect()
}
