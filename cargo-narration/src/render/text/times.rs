//! Where the time went, as text: by service, by action, the critical path, what was slowest.

use std::fmt::Write as _;

use super::steps::wrap;
use super::{BOLD, DIM, WARNING, colour};
use crate::logs::Nanos;
use crate::render::{View, columns, cut, pad, span, visible};
use crate::story::{Deed, deed};

/// How many columns a share of everything takes, where there is room.
const BAR: usize = 24;

/// What stands beside the name and the bar of a share.
const BESIDE: usize = 2 + 2 + 10 + 2 + 7 + 2;

/// A name is given at least this much room.
const LEAST_NAME: usize = 12;

/// What says what a line is of, in front of it.
const LABEL: usize = 14;

/// So many actions and pieces are shown; the JSON has all.
const MOST: usize = 8;

pub(super) fn write(out: &mut String, view: &View<'_>, width: usize) {
    let story = view.story;
    let totals = &story.totals;
    if totals.elapsed() > 0 {
        shares(out, view, width);
        path(out, view, width);
    }
    if let Some(piece) = &totals.slowest_step {
        let (actor, action) = deed(piece, &story.steps, &story.operations);
        let (actor, action) = (visible(&actor), visible(&action));
        let told = format!("{actor} {action}, {}", span(piece.length()));
        paragraph(out, "slowest step", &told, width);
    }
    if let Some(hop) = &totals.slowest_hop
        && let (Some(from), Some(to)) = (story.steps.get(hop.from), story.steps.get(hop.to))
    {
        let told = format!(
            "{} {} → {} {}, {}",
            visible(&from.entry.actor),
            visible(&from.entry.action),
            visible(&to.entry.actor),
            visible(&to.entry.action),
            span(hop.time)
        );
        paragraph(out, "slowest hop", &told, width);
    }
    losses(out, view);
}

/// A text behind what it is of, broken between words.
fn paragraph(out: &mut String, label: &str, text: &str, width: usize) {
    let room = width.saturating_sub(LABEL).max(LABEL);
    let lines = wrap(text, room);
    for (at, line) in lines.into_iter().enumerate() {
        let _ = writeln!(out, "{:<LABEL$}{line}", if at == 0 { label } else { "" });
    }
}

fn shares(out: &mut String, view: &View<'_>, width: usize) {
    let totals = &view.story.totals;
    let services = view.services();
    let names = totals.services.iter().map(|share| columns(&visible(&share.of)));
    let deeds = totals.actions.iter().take(MOST);
    let deeds =
        deeds.map(|share| columns(&visible(&share.of.0)) + 1 + columns(&visible(&share.of.1)));
    let widest = names.chain(deeds).max().unwrap_or(0);
    let room = width.saturating_sub(BESIDE);
    let name = widest.min(room.max(LEAST_NAME));
    let room = Room { name, bar: room.saturating_sub(name).min(BAR) };
    let _ = writeln!(out, "\n{BOLD}where the time went{BOLD:#}");
    for share in &totals.services {
        let style = colour(&services, &share.of);
        line(out, room, &share.of, share.time, share.percent, style);
    }
    if totals.actions.len() > totals.services.len() || totals.actions.len() > 1 {
        let _ = writeln!(out, "{DIM}by action{DIM:#}");
        for share in totals.actions.iter().take(MOST) {
            let style = colour(&services, &share.of.0);
            let name = format!("{} {}", share.of.0, share.of.1);
            line(out, room, &name, share.time, share.percent, style);
        }
    }
}

/// How many columns a share has.
#[derive(Clone, Copy)]
struct Room {
    name: usize,
    bar: usize,
}

fn line(
    out: &mut String,
    room: Room,
    name: &str,
    time: Nanos,
    percent: f64,
    style: anstyle::Style,
) {
    // A share is between 0 and 100.
    let bar = "█".repeat((percent / 100.0 * room.bar as f64).round() as usize);
    let (name, time) = (pad(&cut(&visible(name), room.name), room.name), span(time));
    let _ = writeln!(out, "  {name}  {time:>10}  {percent:>5.1} %  {style}{bar}{style:#}");
}

fn path(out: &mut String, view: &View<'_>, width: usize) {
    let story = view.story;
    // What takes less than a hundredth of the whole explains nothing.
    let least = story.totals.elapsed() / 100;
    let mut way: Vec<(Deed, Nanos)> = Vec::new();
    for piece in &story.path {
        let deed = deed(piece, &story.steps, &story.operations);
        match way.last_mut() {
            Some((last, time)) if *last == deed => *time += piece.length(),
            _ => {
                way.pop_if(|(_, time)| *time < least);
                way.push((deed, piece.length()));
            }
        }
    }
    way.pop_if(|(_, time)| *time < least);
    let shown: Vec<String> = way
        .iter()
        .map(|((actor, action), time)| {
            format!("{} {} {}", visible(actor), visible(action), span(*time))
        })
        .collect();
    if !shown.is_empty() {
        paragraph(out, "critical path", &shown.join(" → "), width);
    }
}

fn losses(out: &mut String, view: &View<'_>) {
    let selection = view.selection;
    let mut tell = |count: u64, what: &str| {
        if count > 0 {
            let _ = writeln!(out, "{WARNING}{count} {what}{WARNING:#}");
        }
    };
    tell(
        view.story.totals.left_out,
        "narrations were left out around that time, as the services' sampling asks",
    );
    tell(selection.repeated, "lines were there twice and are told once");
    tell(selection.mentions, "lines name the id in their text or are cut off, and are not told");
    tell(selection.too_long, "lines were too long to look into");
}
