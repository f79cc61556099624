//! Values as TOML writes them.
//!
//! In: strings. Out: what stands in a file and reads back as the same.

/// A string in quotes.
pub(crate) fn quoted(text: &str) -> String {
    // JSON's escapes are TOML's too; one control character is missing among them.
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007f")
}

/// A list of strings.
pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<_> = items.into_iter().map(|item| quoted(&item)).collect();
    format!("[{}]", items.join(", "))
}
