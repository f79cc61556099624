//! Where the time went, as text: by service, by action, the critical path, what was slowest.

use std::fmt::Write as _;

use super::{BOLD, DIM, WARNING, colour};
use crate::logs::Nanos;
use crate::render::{View, columns, pad, span, visible};
use crate::story::{Deed, deed};

/// How many columns a share of everything takes.
const BAR: f64 = 24.0;

/// So many actions and pieces are shown; the JSON has all.
const MOST: usize = 8;

pub(super) fn write(out: &mut String, view: &View<'_>) {
    let story = view.story;
    let totals = &story.totals;
    if totals.elapsed() > 0 {
        shares(out, view);
        path(out, view);
    }
    if let Some(piece) = &totals.slowest_step {
        let (actor, action) = deed(piece, &story.steps, &story.operations);
        let (actor, action) = (visible(&actor), visible(&action));
        let _ = writeln!(out, "slowest step  {actor} {action}, {}", span(piece.length()));
    }
    if let Some(hop) = &totals.slowest_hop
        && let (Some(from), Some(to)) = (story.steps.get(hop.from), story.steps.get(hop.to))
    {
        let _ = writeln!(
            out,
            "slowest hop   {} {} → {} {}, {}",
            visible(&from.entry.actor),
            visible(&from.entry.action),
            visible(&to.entry.actor),
            visible(&to.entry.action),
            span(hop.time)
        );
    }
    losses(out, view);
}

fn shares(out: &mut String, view: &View<'_>) {
    let totals = &view.story.totals;
    let services = view.services();
    let names = totals.services.iter().map(|share| columns(&visible(&share.of)));
    let deeds = totals.actions.iter().take(MOST);
    let deeds =
        deeds.map(|share| columns(&visible(&share.of.0)) + 1 + columns(&visible(&share.of.1)));
    let width = names.chain(deeds).max().unwrap_or(0);
    let _ = writeln!(out, "\n{BOLD}where the time went{BOLD:#}");
    for share in &totals.services {
        let style = colour(&services, &share.of);
        line(out, width, &share.of, share.time, share.percent, style);
    }
    if totals.actions.len() > totals.services.len() || totals.actions.len() > 1 {
        let _ = writeln!(out, "{DIM}by action{DIM:#}");
        for share in totals.actions.iter().take(MOST) {
            let style = colour(&services, &share.of.0);
            let name = format!("{} {}", share.of.0, share.of.1);
            line(out, width, &name, share.time, share.percent, style);
        }
    }
}

fn line(
    out: &mut String,
    width: usize,
    name: &str,
    time: Nanos,
    percent: f64,
    style: anstyle::Style,
) {
    // A share is between 0 and 100.
    let bar = "█".repeat((percent / 100.0 * BAR).round() as usize);
    let (name, time) = (pad(&visible(name), width), span(time));
    let _ = writeln!(out, "  {name}  {time:>10}  {percent:>5.1} %  {style}{bar}{style:#}");
}

fn path(out: &mut String, view: &View<'_>) {
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
        let _ = writeln!(out, "critical path {}", shown.join(" → "));
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
