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
}

impl Encoding {
    /// The spelling of a format; a story has no fields.
    pub(crate) const fn of(format: Format) -> Option<Self> {
        match format {
            Format::Json => Some(Self::Json),
            Format::Logfmt | Format::Pretty => Some(Self::Pairs),
            Format::Story => None,
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
        }
    }

    /// Appends a float. JSON has no word for the values that are no number, so these become
    /// strings and nothing is lost.
    pub(crate) fn float(self, out: &mut String, value: f64) {
        if value.is_finite() {
            out.push_str(zmij::Buffer::new().format_finite(value));
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
