//! `pretty`: a line for eyes on a terminal, the text in the middle and the fields behind it.

use super::Tail;
use crate::Level;
use crate::head::Head;
use crate::{escape, pairs};

const RESET: &str = "\u{1b}[0m";
const DIM: &str = "\u{1b}[2m";
const CYAN: &str = "\u{1b}[36m";

pub(super) fn write(out: &mut String, colour: bool, head: &Head<'_>, tail: Tail<'_>) {
    painted(out, colour, DIM, |out| escape::visible(out, time_of_day(head.timestamp)));
    out.push(' ');
    painted(out, colour, paint_of(head.level), |out| out.push_str(word_of(head.level)));
    out.push(' ');
    painted(out, colour, CYAN, |out| {
        escape::visible(out, head.actor);
        out.push(' ');
        escape::visible(out, head.action);
    });
    out.push_str("  ");
    escape::visible(out, head.human);
    // A target that the text names already would only be noise.
    let target = head.target.filter(|target| !head.human.contains(target));
    if target.is_some() || !tail.is_empty() {
        painted(out, colour, DIM, |out| {
            if let Some(target) = target {
                out.push_str(" target=");
                pairs::value(out, target);
            }
            tail.append(out);
        });
    }
    out.push('\n');
}

fn painted(out: &mut String, colour: bool, paint: &str, write: impl FnOnce(&mut String)) {
    if colour {
        out.push_str(paint);
    }
    write(out);
    if colour {
        out.push_str(RESET);
    }
}

/// Hours to milliseconds of a stamp; a stamp of another shape stays whole.
fn time_of_day(stamp: &str) -> &str {
    match stamp.split_once('T') {
        Some((_, time)) => time.get(.."18:34:05.123".len()).unwrap_or(stamp),
        None => stamp,
    }
}

/// The level as wide as the widest, so that what follows stands in columns.
fn word_of(level: Level) -> &'static str {
    match level {
        Level::Trace => "TRACE",
        Level::Debug => "DEBUG",
        Level::Info => "INFO ",
        Level::Warn => "WARN ",
        Level::Error => "ERROR",
    }
}

fn paint_of(level: Level) -> &'static str {
    match level {
        Level::Trace => "\u{1b}[35m",
        Level::Debug => "\u{1b}[34m",
        Level::Info => "\u{1b}[32m",
        Level::Warn => "\u{1b}[33m",
        Level::Error => "\u{1b}[31m",
    }
}
