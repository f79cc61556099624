//! Texts in, pieces and faults out.

use proptest::prelude::*;

use super::*;

fn faults(text: &str) -> Vec<(TemplateFaultKind, &str)> {
    parse(text).1.into_iter().map(|fault| (fault.kind, &text[fault.range])).collect()
}

#[test]
fn a_text_is_cut_at_its_placeholders() {
    let text = "On '{pool_id}': {jobs:>4} of {{all}}";
    let (template, faults) = parse(text);
    assert_eq!(faults, []);
    assert_eq!(
        template.pieces,
        [
            Piece::Literal { text: "On '".into(), range: 0..4 },
            Piece::Placeholder { name: "pool_id".into(), spec: String::new(), range: 4..13 },
            Piece::Literal { text: "': ".into(), range: 13..16 },
            Piece::Placeholder { name: "jobs".into(), spec: ">4".into(), range: 16..25 },
            Piece::Literal { text: " of {all}".into(), range: 25..36 },
        ]
    );
    assert_eq!(template.literal_len(), 16);
}

#[test]
fn every_fault_is_told_with_its_place() {
    assert_eq!(
        faults("{} {0} {:?} } {a-b} {len()} {x:y} {x:>w$} {x:.*} {"),
        [
            (TemplateFaultKind::Positional, "{}"),
            (TemplateFaultKind::Positional, "{0}"),
            (TemplateFaultKind::Positional, "{:?}"),
            (TemplateFaultKind::Stray, "}"),
            (TemplateFaultKind::BadName("a-b".into()), "{a-b}"),
            (TemplateFaultKind::BadName("len()".into()), "{len()}"),
            (TemplateFaultKind::BadSpec("y".into()), "{x:y}"),
            (TemplateFaultKind::SpecArgument(">w$".into()), "{x:>w$}"),
            (TemplateFaultKind::SpecArgument(".*".into()), "{x:.*}"),
            (TemplateFaultKind::Unclosed, "{"),
        ]
    );
}

#[test]
fn an_open_brace_does_not_swallow_the_next_placeholder() {
    let (template, faults) = parse("{ and {jobs}");
    assert_eq!(faults.len(), 1);
    assert_eq!(template.placeholders().map(|(name, _)| name).collect::<Vec<_>>(), ["jobs"]);
}

#[test]
fn specs_are_those_of_std() {
    for spec in [
        "", ">8.2", "*^10", "+", "-5", "#x", "#010b", "08.3", "x?", "X?", "?", "#?", "e", "E",
        "é<9",
    ] {
        assert_eq!(spec_fault(spec), None, "{spec}");
    }
    for spec in ["p", "5.", "..2", "zz", "#x#", "> 8", "99999999", "xx", "?x"] {
        assert!(spec_fault(spec).is_some(), "{spec}");
    }
}

#[test]
fn blanks_before_the_closing_brace_are_std_too() {
    let (template, faults) = parse("{a } {b:? }");
    assert_eq!(faults, []);
    assert_eq!(template.placeholders().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_text_without_a_word_is_only_an_id() {
    assert!(parse("{id}").0.is_only_an_id());
    assert!(parse("#{id}: 12").0.is_only_an_id());
    assert!(!parse("job {id}").0.is_only_an_id());
    assert!(!parse("").0.is_only_an_id());
    assert!(!parse("é {id}").0.is_only_an_id());
}

proptest! {
    #[test]
    fn nothing_panics_and_every_range_can_be_sliced(text in "[{}a-c:0-9$*.?é ]{0,40}") {
        let (template, faults) = parse(&text);
        for piece in &template.pieces {
            let (Piece::Literal { range, .. } | Piece::Placeholder { range, .. }) = piece;
            prop_assert!(text.get(range.clone()).is_some());
        }
        for fault in &faults {
            prop_assert!(!text[fault.range.clone()].is_empty());
        }
    }

    #[test]
    fn escaping_a_text_makes_it_literal(text in "\\PC{0,40}") {
        let (template, faults) = parse(&text.replace('{', "{{").replace('}', "}}"));
        prop_assert_eq!(faults, vec![]);
        let told: String = template.literals().collect();
        prop_assert_eq!(told, text);
    }
}
