//! `#[narrated(…)] item`: the item lives on, whatever the attribute says.
//!
//! In: a line with the attribute's arguments, and the item behind it. Out: a
//! story that keeps to the vocabulary, or faults, and the item in any case.

use narration_syntax::{Narrated, hand_down, narrated};
use syn::LitStr;

use crate::spans::{point_inside, tokens, vocabulary};

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (attribute, item) = text.split_once('\n').unwrap_or(("actor = \"scanner\"", text));
    let (Some(attribute_tokens), Some(item_tokens)) = (tokens(attribute), tokens(item)) else {
        return;
    };
    let written = item_tokens.to_string();
    match narrated(attribute_tokens, item_tokens.clone(), vocabulary()) {
        Ok(Narrated::Scope { .. }) => {}
        Ok(Narrated::Story { story, .. }) => {
            let tellings =
                [&story.start, &story.ok, &story.failed, &story.cancelled, &story.panicked];
            for telling in tellings {
                let actor = vocabulary().actor(&telling.site.actor).expect("a declared actor");
                assert!(actor.action(&telling.site.action).is_some(), "{:?}", telling.site);
            }
        }
        Err(refused) => {
            if !attribute.contains("actor") {
                assert_eq!(refused.item.to_string(), written, "the item is given out again");
            }
            let handed_down = text.contains('@');
            assert!(!refused.errors.is_empty() || handed_down, "refused without a word");
            // Both texts count their lines from 1; the longer one has room for either.
            let longer = if attribute.len() > item.len() { attribute } else { item };
            point_inside(longer, refused.errors);
        }
    }
    let name = |name| LitStr::new(name, proc_macro2::Span::call_site());
    let twice = hand_down(hand_down(item_tokens.clone(), &name("outer")), &name("inner"));
    let once = hand_down(item_tokens, &name("inner"));
    assert_eq!(twice.to_string(), once.to_string(), "the nearest scope wins");
}
