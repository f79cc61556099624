//! What a test claims about a story.
//!
//! In: the claim. Out: nothing, or a panic at the caller's line that shows the story.

use std::fmt::Display;

use narration_redact::{Redactor, is_secret_name};

use crate::event::Event;
use crate::story::Story;
use crate::{coverage, fail, report};

/// What stands where a secret was.
const MARKER: &str = "[redacted";

impl Story {
    /// Asserts that a narration's text includes these words, and gives the first such narration.
    ///
    /// # Panics
    ///
    /// None does.
    #[track_caller]
    pub fn assert_narration_includes(&self, text: impl AsRef<str>) -> Event {
        self.text(text).assert_present()
    }

    /// Asserts that no narration's text includes these words.
    ///
    /// # Panics
    ///
    /// One does.
    #[track_caller]
    pub fn assert_narration_excludes(&self, text: impl AsRef<str>) {
        self.text(text).assert_absent();
    }

    /// Asserts that exactly so many narrations' texts include these words.
    ///
    /// # Panics
    ///
    /// There are more or fewer.
    #[track_caller]
    pub fn assert_narration_count(&self, text: impl AsRef<str>, count: usize) {
        self.text(text).assert_count(count);
    }

    /// Asserts that narrations with these words stand one after the other; others may stand between them.
    ///
    /// # Panics
    ///
    /// One of them is missing, or stands too early.
    #[track_caller]
    pub fn assert_order(&self, texts: &[impl AsRef<str>]) {
        let told = self.told_in_order(texts);
        let Some(missing) = texts.get(told) else {
            let found = texts.iter().filter_map(|text| self.text(text).first());
            return found.for_each(|event| coverage::asserted(&event));
        };
        let after = match told.checked_sub(1).and_then(|index| texts.get(index)) {
            Some(before) => format!(" after {:?}", before.as_ref()),
            None => String::new(),
        };
        let claim =
            format!("not narrated in this order: {:?} does not come{after}", missing.as_ref());
        fail::now(&report::claim(self, &claim, &self.text(missing).events()));
    }

    /// Asserts that a narration has this field with this value, and gives the first such narration.
    ///
    /// # Panics
    ///
    /// None has, or no field has this name.
    #[track_caller]
    pub fn assert_field_present(&self, name: impl AsRef<str>, value: impl Display) -> Event {
        self.field(name, value).assert_present()
    }

    /// Asserts that no narration has this field, whatever its value.
    ///
    /// # Panics
    ///
    /// One has, or no field has this name.
    #[track_caller]
    pub fn assert_field_absent(&self, name: impl AsRef<str>) {
        self.narrations().has(name).assert_absent();
    }

    /// Asserts that a narration has a correlation id.
    ///
    /// # Panics
    ///
    /// None has.
    #[track_caller]
    pub fn assert_correlation_id_present(&self) {
        self.narrations().has("correlation_id").assert_present();
    }

    /// Asserts that a narration has this correlation id, and gives the first such narration.
    ///
    /// # Panics
    ///
    /// None has.
    #[track_caller]
    pub fn assert_correlation_id(&self, id: impl AsRef<str>) -> Event {
        self.narrations().correlation_id(id).assert_present()
    }

    /// Asserts that all narrations, of every service, have one and the same
    /// correlation id, and gives it. Events of other crates need none, but no other.
    ///
    /// # Panics
    ///
    /// A narration has none, there are several, or nothing was narrated.
    #[track_caller]
    pub fn assert_one_correlation_id(&self) -> String {
        let events = self.events();
        let ids = self.correlation_ids();
        let foreign = |event: &Event| event.action == "log" && event.correlation_id().is_none();
        let told: Vec<_> = events.into_iter().filter(|event| !foreign(event)).collect();
        let Some(first) = ids.first() else {
            fail::now(&report::claim(self, "no narration has a correlation id", &[]));
        };
        let apart = |event: &&Event| event.correlation_id() != Some(first);
        let against: Vec<_> = told.iter().filter(apart).cloned().collect();
        if !against.is_empty() {
            let claim =
                format!("not all narrations have the correlation id {first:?}; these have not:");
            fail::now(&report::claim(self, &claim, &against));
        }
        first.clone()
    }

    /// Asserts that nothing failed: no outcome is `failed` or `panicked`, no level `error`.
    ///
    /// # Panics
    ///
    /// Something did.
    #[track_caller]
    pub fn assert_nothing_failed(&self) {
        let failures: Vec<_> = self.events().into_iter().filter(Event::is_failure).collect();
        if !failures.is_empty() {
            fail::now(&report::claim(self, "something failed:", &failures));
        }
    }

    /// Asserts that no narration shows a secret: the detector finds none in any
    /// text or field, and no field whose name means a secret has a value.
    ///
    /// # Panics
    ///
    /// One does. The report shows it redacted.
    #[track_caller]
    pub fn assert_no_secrets(&self) {
        let leaks: Vec<_> = self.events().iter().flat_map(leaks).collect();
        if !leaks.is_empty() {
            fail::now(&format!("secrets were narrated:\n{}", leaks.concat()));
        }
    }

    /// Asserts that a value the test knows, a password for instance, stands nowhere:
    /// in no text, no field and no other line.
    ///
    /// # Panics
    ///
    /// It does. The report does not repeat it.
    #[track_caller]
    pub fn assert_never_told(&self, value: impl AsRef<str>) {
        let value = value.as_ref();
        let told = |text: &str| text.contains(value);
        let events = self.events();
        let places: Vec<_> = events
            .iter()
            .flat_map(|event| values(event).into_iter().map(move |(key, text)| (event, key, text)))
            .filter(|(_, _, text)| told(text))
            .map(|(event, key, _)| format!("  > [{}] {}: in `{key}`\n", event.actor, event.action))
            .collect();
        let others = self.other_lines().iter().filter(|other| told(&other.line)).count();
        if !places.is_empty() || others > 0 {
            fail::now(&format!(
                "a value was told that should stand nowhere:\n{}({others} other lines)",
                places.concat()
            ));
        }
    }
}

/// Every text of an event, with its key.
fn values(event: &Event) -> Vec<(String, String)> {
    let head = [("human", Some(event.human.clone())), ("target", event.target.clone())];
    let head = head.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?)));
    let fields = event.record().fields.iter().map(|(key, value)| (key.clone(), value.to_string()));
    head.chain(fields).collect()
}

/// Each secret an event shows, in one line.
fn leaks(event: &Event) -> Vec<String> {
    let detector = Redactor::new();
    let mut leaks = Vec::new();
    for (key, text) in values(event) {
        let by_name = is_secret_name(&key) && !text.is_empty() && !text.contains(MARKER);
        let rule = detector.find(&text).map(|finding| finding.rule);
        let shown = if by_name { "[not shown]".into() } else { detector.redact(&text) };
        if let Some(rule) = rule.or(by_name.then_some("the name of the field")) {
            let (actor, action) = (&event.actor, &event.action);
            leaks.push(format!("  > [{actor}] {action}: `{key}` by {rule}: {shown}\n"));
        }
    }
    leaks
}
