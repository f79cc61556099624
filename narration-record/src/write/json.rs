//! `json`: one flat object a line, the head's keys first.

use super::Tail;
use crate::Level;
use crate::escape;
use crate::head::Head;

pub(super) fn write(out: &mut String, head: &Head<'_>, tail: Tail<'_>) {
    out.push_str("{\"timestamp\":\"");
    trusted(out, head, head.timestamp);
    out.push_str(level_between(head.level));
    trusted(out, head, head.actor);
    out.push_str("\",\"action\":\"");
    trusted(out, head, head.action);
    if let Some(target) = head.target {
        out.push_str("\",\"target\":\"");
        escape::quoted(out, target);
    }
    out.push_str("\",\"human\":\"");
    escape::quoted(out, head.human);
    out.push('"');
    tail.append(out);
    out.push_str("}\n");
}

/// Appends the time, the actor or the action.
fn trusted(out: &mut String, head: &Head<'_>, text: &str) {
    if head.declared {
        out.push_str(text);
    } else {
        escape::quoted(out, text);
    }
}

/// Everything between the time and the actor: one copy instead of three.
fn level_between(level: Level) -> &'static str {
    match level {
        Level::Trace => "\",\"level\":\"trace\",\"actor\":\"",
        Level::Debug => "\",\"level\":\"debug\",\"actor\":\"",
        Level::Info => "\",\"level\":\"info\",\"actor\":\"",
        Level::Warn => "\",\"level\":\"warn\",\"actor\":\"",
        Level::Error => "\",\"level\":\"error\",\"actor\":\"",
    }
}
