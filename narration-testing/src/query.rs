//! Asks a story for certain narrations.
//!
//! In: what they must have. Out: those that have all of it, or an assertion
//! about how many there are and where they stand.

use std::fmt::{self, Display};

use narration_record::Level;
use regex::Regex;

use crate::coverage;
use crate::event::Event;
use crate::names::{self, Name};
use crate::story::Story;
use crate::test::Test;
use crate::{fail, report};

/// Narrations of a story that pass some tests; see [`Story::actor`] and its kin.
///
/// The names of actors, actions and fields are held against the vocabulary: a
/// misspelt one fails at once, with the one that was probably meant, so that
/// "there is none" is never true only because of a typing error.
#[derive(Clone)]
#[must_use = "a query does nothing until it is asked"]
pub struct Query<'s> {
    story: &'s Story,
    tests: Vec<Test>,
}

impl<'s> Query<'s> {
    pub(crate) fn of(story: &'s Story) -> Self {
        Self { story, tests: Vec::new() }
    }

    pub(crate) fn story(&self) -> &'s Story {
        self.story
    }

    pub(crate) fn tests(&self) -> &[Test] {
        &self.tests
    }

    pub(crate) fn and(mut self, test: Test) -> Self {
        self.tests.push(test);
        self
    }

    #[track_caller]
    fn checked(&self, name: Name<'_>) {
        if let Err(unknown) = names::check(self.story, name) {
            fail::now(&unknown);
        }
    }

    /// The value that was asked of a key before, which later names belong to.
    fn asked(&self, key: &str) -> Option<&str> {
        self.tests.iter().find_map(|test| match test {
            Test::Is(name, value) if name == key => Some(value.as_str()),
            _ => None,
        })
    }

    /// Those of this actor.
    ///
    /// # Panics
    ///
    /// No actor has this name.
    #[track_caller]
    pub fn actor(self, name: impl AsRef<str>) -> Self {
        self.checked(Name::Actor(name.as_ref()));
        self.and(Test::Is("actor".to_owned(), name.as_ref().to_owned()))
    }

    /// Those of this action.
    ///
    /// # Panics
    ///
    /// The actor asked for before, or any if none was, has no such action.
    #[track_caller]
    pub fn action(self, name: impl AsRef<str>) -> Self {
        self.checked(Name::Action { actor: self.asked("actor"), action: name.as_ref() });
        self.and(Test::Is("action".to_owned(), name.as_ref().to_owned()))
    }

    /// Those with this value of a field, or of a key of the head such as `target`.
    ///
    /// # Panics
    ///
    /// No field has this name.
    #[track_caller]
    pub fn field(self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.checked(Name::Field(name.as_ref()));
        self.and(Test::Is(name.as_ref().to_owned(), value.to_string()))
    }

    /// Those that have this field.
    ///
    /// # Panics
    ///
    /// No field has this name.
    #[track_caller]
    pub fn has(self, name: impl AsRef<str>) -> Self {
        self.checked(Name::Field(name.as_ref()));
        self.and(Test::Has(name.as_ref().to_owned()))
    }

    /// Those in which the value of a field matches a regular expression, in part or as a whole.
    ///
    /// # Panics
    ///
    /// No field has this name, or the pattern is none.
    #[track_caller]
    pub fn matching(self, name: impl AsRef<str>, pattern: impl AsRef<str>) -> Self {
        self.checked(Name::Field(name.as_ref()));
        match Regex::new(pattern.as_ref()) {
            Ok(pattern) => self.and(Test::Matches(name.as_ref().to_owned(), pattern)),
            Err(error) => fail::now(&error.to_string()),
        }
    }

    /// Those whose text includes these words.
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.and(Test::Text(text.as_ref().to_owned()))
    }

    /// Those of this target.
    pub fn target(self, target: impl Display) -> Self {
        self.and(Test::Is("target".to_owned(), target.to_string()))
    }

    /// Those of this level.
    pub fn level(self, level: Level) -> Self {
        self.and(Test::Is("level".to_owned(), level.to_string()))
    }

    /// Those of this level or a worse one.
    pub fn at_least(self, level: Level) -> Self {
        self.and(Test::AtLeast(level))
    }

    /// Those that ended like this: `ok`, `failed`, `cancelled` or `panicked`.
    ///
    /// # Panics
    ///
    /// It is none of the four.
    #[track_caller]
    pub fn outcome(self, outcome: impl AsRef<str>) -> Self {
        self.checked(Name::Outcome(outcome.as_ref()));
        self.and(Test::Is("outcome".to_owned(), outcome.as_ref().to_owned()))
    }

    /// Those with this correlation id.
    pub fn correlation_id(self, id: impl AsRef<str>) -> Self {
        self.and(Test::Is("correlation_id".to_owned(), id.as_ref().to_owned()))
    }

    /// Those that production hears, see [`Story::production_filter`].
    pub fn heard(self) -> Self {
        self.and(Test::Heard(true))
    }

    /// Those that are narrated, but filtered in production, see [`Story::production_filter`].
    pub fn filtered(self) -> Self {
        self.and(Test::Heard(false))
    }

    /// Whether an event passes every test.
    #[must_use]
    pub fn matches(&self, event: &Event) -> bool {
        self.tests.iter().all(|test| test.passes(event))
    }

    /// Those that pass, in the order of the story.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.story
            .recording
            .read(|events, _| events.iter().filter(|event| self.matches(event)).cloned().collect())
    }

    /// The first that passes.
    #[must_use]
    pub fn first(&self) -> Option<Event> {
        self.story
            .recording
            .read(|events, _| events.iter().find(|event| self.matches(event)).cloned())
    }

    /// How many pass.
    #[must_use]
    pub fn count(&self) -> usize {
        self.story
            .recording
            .read(|events, _| events.iter().filter(|event| self.matches(event)).count())
    }

    /// Whether one passes, for a plain `assert!`.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.first().is_some()
    }

    /// Whether the first of these stands before the first of the others.
    #[must_use]
    pub fn is_before(&self, later: &Query<'_>) -> bool {
        let events = self.story.events();
        let first = events.iter().position(|event| self.matches(event));
        let then = events.iter().position(|event| later.matches(event));
        matches!((first, then), (Some(first), Some(then)) if first < then)
    }

    /// Asserts that one passes, and gives the first.
    ///
    /// # Panics
    ///
    /// None passes.
    #[track_caller]
    pub fn assert_present(&self) -> Event {
        let Some(event) = self.first() else { fail::now(&report::missing(self)) };
        coverage::asserted(&event);
        event
    }

    /// Asserts that none passes.
    ///
    /// # Panics
    ///
    /// One does.
    #[track_caller]
    pub fn assert_absent(&self) {
        if self.exists() {
            fail::now(&report::unwanted(self));
        }
    }

    /// Asserts that so many pass, no less and no more.
    ///
    /// # Panics
    ///
    /// There are more or fewer.
    #[track_caller]
    pub fn assert_count(&self, count: usize) {
        if self.count() != count {
            fail::now(&report::count(self, count));
        }
        self.events().iter().for_each(coverage::asserted);
    }

    /// Asserts that exactly one passes, and gives it.
    ///
    /// # Panics
    ///
    /// There is none, or there are several.
    #[track_caller]
    pub fn single(&self) -> Event {
        let mut events = self.events();
        match (events.len(), events.pop()) {
            (1, Some(event)) => {
                coverage::asserted(&event);
                event
            }
            (0, _) => fail::now(&report::missing(self)),
            _ => fail::now(&report::count(self, 1)),
        }
    }

    /// Asserts that the first of these stands before the first of the others.
    ///
    /// # Panics
    ///
    /// It does not, or one of them is not there.
    #[track_caller]
    pub fn assert_before(&self, later: &Query<'_>) {
        self.assert_present();
        later.assert_present();
        if !self.is_before(later) {
            fail::now(&report::disordered(self, later));
        }
    }
}

/// What is asked, as part of a sentence.
impl Display for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, test) in self.tests.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{test}")?;
        }
        if self.tests.is_empty() { f.write_str("anything") } else { Ok(()) }
    }
}

impl fmt::Debug for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({self})")
    }
}
