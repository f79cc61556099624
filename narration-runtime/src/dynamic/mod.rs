//! Narrations whose names are only known at run time.
//!
//! In: names and values, from a script or another language. Out: the same
//! event that `narrate!` would have made, or every fault, under the codes the
//! compiler would have used.

mod check;
mod context;
mod fault;
#[cfg(feature = "tower")]
mod prepared;
mod site;
mod text;
mod value;

use std::borrow::Cow;

use narration_taxonomy::Level;

use crate::taxonomy::Table;

pub(crate) use context::in_context;
pub use fault::Fault;
pub use value::FieldValue;

#[cfg(feature = "tower")]
pub(crate) use prepared::Prepared;

/// A narration put together at run time, checked against a vocabulary's table.
///
/// Format specifications in a text (`{jobs:>4}`) are read and left unused:
/// values appear unpadded. Text given here is not known to the compiler, so all
/// of it goes through the detector.
///
/// ```no_run
/// use narration_runtime::Narration;
/// use narration_runtime::taxonomy::Table;
///
/// /// The table is `narration_runtime::taxonomy!()` in a crate with a vocabulary.
/// fn relay(table: &'static Table) -> Result<(), Vec<narration_runtime::Fault>> {
///     Narration::new(table, "pool-managerd", "spawn")
///         .target("GPU0")
///         .human("Spawning engine {engine} for pool '{pool_id}' on GPU0")
///         .field("engine", "llamacpp-v1")
///         .field("pool_id", "default")
///         .field("queue_position", 3u64)
///         .narrate()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is told before `narrate` is called"]
pub struct Narration<'n> {
    table: &'static Table,
    actor: Cow<'n, str>,
    action: Cow<'n, str>,
    target: Option<Cow<'n, str>>,
    human: Option<Cow<'n, str>>,
    level: Option<Level>,
    fields: Vec<(Cow<'n, str>, FieldValue<'n>)>,
}

impl<'n> Narration<'n> {
    /// A narration of this actor and action, by the words of the table's vocabulary.
    pub fn new(
        table: &'static Table,
        actor: impl Into<Cow<'n, str>>,
        action: impl Into<Cow<'n, str>>,
    ) -> Self {
        Self {
            table,
            actor: actor.into(),
            action: action.into(),
            target: None,
            human: None,
            level: None,
            fields: Vec::new(),
        }
    }

    /// What is acted on; without it, the vocabulary's own target field.
    pub fn target(mut self, target: impl Into<Cow<'n, str>>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// The text, with `{field}` placeholders; without it, the vocabulary's own.
    pub fn human(mut self, human: impl Into<Cow<'n, str>>) -> Self {
        self.human = Some(human.into());
        self
    }

    /// The level; without it, the vocabulary's own.
    pub fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// A field and its value.
    pub fn field(
        mut self,
        name: impl Into<Cow<'n, str>>,
        value: impl Into<FieldValue<'n>>,
    ) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Checks everything without telling it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, at once.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        check::checked(self).map(drop)
    }

    /// Tells it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, at once; then nothing was told.
    pub fn narrate(self) -> Result<(), Vec<Fault>> {
        let checked = check::checked(&self)?;
        let site = site::find(&checked, self.table);
        if site.enabled() {
            site.tell(self.table.policy, self.target.as_deref(), &checked);
        }
        Ok(())
    }
}
