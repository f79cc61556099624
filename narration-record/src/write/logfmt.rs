//! `logfmt`: `key=value` pairs with the keys of the JSON record, for `grep` and its kin.

use super::Tail;
use crate::head::Head;
use crate::pairs;

pub(super) fn write(out: &mut String, head: &Head<'_>, tail: Tail<'_>) {
    out.push_str("timestamp=");
    pairs::value(out, head.timestamp);
    out.push_str(" level=");
    out.push_str(head.level.as_str());
    out.push_str(" actor=");
    pairs::value(out, head.actor);
    out.push_str(" action=");
    pairs::value(out, head.action);
    if let Some(target) = head.target {
        out.push_str(" target=");
        pairs::value(out, target);
    }
    out.push_str(" human=");
    pairs::value(out, head.human);
    tail.append(out);
    out.push('\n');
}
