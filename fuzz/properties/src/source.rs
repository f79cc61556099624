//! A source file as the reader scans it: what is found lies in the file.
//!
//! In: the text of a `.rs` file, whether it compiles or not. Out: calls with
//! their places.

use narration_syntax::scan::{Found, calls};

use crate::spans::tokens;

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if tokens(text).is_none() && !text.starts_with("#!") {
        return;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    match calls(text) {
        Ok(found) => {
            for call in found {
                let line = lines.get(call.line - 1).expect("a line of the file");
                assert!((1..=line.chars().count()).contains(&call.column), "{}", call.column);
                if let Found::Macro { path, range, .. } = call.call {
                    let shown = text.get(range).expect("a part of the file");
                    assert!(shown.ends_with([')', ']', '}']), "{shown}");
                    assert!(!path.is_empty() && !path.contains(' '), "{path}");
                }
            }
        }
        Err(unread) => assert!((1..=lines.len() + 1).contains(&unread.line), "{unread}"),
    }
}
