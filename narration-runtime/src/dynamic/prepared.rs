//! A narration that is checked once and told often.
//!
//! In: a narration with values that stand for all that may come. Out: what
//! tells others like it without being checked again: it can be no fault any
//! more, so that nothing is lost when a service is busy.

use std::borrow::Cow;

use narration_taxonomy::{Level, Template};

use super::check::{self, Checked};
use super::site::{self, Site};
use super::{Fault, FieldValue, Narration};
use crate::taxonomy::{Action, Actor, Field, Table};

/// A narration that was checked.
pub(crate) struct Prepared {
    site: &'static Site,
    table: &'static Table,
    actor: &'static Actor,
    action: &'static Action,
    level: Level,
    text: Template,
}

impl Narration<'_> {
    /// Checks everything now, to tell it later, with other values.
    pub(crate) fn prepare(&self) -> Result<Prepared, Vec<Fault>> {
        let checked = check::checked(self)?;
        let site = site::find(&checked, self.table);
        let Checked { actor, action, level, text, .. } = checked;
        Ok(Prepared { site, table: self.table, actor, action, level, text: text.into_owned() })
    }
}

impl Prepared {
    /// Whether anybody wants to hear it.
    pub(crate) fn enabled(&self) -> bool {
        self.site.enabled()
    }

    /// Tells it. A value that does not fit its field's type is left out; those
    /// of the kinds that were checked all fit.
    pub(crate) fn tell<'v>(
        &self,
        values: impl IntoIterator<Item = (&'static Field, FieldValue<'v>)>,
    ) {
        let fields = values
            .into_iter()
            .filter_map(|(field, value)| Some((field, value.of_type(field.ty, field.unit)?)))
            .collect();
        let checked = Checked {
            actor: self.actor,
            action: self.action,
            level: self.level,
            fields,
            text: Cow::Borrowed(&self.text),
        };
        self.site.tell(self.table.policy, None, &checked);
    }
}
