//! A story as one self-contained page: in goes a view, out comes HTML with everything in it.
//!
//! What the logs say travels as JSON in a block that no browser runs, and the page's own script
//! puts it in place as text. A policy in the page's head allows that one script and nothing else,
//! so that no line of a log can become one.

mod data;

use std::io::{self, Write};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::View;
use crate::json_text;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Writes the story as a page, a step at a time.
pub(crate) fn write(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    // However the sources were checked out, a browser reads line feeds alone.
    let script = SCRIPT.replace("\r\n", "\n");
    let begin = html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        (head(view, &script))
        (PreEscaped("<body>"))
        (frame(view))
        (PreEscaped("<script type=\"application/json\" id=\"data\">"))
    };
    out.write_all(begin.into_string().as_bytes())?;
    json_text::write_inert(&mut *out, &data::Page { view })?;
    let end = html! {
        (PreEscaped("</script>"))
        script { (PreEscaped(&script)) }
        (PreEscaped("</body></html>"))
    };
    out.write_all(end.into_string().as_bytes())
}

fn head(view: &View<'_>, script: &str) -> Markup {
    // What the page may run is named by what it says, which no line of a log can equal.
    let allowed = BASE64_STANDARD.encode(Sha256::digest(script));
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    );
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (view.name()) " · story" }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn frame(view: &View<'_>) -> Markup {
    html! {
        header {
            h1 { span #name { (view.name()) } " " span #ending {} }
            p #summary {}
            ul #findings {}
            div #services role="group" aria-label="Services" {}
            div #tools {
                input #search type="search" placeholder="Search (/)" aria-label="Search in steps";
                select #level aria-label="Least level" {
                    @for level in ["trace", "debug", "info", "warn", "error"] {
                        option value=(level) { (level) }
                    }
                }
                label { input #failures type="checkbox"; " failures only" }
                button #theme type="button" { "light / dark (t)" }
                span #count role="status" {}
            }
        }
        main #list tabindex="0" role="listbox" aria-label="Steps" { div #space { div #rows {} } }
        aside #detail aria-live="polite" hidden {}
        footer {
            "↑ ↓ or k j: step · Home End · n: next failure · Enter: details · /: search · Esc: back"
        }
        noscript { "This page needs its script; cargo narration story prints the same as text." }
    }
}
