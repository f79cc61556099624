//! Texts with placeholders: what was cut can be put together again.
//!
//! In: a text. Out: faults and pieces that lie inside of it and, where there is
//! no fault, mean the same text.

use narration_taxonomy::template::parse;
use narration_taxonomy::{Piece, Template};

pub(crate) const WORDS: &[&str] =
    &["{", "}", "{{", "}}", "{pool_id}", "{jobs:>8.2}", "{x:?}", ":", "{:é<5}", "$", ".*", " "];

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (template, faults) = parse(text);
    let mut before = 0;
    for fault in &faults {
        assert!(text.get(fault.range.clone()).is_some(), "{fault:?} lies outside");
        assert!(fault.range.start >= before, "{fault:?} comes too late");
        before = fault.range.start;
        assert!(!fault.to_string().is_empty());
    }
    within(text, &template);
    if faults.is_empty() {
        let (again, faults) = parse(&written(&template));
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(meaning(&again), meaning(&template));
        assert!(template.literal_len() <= text.chars().count());
    }
}

/// Pieces follow each other, and a placeholder stands in braces.
fn within(text: &str, template: &Template) {
    let mut before = 0;
    for piece in &template.pieces {
        let range = match piece {
            Piece::Literal { range, .. } | Piece::Placeholder { range, .. } => range.clone(),
        };
        let shown = text.get(range.clone()).expect("a piece lies in the text");
        assert!(range.start >= before, "{piece:?} overlaps the one before");
        before = range.end;
        if let Piece::Placeholder { name, spec, .. } = piece {
            assert!(shown.starts_with('{') && shown.ends_with('}') && shown.contains(name));
            assert!(shown.contains(spec.as_str()) && !name.is_empty());
        }
    }
}

fn written(template: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal { text, .. } => text.replace('{', "{{").replace('}', "}}"),
        Piece::Placeholder { name, spec, .. } if spec.is_empty() => format!("{{{name}}}"),
        Piece::Placeholder { name, spec, .. } => format!("{{{name}:{spec}}}"),
    };
    template.pieces.iter().map(piece).collect()
}

/// The pieces without their places: text, or name and spec.
fn meaning(template: &Template) -> Vec<(&str, Option<&str>)> {
    fn of(piece: &Piece) -> (&str, Option<&str>) {
        match piece {
            Piece::Literal { text, .. } => (text, None),
            Piece::Placeholder { name, spec, .. } => (name, Some(spec)),
        }
    }
    template.pieces.iter().map(of).collect()
}
