//! One field in the spelling of a line: in goes a name or a value, out comes its text, ready to
//! be copied behind the head.

use crate::format::Format;
use crate::name::FieldName;
use crate::{escape, name, pairs};

/// How a format spells its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// `,"name":value`
    Json,
    /// ` name=value`
    Pairs,
    /// Not at all.
    Absent,
}

impl Encoding {
    pub(crate) const fn of(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Logfmt | Format::Pretty => Self::Pairs,
            Format::Story => Self::Absent,
        }
    }

    /// Appends everything that stands before the value.
    #[inline(always)]
    pub(crate) fn key(self, out: &mut String, name: FieldName) {
        match self {
            _ if !name.declared => self.foreign_key(out, name.name),
            Self::Json => {
                out.push_str(",\"");
                out.push_str(name.name);
                out.push_str("\":");
            }
            Self::Pairs => {
                out.push(' ');
                out.push_str(name.name);
                out.push('=');
            }
            Self::Absent => {}
        }
    }

    /// The same for a name that may be anything.
    #[inline(never)]
    fn foreign_key(self, out: &mut String, name: &str) {
        match self {
            Self::Json => {
                out.push_str(",\"");
                push_prefix(out, name);
                escape::quoted(out, name);
                out.push_str("\":");
            }
            Self::Pairs => {
                out.push(' ');
                push_prefix(out, name);
                pairs::key(out, name);
                out.push('=');
            }
            Self::Absent => {}
        }
    }

    /// Appends a string.
    #[inline]
    pub(crate) fn text(self, out: &mut String, value: &str) {
        match self {
            Self::Json => {
                out.push('"');
                escape::quoted(out, value);
                out.push('"');
            }
            Self::Pairs => pairs::value(out, value),
            Self::Absent => {}
        }
    }

    /// Appends a number or a boolean, which look the same in every spelling.
    #[inline]
    pub(crate) fn token(self, out: &mut String, token: &str) {
        if self != Self::Absent {
            out.push_str(token);
        }
    }

    /// Appends a float. JSON has no word for the values that are no number, so these become
    /// strings and nothing is lost.
    pub(crate) fn float(self, out: &mut String, value: f64) {
        if value.is_finite() {
            self.token(out, zmij::Buffer::new().format_finite(value));
        } else if value.is_nan() {
            self.text(out, "NaN");
        } else {
            self.text(out, if value > 0.0 { "Infinity" } else { "-Infinity" });
        }
    }
}

/// The usual prefix is empty, and a copy of nothing would still be a call.
#[inline]
fn push_prefix(out: &mut String, name: &str) {
    let prefix = name::prefix(name);
    if !prefix.is_empty() {
        out.push_str(prefix);
    }
}
