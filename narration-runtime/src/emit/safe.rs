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
        match rules.by_class(self.held(held), class, words) {
            Cow::Borrowed(clean) if clean.len() == held.end - held.start => Safe::Held(held),
            other => {
                let safe = other.into_owned();
                self.text.truncate(held.start);
                Safe::Held(self.hold_str(&safe))
            }
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
    fn what_was_taken_from_a_value_does_not_stay_in_the_buffer() {
        let (mut scratch, rules) = (Scratch::take(), Rules::standard());
        let shown = Value::Shown(Shown::Display(&"password=hunter2hunter2"));
        let safe = scratch.make_safe(rules, &shown, Some(&Field::TEXT));
        assert_eq!(scratch.as_text(safe), Some("password=[redacted:password]"));
        assert_eq!(scratch.text, "password=[redacted:password]");
    }
}
