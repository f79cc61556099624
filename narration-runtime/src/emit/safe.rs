//! What a value may become: the one place where classes decide.
//!
//! In: a value and its field's class. Out: a value that anybody may see.
//! The detector of `narration-redact` is called from here and from nowhere
//! else on the way of a narration.

use std::borrow::Cow;
use std::fmt;

use narration_taxonomy::Class;

use super::scratch::{Held, Scratch};
use super::site::Field;
use crate::redaction::{Rules, SECRET, is_id};
use crate::value::{Shown, Value};

/// A value that anybody may see.
#[derive(Clone, Copy)]
pub(crate) enum Safe<'v> {
    /// Nothing to record.
    Absent,
    /// Text of the caller's, found harmless.
    Borrowed(&'v str),
    /// Text in the buffer.
    Held(Held),
    /// A number.
    U64(u64),
    /// A number.
    I64(i64),
    /// A number.
    F64(f64),
    /// A truth value.
    Bool(bool),
}

impl Scratch {
    /// Makes a value safe by its field's class. Values without a field count as free text.
    #[inline]
    pub(crate) fn make_safe<'v>(
        &mut self,
        rules: &Rules,
        value: &Value<'v>,
        field: Option<&Field>,
    ) -> Safe<'v> {
        match value {
            Value::Shown(shown) => self.make_text_safe(rules, *shown, field),
            Value::Known(text) => Safe::Borrowed(text),
            Value::Formatted(text, class) => self.formatted(rules, *text, *class),
            Value::Cut((whole, text, class)) => self.cut(rules, *whole, *text, *class),
            Value::Safe(text) => Safe::Held(self.hold(*text)),
            Value::U64(number) => number.map_or(Safe::Absent, Safe::U64),
            Value::I64(number) => number.map_or(Safe::Absent, Safe::I64),
            Value::F64(number) => number.map_or(Safe::Absent, Safe::F64),
            Value::Bool(truth) => truth.map_or(Safe::Absent, Safe::Bool),
            Value::Secret(true) => Safe::Borrowed(SECRET),
            Value::Secret(false) => Safe::Absent,
        }
    }

    #[inline]
    fn make_text_safe<'v>(
        &mut self,
        rules: &Rules,
        shown: Shown<'v>,
        field: Option<&Field>,
    ) -> Safe<'v> {
        let (class, words) = field.map_or((Class::Text, [].as_slice()), |f| (f.class, f.words));
        match shown {
            Shown::None => Safe::Absent,
            // Never formatted, whatever it is.
            _ if class == Class::Secret => Safe::Borrowed(SECRET),
            Shown::Str(text) => self.borrowed(rules, text, class, words),
            other => {
                let held = self.hold(format_args!("{other}"));
                self.held_by_class(rules, held, class, words)
            }
        }
    }

    /// Text of the caller's: only copied when something has to go.
    #[inline]
    fn borrowed<'v>(
        &mut self,
        rules: &Rules,
        text: &'v str,
        class: Class,
        words: &[&str],
    ) -> Safe<'v> {
        // Most texts of a narration are identifiers, and what they are is all there is to know.
        if class == Class::Id && is_id(text) {
            return Safe::Borrowed(text);
        }
        match rules.by_class(text, class, words) {
            Cow::Borrowed(clean) => Safe::Borrowed(clean),
            Cow::Owned(redacted) => Safe::Held(self.hold_str(&redacted)),
        }
    }

    /// Text in the buffer: rewritten there when something has to go.
    fn held_by_class(
        &mut self,
        rules: &Rules,
        held: Held,
        class: Class,
        words: &[&str],
    ) -> Safe<'static> {
        match self.changed(rules, held, class, words) {
            None => Safe::Held(held),
            Some(safe) => {
                self.text.truncate(held.start);
                Safe::Held(self.hold_str(&safe))
            }
        }
    }

    /// What text in the buffer becomes, unless it may stay as it is.
    fn changed(&self, rules: &Rules, held: Held, class: Class, words: &[&str]) -> Option<String> {
        let text = self.held(held);
        match rules.by_class(text, class, words) {
            // The same text, not one as long: a marker is borrowed as well.
            Cow::Borrowed(clean) if std::ptr::eq(clean, text) => None,
            other => Some(other.into_owned()),
        }
    }

    fn formatted(
        &mut self,
        rules: &Rules,
        text: fmt::Arguments<'_>,
        class: Class,
    ) -> Safe<'static> {
        if class == Class::Secret {
            return Safe::Borrowed(SECRET);
        }
        let held = self.hold(text);
        self.held_by_class(rules, held, class, &[])
    }

    /// A text with a precision. It is judged whole: half a secret is not known for one.
    #[cold]
    fn cut(
        &mut self,
        rules: &Rules,
        whole: Shown<'_>,
        text: fmt::Arguments<'_>,
        class: Class,
    ) -> Safe<'static> {
        let held = self.hold(format_args!("{whole}"));
        let changed = self.changed(rules, held, class, &[]);
        self.text.truncate(held.start);
        match changed {
            None => self.formatted(rules, text, class),
            // A marker is not cut: it would look like a value.
            Some(safe) => Safe::Held(self.hold_str(&safe)),
        }
    }

    /// The text of a value, where it is text.
    pub(crate) fn as_text<'s>(&'s self, value: Safe<'s>) -> Option<&'s str> {
        match value {
            Safe::Borrowed(text) => Some(text),
            Safe::Held(held) => Some(self.held(held)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that must not be looked at.
    struct Sealed;

    impl fmt::Display for Sealed {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("a secret was formatted")
        }
    }

    #[test]
    fn a_secret_is_not_even_formatted() {
        let (mut scratch, rules) = (Scratch::take(), Rules::standard());
        let shown = Value::Shown(Shown::Display(&Sealed));
        let safe = scratch.make_safe(rules, &shown, Some(&Field::SECRET));
        assert_eq!(scratch.as_text(safe), Some(SECRET));
        let formatted = format_args!("{Sealed}");
        let safe = scratch.make_safe(rules, &Value::Formatted(formatted, Class::Secret), None);
        assert_eq!(scratch.as_text(safe), Some(SECRET));
    }

    #[test]
    fn a_value_as_long_as_its_marker_is_replaced() {
        let (mut scratch, rules) = (Scratch::take(), Rules::standard());
        let marker = rules.by_class("", Class::Pii, &[]).into_owned();
        let name = "Eve Holt Reqre";
        assert_eq!(name.len(), marker.len());
        let formatted = format_args!("{name}");
        let safe = scratch.make_safe(rules, &Value::Formatted(formatted, Class::Pii), None);
        assert_eq!(scratch.as_text(safe), Some(marker.as_str()));
        let field = Field { class: Class::Pii, words: &[] };
        let shown = Value::Shown(Shown::Display(&name));
        let safe = scratch.make_safe(rules, &shown, Some(&field));
        assert_eq!(scratch.as_text(safe), Some(marker.as_str()));
    }

    #[test]
    fn what_was_taken_from_a_value_does_not_stay_in_the_buffer() {
        let (mut scratch, rules) = (Scratch::take(), Rules::standard());
        let shown = Value::Shown(Shown::Display(&"password=hunter2hunter2"));
        let safe = scratch.make_safe(rules, &shown, Some(&Field::TEXT));
        assert_eq!(scratch.as_text(safe), Some("password=[redacted:password]"));
        assert_eq!(scratch.text, "password=[redacted:password]");
    }
}
