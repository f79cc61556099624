//! A story as one self-contained page: in goes a view, out comes HTML with everything in it.
//!
//! What the logs say travels as JSON in a block that no browser runs, and the page's own script
//! puts it in place as text. A policy in the page's head allows that one script and nothing else,
//! so that no line of a log can become one.

mod data;

use std::hash::{DefaultHasher, Hasher as _};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::View;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The story as a page.
pub(crate) fn render(view: &View<'_>) -> String {
    let data = inert(&data::of(view).to_string());
    // No line of a log can know what comes out when all of them are taken together.
    let mut hasher = DefaultHasher::new();
    hasher.write(data.as_bytes());
    let nonce = format!("{:016x}", hasher.finish());
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (view.name()) " · story" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (frame(view))
                script type="application/json" id="data" { (PreEscaped(&data)) }
                script nonce=(nonce) { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
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

/// JSON that cannot end the block it stands in, whatever its strings say.
fn inert(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => inert.push_str("\\u003c"),
            '>' => inert.push_str("\\u003e"),
            '&' => inert.push_str("\\u0026"),
            '\u{2028}' => inert.push_str("\\u2028"),
            '\u{2029}' => inert.push_str("\\u2029"),
            c => inert.push(c),
        }
    }
    inert
}
