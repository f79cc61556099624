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
pub(crate) use visible::{columns, cut, hidden, pad, visible};

use std::io::{self, Write};

use crate::json_text;
use crate::logs::Source;
use crate::story::{Selection, Story};

/// The forms a story has, as `--format` knows them.
pub const FORMS: [&str; 5] = ["text", "json", "markdown", "mermaid", "html"];

/// Writes a story in a form, as text where there is none of that name.
///
/// # Errors
///
/// Whatever the writer says.
pub fn write_form(
    mut out: &mut dyn Write,
    form: &str,
    selection: &Selection,
    story: &Story,
    sources: &[Source],
) -> io::Result<()> {
    let view = View::new(selection, story, sources, &Filter::default());
    match form {
        "json" => {
            let told = json::Told { view: &view, comparison: None, around: None };
            json_text::write_line(&mut out, &told)
        }
        "markdown" => markdown::write(out, &view),
        "mermaid" => mermaid::write(out, &view),
        "html" => html::write(out, &view),
        _ => text::write(out, &view, usize::MAX),
    }
}

/// A story in every form it has, each with its name.
#[must_use]
pub fn every_form(
    selection: &Selection,
    story: &Story,
    sources: &[Source],
) -> [(&'static str, String); 5] {
    FORMS.map(|form| {
        let mut text = Vec::new();
        // Memory takes whatever is written to it.
        let _ = write_form(&mut text, form, selection, story, sources);
        (form, String::from_utf8_lossy(&text).into_owned())
    })
}
