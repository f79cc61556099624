//! The fields of a line: in go those inherited from the span and the event's own; out comes their
//! text in the order of the record, each name once.

use crate::fields::{Fields, Mark};

/// Appends both lists as one: by rank, the inherited first among equals, and an event's own field
/// instead of its span's.
pub(crate) fn append(out: &mut String, inherited: Option<&Fields>, own: Option<&Fields>) {
    match (inherited, own) {
        (None, None) => {}
        (Some(fields), None) | (None, Some(fields)) => append_all(out, fields),
        (Some(inherited), Some(own)) => append_both(out, inherited, own),
    }
}

fn append_all(out: &mut String, fields: &Fields) {
    if fields.in_order {
        out.push_str(&fields.text);
        return;
    }
    for mark in &fields.marks {
        append_one(out, fields, mark);
    }
}

fn append_both(out: &mut String, inherited: &Fields, own: &Fields) {
    if follows(inherited, own) {
        append_all(out, inherited);
        append_all(out, own);
        return;
    }
    let mut rest = own.marks.as_slice();
    for mark in inherited.marks.iter().filter(|mark| !own.contains(mark.name)) {
        let earlier = rest.partition_point(|own| own.name.rank < mark.name.rank);
        let (before, after) = rest.split_at(earlier);
        before.iter().for_each(|mark| append_one(out, own, mark));
        append_one(out, inherited, mark);
        rest = after;
    }
    rest.iter().for_each(|mark| append_one(out, own, mark));
}

/// Whether all own fields come behind all inherited ones and none hides another: the usual case,
/// a span with context fields around an event with fields of its action.
fn follows(inherited: &Fields, own: &Fields) -> bool {
    let (Some(last), Some(first)) = (inherited.marks.last(), own.marks.first()) else {
        return true;
    };
    last.name.rank <= first.name.rank && inherited.bits & own.bits == 0
}

fn append_one(out: &mut String, fields: &Fields, mark: &Mark) {
    out.push_str(&fields.text[mark.start..mark.end]);
}
