//! N0019 and N0020: there is such a level, and failures are heard.
//!
//! In: the call's own level and the action. Out: the level that holds.

use narration_taxonomy::Level;

use crate::arguments::Arguments;
use crate::catalog;
use crate::check::scene::Scene;
use crate::choices::did_you_mean;
use crate::errors::{Errors, Fault};

/// The call's own level, when it names one that there is.
pub(super) fn own(arguments: &Arguments, errors: &mut Errors) -> Option<Level> {
    let written = &arguments.level.first()?.value;
    let word = written.value();
    let level = word.parse().ok();
    if level.is_none() {
        let message = format!("there is no level `{}`", word.escape_debug());
        let nearest = did_you_mean(&word, Level::NAMES.iter().copied());
        errors.push(Fault::new(&catalog::UNKNOWN_LEVEL, written, message).note(nearest));
    }
    level
}

/// The level that holds: the call's own, else the action's. A failure below
/// `warn` is refused; the action's own level was checked with the vocabulary.
pub(super) fn resolve(
    own: Option<Level>,
    arguments: &Arguments,
    scene: Scene<'_>,
    errors: &mut Errors,
) -> Level {
    let written = arguments.level.first().map(|level| &level.value);
    if let (Some(level), Some(written)) = (own, written)
        && level < Level::Warn
        && let Some(of) = scene.failure_of()
    {
        let name = &scene.action.name;
        let message = format!("`{name}` tells that `{of}` failed, and `{level}` is below `warn`");
        errors.push(Fault::new(&catalog::FAILURE_TOO_QUIET, written, message));
    }
    own.unwrap_or(scene.action.level)
}

impl Scene<'_> {
    /// The action whose failure this action tells.
    fn failure_of(&self) -> Option<&str> {
        let tells = |failed: &str| failed == self.action.name;
        let mut actions = self.actor.actions.iter();
        let failing = actions
            .find(|action| action.failed.as_ref().is_some_and(|failed| tells(&failed.value)))?;
        Some(&failing.name)
    }
}
