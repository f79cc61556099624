//! `story`: who, what, and the text; a flow that reads from top to bottom.

use crate::escape;
use crate::head::Head;

pub(super) fn write(out: &mut String, head: &Head<'_>) {
    out.push('[');
    escape::visible(out, head.actor);
    out.push_str("] ");
    escape::visible(out, head.action);
    out.push_str(": ");
    escape::visible(out, head.human);
    out.push('\n');
}
