//! Callsites made at run time.
//!
//! In: an actor and an action of a static table. Out: one callsite for each
//! level it was told at. They live as long as the process, as all callsites
//! do, and there can be no more of them than actions times levels.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use narration_taxonomy::Level;
use tracing_core::callsite::{self, Callsite, Identifier};
use tracing_core::dispatcher;
use tracing_core::field::FieldSet;
use tracing_core::metadata::{Kind, LevelFilter, Metadata};
use tracing_core::subscriber::Interest;

use super::check::Checked;
use super::text;
use crate::emit::{self, HEAD, Origin, Safe, Scratch};
use crate::redaction::{Policy, Rules};
use crate::taxonomy::{Action, Table, builtin_fields};

/// A callsite made at run time.
pub(super) struct Site {
    origin: Origin,
    /// The recorded fields, in the order of the record.
    fields: Vec<&'static str>,
}

/// The table's action by address, and the level.
type Place = (usize, Level);

static SITES: Mutex<Option<HashMap<Place, &'static Site>>> = Mutex::new(None);

/// The callsite of this narration.
pub(super) fn find(checked: &Checked<'_>, table: &'static Table) -> &'static Site {
    let place = (std::ptr::from_ref(checked.action).addr(), checked.level);
    let mut sites = SITES.lock().unwrap_or_else(PoisonError::into_inner);
    sites.get_or_insert_default().entry(place).or_insert_with(|| Site::new(checked, table))
}

impl Site {
    fn new(checked: &Checked<'_>, table: &'static Table) -> &'static Self {
        let (actor, action) = (checked.actor.name, checked.action.name);
        let fields: Vec<&'static str> = recorded(checked.action).collect();
        let names: Vec<&'static str> = HEAD.into_iter().chain(fields.iter().copied()).collect();
        let callsite: &'static Made = Box::leak(Box::default());
        let metadata = callsite.metadata.get_or_init(|| {
            Metadata::new(
                String::leak(format!("{actor}.{action}")),
                String::leak(format!("{actor}::{action}")),
                level(checked.level),
                None,
                None,
                None,
                FieldSet::new(Vec::leak(names), Identifier(callsite)),
                Kind::EVENT,
            )
        });
        callsite::register(callsite);
        let origin = Origin { metadata, actor, action, emitted_by: table.emitted_by, fields: &[] };
        Box::leak(Box::new(Self { origin, fields }))
    }

    /// Whether anybody wants to hear it.
    pub(super) fn enabled(&self) -> bool {
        let metadata = self.origin.metadata;
        *metadata.level() <= LevelFilter::current()
            && dispatcher::get_default(|subscriber| subscriber.enabled(metadata))
    }

    /// Makes every value safe and dispatches one event.
    pub(super) fn tell(
        &'static self,
        policy: Option<&'static Policy>,
        target: Option<&str>,
        checked: &Checked<'_>,
    ) {
        let mut scratch = Scratch::take();
        let rules = policy.map_or_else(Rules::standard, Rules::heard);
        let mut own = [Safe::Absent; MOST];
        for (slot, name) in own.iter_mut().zip(&self.fields) {
            if let Some((field, value)) =
                checked.fields.iter().find(|(field, _)| field.name == *name)
            {
                *slot =
                    scratch.make_safe(rules, &text::value(value, field), Some(&text::rule(field)));
            }
        }
        let own = own.get(..self.fields.len()).unwrap_or(&own);
        let target = text::target(rules, target, checked, &self.fields, own, &mut scratch);
        let human = text::human(rules, checked, &self.fields, own, &mut scratch);
        emit::event::<MOST>(&self.origin, &scratch, &human, target.as_deref(), own);
    }
}

/// As many values as any narration can have.
const MOST: usize = 128;

/// The built-in fields, then the whitelist.
fn recorded(action: &'static Action) -> impl Iterator<Item = &'static str> {
    let builtin = builtin_fields().iter().map(|field| field.name);
    let is_builtin = |name: &str| builtin_fields().iter().any(|field| field.name == name);
    builtin
        .chain(action.fields.iter().map(|listed| listed.name).filter(move |name| !is_builtin(name)))
}

fn level(level: Level) -> tracing_core::Level {
    match level {
        Level::Trace => tracing_core::Level::TRACE,
        Level::Debug => tracing_core::Level::DEBUG,
        Level::Info => tracing_core::Level::INFO,
        Level::Warn => tracing_core::Level::WARN,
        Level::Error => tracing_core::Level::ERROR,
    }
}

/// What tracing keeps of such a callsite. It asks each time: interest is not kept.
#[derive(Default)]
struct Made {
    metadata: OnceLock<Metadata<'static>>,
}

impl Callsite for Made {
    fn set_interest(&self, _: Interest) {}

    fn metadata(&self) -> &Metadata<'_> {
        // Never asked before it is there: it is registered with its metadata.
        self.metadata.get().unwrap_or(&NOTHING)
    }
}

static NOBODY: Nobody = Nobody;

/// What a callsite says that has not been made yet.
static NOTHING: Metadata<'static> = Metadata::new(
    "narration",
    "narration",
    tracing_core::Level::TRACE,
    None,
    None,
    None,
    FieldSet::new(&[], Identifier(&NOBODY)),
    Kind::EVENT,
);

/// The callsite of nothing.
struct Nobody;

impl Callsite for Nobody {
    fn set_interest(&self, _: Interest) {}

    fn metadata(&self) -> &Metadata<'_> {
        &NOTHING
    }
}
