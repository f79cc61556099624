//! Takes an event or a span apart.
//!
//! In: tracing's fields. Out: text, target and the rest as rendered fields.
//! What a narration records is safe already; what other crates record is made
//! safe here, by name and by value.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::{Debug, Write as _};

use narration_record::{FieldName, Fields};
use narration_redact::is_secret_name;
use tracing_core::field::{Field, Visit};

use super::logged;
use crate::builtin;
use crate::redaction::{Rules, SECRET};

/// Where a narration's head has its fields: the indexes of [`HEAD`](crate::emit::HEAD).
const MESSAGE: usize = 0;
const ACTOR: usize = 1;
const ACTION: usize = 2;
const TARGET: usize = 3;

/// Collects what an event or a span records.
pub(super) struct Visitor<'b> {
    /// Fields other than those of the head.
    pub(super) fields: &'b mut Fields,
    /// A buffer for values that must be formatted.
    pub(super) value: &'b mut String,
    /// The head, where there is one: spans have none.
    pub(super) head: Option<Head<'b>>,
    /// Whether the names are a vocabulary's.
    pub(super) declared: bool,
    /// What other crates' values become; nothing for those made safe at the call site.
    pub(super) rules: Option<&'static Rules>,
}

/// What stands in front of an event's fields.
pub(super) struct Head<'b> {
    /// The text.
    pub(super) message: &'b mut String,
    /// What is acted on.
    pub(super) target: &'b mut String,
    /// Whether `target`, `actor` and `action` are a narration's own.
    pub(super) narration: bool,
    /// Whether the event is a record of `log`.
    pub(super) logged: bool,
}

impl Visitor<'_> {
    fn text(&mut self, field: &Field, text: &str) {
        let name = field.name();
        let text = self.rules.map_or(Cow::Borrowed(text), |rules| made_safe(rules, name, text));
        if self.kept_as_head(field, &text) {
            return;
        }
        match &mut self.head {
            Some(head) if !head.narration && name == "message" => head.message.push_str(&text),
            Some(head) if head.logged && logged::repeats(name) => {}
            _ => self.fields.str(self.named(field), &text),
        }
    }

    /// Keeps what belongs to a narration's head. That stands in front, so no name must be read.
    #[inline]
    fn kept_as_head(&mut self, field: &Field, text: &str) -> bool {
        let Some(head) = self.head.as_mut().filter(|head| head.narration) else { return false };
        match field.index() {
            MESSAGE => head.message.push_str(text),
            TARGET => head.target.push_str(text),
            // The site knows them.
            ACTOR | ACTION => {}
            _ => return false,
        }
        true
    }

    fn number(&mut self, field: &Field, record: impl FnOnce(&mut Fields, FieldName)) {
        let name = self.named(field);
        if self.head.as_ref().is_some_and(|head| head.logged) && logged::repeats(name.name) {
            return;
        }
        if self.rules.is_some() && is_secret_number(name.name) {
            self.fields.str(name, SECRET);
        } else {
            record(self.fields, name);
        }
    }

    /// A field's name with its place among the built-in ones.
    #[inline]
    fn named(&self, field: &Field) -> FieldName {
        let name = field.name();
        FieldName { name, rank: builtin::rank(name), declared: self.declared }
    }

    fn formatted(&mut self, field: &Field, value: std::fmt::Arguments<'_>) {
        let mut text = std::mem::take(self.value);
        text.clear();
        // What a failing `Debug` has written is kept.
        let _ = text.write_fmt(value);
        self.text(field, &text);
        *self.value = text;
    }
}

/// The name of a built-in field.
pub(super) fn builtin_name(name: &'static str) -> FieldName {
    builtin::name(name)
}

/// Whether another crate's number is a secret by its name: a PIN is one, while a
/// number called a token is a language model's, as no credential is a number.
pub(crate) fn is_secret_number(name: &str) -> bool {
    !name.ends_with("token") && is_secret_name(name)
}

/// What becomes of another crate's text, by its field's name and by what it says.
///
/// Apart from what a narration's own values take, which were made safe before.
#[inline(never)]
pub(crate) fn made_safe<'t>(rules: &Rules, name: &str, text: &'t str) -> Cow<'t, str> {
    // A name alone says little about an empty value, and a marker nothing about a missing one.
    if is_secret_name(name) && !text.is_empty() {
        Cow::Borrowed(SECRET)
    } else {
        rules.by_name(name, text)
    }
}

impl Visit for Visitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        // The short way of what was made safe already; `text` would do it, too.
        if self.rules.is_some() {
            self.text(field, value);
        } else if !self.kept_as_head(field, value) {
            self.fields.str(self.named(field), value);
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.number(field, |fields, name| fields.u64(name, value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.number(field, |fields, name| fields.i64(name, value));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.number(field, |fields, name| fields.u128(name, value));
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.number(field, |fields, name| fields.i128(name, value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.number(field, |fields, name| fields.f64(name, value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.fields.bool(self.named(field), value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let text = crate::story::chain(value);
        self.text(field, &text);
    }

    fn record_bytes(&mut self, field: &Field, value: &[u8]) {
        self.formatted(field, format_args!("{} bytes", value.len()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.formatted(field, format_args!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::HEAD;

    #[test]
    fn the_head_is_where_it_is_looked_for() {
        let places =
            [(MESSAGE, "message"), (ACTOR, "actor"), (ACTION, "action"), (TARGET, "target")];
        assert!(places.iter().all(|(index, name)| HEAD[*index] == *name), "{HEAD:?}");
    }
}
