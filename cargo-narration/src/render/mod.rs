//! A story for eyes and for programs: in goes a `View`, out comes text. Nothing prints here.
//!
//! Whatever a log says is shown so that it can neither drive a terminal nor run in a browser.

pub(crate) mod compared;
mod duration;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod mermaid;
pub(crate) mod text;
pub(crate) mod user;
mod view;
mod visible;

pub(crate) use duration::{clock, span};
pub(crate) use view::{Filter, View};
pub(crate) use visible::{columns, cut, pad, visible};

use crate::logs::Source;
use crate::story::{Selection, Story};

/// A story in every form it has, each with its name as `--format` knows it.
#[must_use]
pub fn every_form(
    selection: &Selection,
    story: &Story,
    sources: &[Source],
) -> [(&'static str, String); 5] {
    let view = View::new(selection, story, sources, &Filter::default());
    // Memory takes whatever is written to it.
    let mut text = Vec::new();
    let _ = text::write(&mut text, &view, usize::MAX);
    let told = json::Told { view: &view, comparison: None, around: None };
    [
        ("text", String::from_utf8_lossy(&text).into_owned()),
        ("json", serde_json::to_string(&told).unwrap_or_default()),
        ("markdown", markdown::render(&view)),
        ("mermaid", mermaid::render(&view)),
        ("html", html::render(&view)),
    ]
}
