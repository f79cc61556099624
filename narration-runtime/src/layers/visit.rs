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
use narration_taxonomy::Class;
use tracing_core::field::{Field, Visit};

use super::logged;
use crate::builtin;
use crate::redaction::{Rules, SECRET};

/// Collects what an event or a span records.
pub(super) struct Visitor<'b> {
    /// Fields other than those of the head.
    pub(super) fields: &'b mut Fields,
    /// A buffer for values that must be formatted.
    pub(super) value: &'b mut String,
    /// The head, where there is one: spans have none.
    pub(super) head: Option<Head<'b>>,
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
        match &mut self.head {
            Some(head) if name == "message" => head.message.push_str(&text),
            Some(head) if head.narration && name == "target" => head.target.push_str(&text),
            Some(head) if head.narration && matches!(name, "actor" | "action") => {}
            Some(head) if head.logged && logged::repeats(name) => {}
            _ => self.fields.str(ranked(name), &text),
        }
    }

    fn number(&mut self, field: &Field, record: impl FnOnce(&mut Fields, FieldName)) {
        let name = ranked(field.name());
        if self.head.as_ref().is_some_and(|head| head.logged) && logged::repeats(name.name) {
            return;
        }
        if self.rules.is_some() && is_secret_number(name.name) {
            self.fields.str(name, SECRET);
        } else {
            record(self.fields, name);
        }
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

/// A field's name with its place among the built-in ones.
pub(super) fn ranked(name: &'static str) -> FieldName {
    FieldName { name, rank: builtin::rank(name) }
}

/// Whether another crate's number is a secret by its name: a PIN is one, while a
/// number called a token is a language model's, as no credential is a number.
fn is_secret_number(name: &str) -> bool {
    !name.ends_with("token") && is_secret_name(name)
}

fn made_safe<'t>(rules: &Rules, name: &str, text: &'t str) -> Cow<'t, str> {
    // A name alone says little about an empty value, and a marker nothing about a missing one.
    if is_secret_name(name) && !text.is_empty() { Cow::Borrowed(SECRET) } else { rules.by_class(text, Class::Text, &[]) }
}

impl Visit for Visitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
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
        self.fields.bool(ranked(field.name()), value);
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
