//! One event as a story holds it: in goes an [`Entry`], out comes the same in a fraction of the
//! memory, for a story may have a million of them.
//!
//! What the lines of one place in a program have in common (who, what, the names of the fields)
//! is held once, as a [`Site`]; the rest of a line stands on a page of memory among others.

use std::ops::Deref;
use std::sync::Arc;

use narration_record::{Level, Value};

use super::bytes::Reader;
use super::{Entry, Nanos, Pack, Place, Shape};

/// What the events of one place in a program have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// How bad it is.
    pub level: Level,
    /// What it was read from.
    pub shape: Shape,
    /// Who did it: the actor, else the service.
    pub actor: String,
    /// What was done; `log` where the line does not say.
    pub action: String,
    pub(super) names: Box<[String]>,
    pub(super) has_target: bool,
}

/// One event. Its level, its shape, its actor and its action are those of its [`Site`].
#[derive(Clone, Debug)]
pub struct Event {
    /// Where it begins on its page.
    pub(super) at: u32,
    pub(super) site: Arc<Site>,
    /// Where it stands in the logs and when it happened; then, behind their length, the target, the
    /// text and the values of the fields.
    pub(super) page: Arc<Box<[u8]>>,
}

/// What stands before an event on its page.
pub(super) struct Head {
    /// The number of its site among those it was read with.
    pub(super) site: usize,
    place: Place,
    time: Option<Nanos>,
}

impl Head {
    pub(super) fn read(page: &mut Reader<'_>) -> Self {
        let site = usize::try_from(page.number()).unwrap_or(usize::MAX);
        let source = page.number() as u32;
        let place = Place { source, offset: page.number(), item: page.number() as u32 };
        let time = match page.value() {
            Value::I64(time) => Some(time),
            _ => None,
        };
        Self { site, place, time }
    }
}

impl From<Entry> for Event {
    fn from(entry: Entry) -> Self {
        Pack::default().hold(entry)
    }
}

impl Deref for Event {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Event {
    /// What it has in common with the others of its place in a program.
    #[must_use]
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.head().0.place
    }

    /// When it happened, where the line says so.
    #[must_use]
    pub fn time(&self) -> Option<Nanos> {
        self.head().0.time
    }

    /// What it was done to.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.site.has_target.then(|| Reader::of(self.rest()).text())
    }

    /// The text.
    #[must_use]
    pub fn human(&self) -> &str {
        let mut rest = Reader::of(self.rest());
        if self.site.has_target {
            rest.text();
        }
        rest.text()
    }

    /// Everything else, nested names joined with a dot.
    pub fn fields(&self) -> impl Iterator<Item = (&str, Value)> {
        let mut values = self.values();
        self.site.names.iter().map(move |name| (name.as_str(), values.value()))
    }

    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Value> {
        self.value_of(name).map(|mut value| value.value())
    }

    /// The text of a field that holds a string which is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value_of(name)?.string().filter(|text| !text.is_empty())
    }

    /// The value of a field that is a number from zero up.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        super::entry::number(&self.field(name)?)
    }

    /// The id of the request.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.text("correlation_id")
    }

    /// How an operation ended, where this event tells it.
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        self.text("outcome")
    }

    /// The name of the field that has exactly this value. Texts for people are no fields.
    #[must_use]
    pub fn key_of(&self, wanted: &str) -> Option<&str> {
        let is = |value: &Value| match value {
            Value::Str(text) => text == wanted,
            other => other.to_string() == wanted,
        };
        let field = self.fields().find(|(_, value)| is(value)).map(|(name, _)| name);
        field.or_else(|| (self.target() == Some(wanted)).then_some("target"))
    }

    /// Whether the other tells the very same, wherever it stands. What has no time is never the
    /// same: it may have happened twice.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.time().is_some() && self.time() == other.time() && self.said() == other.said()
    }

    /// Whose event it is and what it says: equal for what [is the same](Self::is_same).
    pub(crate) fn said(&self) -> (&Site, &[u8]) {
        (&self.site, self.rest())
    }

    /// Where it stands and when it happened, and what follows on the page.
    fn head(&self) -> (Head, Reader<'_>) {
        let mut page = Reader::of(self.page.get(self.at as usize..).unwrap_or_default());
        (Head::read(&mut page), page)
    }

    /// The target, the text and the values.
    fn rest(&self) -> &[u8] {
        self.head().1.bytes()
    }

    fn values(&self) -> Reader<'_> {
        let mut rest = Reader::of(self.rest());
        if self.site.has_target {
            rest.text();
        }
        rest.text();
        rest
    }

    fn value_of(&self, name: &str) -> Option<Reader<'_>> {
        let at = self.site.names.iter().position(|known| known == name)?;
        let mut values = self.values();
        (0..at).for_each(|_| values.skip());
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        prop_oneof![
            ".{0,300}".prop_map(Value::Str),
            any::<u64>().prop_map(Value::U64),
            any::<i64>().prop_map(Value::I64),
            any::<f64>().prop_filter("no NaN", |one| !one.is_nan()).prop_map(Value::F64),
            any::<bool>().prop_map(Value::Bool),
        ]
    }

    proptest! {
        #[test]
        fn an_event_says_what_its_entry_said(
            texts in (".{0,9}", ".{0,9}", proptest::option::of(".{0,200}"), ".{0,200}"),
            fields in proptest::collection::vec((".{0,9}", values()), 0..9),
        ) {
            let (actor, action, target, human) = texts;
            let (place, time, level, shape) = (Place::default(), Some(7), Level::Warn, Shape::Otlp);
            let entry = Entry { place, time, level, actor, action, target, human, fields, shape };
            let event = Event::from(entry.clone());
            prop_assert_eq!((&event.actor, &event.action), (&entry.actor, &entry.action));
            prop_assert_eq!(event.target(), entry.target.as_deref());
            prop_assert_eq!(event.human(), &entry.human);
            let fields: Vec<(String, Value)> =
                event.fields().map(|(name, value)| (name.to_owned(), value)).collect();
            for (name, _) in &entry.fields {
                prop_assert_eq!(event.field(name), entry.field(name).cloned());
                prop_assert_eq!(event.text(name), entry.text(name));
                prop_assert_eq!(event.number(name), entry.number(name));
            }
            prop_assert_eq!(fields, entry.fields);
        }
    }
}
