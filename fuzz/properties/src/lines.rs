//! Lines that nobody can forge.
//!
//! In: a line as a writer made it. Out: an assertion that it is one line and
//! drives no terminal.

/// One line, ended, of characters that do nothing.
pub(crate) fn harmless(line: &str) {
    let inside = line.strip_suffix('\n').expect("an ended line");
    for c in inside.chars() {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let breaks = matches!(c, '\u{2028}' | '\u{2029}');
        assert!(!c.is_control() && !turns && !breaks, "{c:?} in {line:?}");
    }
}
