//! Ready-made steps.
//!
//! In: a cucumber. Out: the same with steps about the story. Each is one
//! assertion on the scenario's story, so that it fails with the same words.

use std::time::Duration;

use ::cucumber::step::Context;
use ::cucumber::{Cucumber, Parser, Step, World, Writer, runner};
use futures_util::future::LocalBoxFuture;
use regex::Regex;

use super::{NarrationWorld, Scenario};
use crate::fail;

/// Every step: its expression, and what it asserts.
fn steps<W: NarrationWorld>() -> [(&'static str, Step<W>); 14] {
    [
        ("^the story includes (.+)$", includes),
        ("^the story does not include (.+)$", excludes),
        ("^the story tells (.+) (once|[0-9]+ times)$", tells),
        ("^the story tells in order:?$", in_order),
        (r"^the story will include (.+) within ([0-9]+) (ms|s)$", will_include),
        ("^field (.+) is present$", has_field),
        ("^field (.+) is absent$", lacks_field),
        (r#"^field ("[^"]+"|[a-z0-9_]+) is ("[^"]*"|'[^']*'|[0-9.+-]+|true|false)$"#, field_is),
        ("^the correlation id is present$", correlated),
        (r#"^the correlation id is ("[^"]+"|'[^']+')$"#, correlated_by),
        ("^there is one correlation id$", correlated_by_one),
        ("^actor (.+) narrates action (.+)$", acts),
        ("^nothing failed$", nothing_failed),
        ("^no secret is narrated$", no_secret),
    ]
}

/// Adds every step.
pub(super) fn add<W, P, I, Wr>(
    cucumber: Cucumber<W, P, I, runner::Basic<W>, Wr>,
) -> Cucumber<W, P, I, runner::Basic<W>, Wr>
where
    W: World + NarrationWorld,
    P: Parser<I>,
    Wr: Writer<W>,
{
    let required = format!("^{}$", super::parser::STEP);
    let all = steps().into_iter().chain([(required.as_str(), narrates as Step<W>)]);
    all.fold(cucumber, |cucumber, (pattern, step)| match Regex::new(pattern) {
        Ok(pattern) => cucumber.then(pattern, step),
        // A test runs every step.
        Err(_) => cucumber,
    })
}

/// What comes of a step.
type Done<'w> = LocalBoxFuture<'w, ()>;

/// Claims something about the scenario's story.
fn claim<W: NarrationWorld>(world: &mut W, claim: impl FnOnce(&Scenario)) -> Done<'_> {
    claim(world.narration());
    Box::pin(std::future::ready(()))
}

/// What a step says in one of its places, counted from 1, without its quotes.
fn said(step: &Context, place: usize) -> &str {
    let text = step.matches.get(place).map_or("", |(_, text)| text.as_str());
    ['"', '\'']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(text)
}

fn includes<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    claim(world, |story| drop(story.assert_narration_includes(said(&step, 1))))
}

fn excludes<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    claim(world, |story| story.assert_narration_excludes(said(&step, 1)))
}

fn tells<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    let count = said(&step, 2).trim_end_matches(" times").parse().unwrap_or(1);
    claim(world, |story| story.assert_narration_count(said(&step, 1), count))
}

fn in_order<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    let rows = step.step.table.map(|table| table.rows).unwrap_or_default();
    let texts: Vec<_> = rows.concat();
    if texts.is_empty() {
        fail::now("this step needs a table: one row for each text, in their order");
    }
    claim(world, |story| story.assert_order(&texts))
}

fn will_include<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    Box::pin(async move {
        let count = said(&step, 2).parse().unwrap_or(u64::MAX);
        let most = if said(&step, 3) == "s" {
            Duration::from_secs(count)
        } else {
            Duration::from_millis(count)
        };
        world.narration().wait_in_step(said(&step, 1), most).await;
    })
}

fn has_field<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    claim(world, |story| drop(story.narrations().has(said(&step, 1)).assert_present()))
}

fn lacks_field<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    claim(world, |story| story.assert_field_absent(said(&step, 1)))
}

fn field_is<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    claim(world, |story| drop(story.assert_field_present(said(&step, 1), said(&step, 2))))
}

fn correlated<W: NarrationWorld>(world: &mut W, _: Context) -> Done<'_> {
    claim(world, |story| story.assert_correlation_id_present())
}

fn correlated_by<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    claim(world, |story| drop(story.assert_correlation_id(said(&step, 1))))
}

fn correlated_by_one<W: NarrationWorld>(world: &mut W, _: Context) -> Done<'_> {
    claim(world, |story| drop(story.assert_one_correlation_id()))
}

fn acts<W: NarrationWorld>(world: &mut W, step: Context) -> Done<'_> {
    let (actor, action) = (said(&step, 1), said(&step, 2));
    claim(world, |story| drop(story.actor(actor).action(action).assert_present()))
}

fn nothing_failed<W: NarrationWorld>(world: &mut W, _: Context) -> Done<'_> {
    claim(world, |story| story.assert_nothing_failed())
}

fn no_secret<W: NarrationWorld>(world: &mut W, _: Context) -> Done<'_> {
    claim(world, |story| story.assert_no_secrets())
}

fn narrates<W: NarrationWorld>(world: &mut W, _: Context) -> Done<'_> {
    claim(world, |story| drop(story.narrations().assert_present()))
}
