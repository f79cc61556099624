//! Markers: the name of a rule goes in, what stands in a secret's place comes out.

/// Writes `[redacted:rule]`.
pub(crate) fn push(text: &mut String, rule: &str) {
    text.push_str("[redacted:");
    text.push_str(rule);
    text.push(']');
}

/// The length of a marker at the start of a text, 0 if there is none.
#[must_use]
pub(crate) fn len(text: &str) -> usize {
    let opens = ["[redacted:", "[truncated:", "[email:", "[card:", "[iban:", "[phone:", "[ip:"];
    if !opens.iter().any(|open| text.starts_with(open)) {
        return 0;
    }
    text.bytes().take(80).position(|byte| byte == b']').map_or(0, |place| place + 1)
}
