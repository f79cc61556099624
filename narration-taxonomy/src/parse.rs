//! The text of one vocabulary.
//!
//! In: the text. Out: what it declares and every problem in it. What it
//! extends is not looked at; [`load`](crate::load::load) does that.

use std::path::PathBuf;

use crate::check;
use crate::findings::Findings;
use crate::merge::{Layer, merge};
use crate::model::Taxonomy;
use crate::problem::Problem;
use crate::sections;
use crate::source::Source;

/// Reads and checks a vocabulary that stands for itself. Never fails: a text
/// that is no vocabulary gives an empty one, and problems that say why. The
/// places are in file 0, which is called `narration.toml`.
///
/// ```
/// let (taxonomy, problems) = narration_taxonomy::parse(
///     r#"
///     [narration]
///     version = 1
///
///     [actors.pool-managerd.actions.spawn]
///     human = "Spawning engine"
///     ok = "spawnd"
///
///     [actors.pool-managerd.actions.spawned]
///     "#,
/// );
/// assert!(taxonomy.actor("pool-managerd").is_some());
/// assert_eq!(problems[0].message, "actor `pool-managerd` has no action `spawnd`");
/// assert_eq!(problems[0].help.as_deref(), Some("did you mean `spawned`?"));
/// ```
#[must_use]
pub fn parse(text: &str) -> (Taxonomy, Vec<Problem>) {
    let mut findings = Findings::default();
    let source = Source::new(0, text);
    let draft = sections::read(&source, &mut findings);
    let (head, is_sound) = (draft.head, draft.is_sound && draft.extends.is_empty());
    let mut taxonomy = merge(vec![Layer::alone(draft)], &mut findings);
    taxonomy.files = vec![PathBuf::from("narration.toml")];
    if is_sound {
        check::check(&taxonomy, head, &[source], &mut findings);
    }
    (taxonomy, findings.into_sorted())
}

#[cfg(test)]
mod tests;
