//! A narration's text, cut at its placeholders.
//!
//! In: the text as written. Out: its pieces with their byte ranges, and every
//! fault found on the way; what is faulty is left out of the pieces, so that
//! the rest can still be checked.

use std::error::Error;
use std::fmt;
use std::ops::Range;

/// The most characters of literal text. A narration is a short plain English
/// line: what does not fit belongs into fields.
pub const MAX_TEXT_LEN: usize = 100;

/// A text as its pieces, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The pieces; no two literals follow each other.
    pub pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that stand in the text, `{{` and `}}` unescaped.
    Literal {
        /// The words.
        text: String,
        /// Where they stand in the text as written.
        range: Range<usize>,
    },
    /// `{name}` or `{name:spec}`.
    Placeholder {
        /// The field's name.
        name: String,
        /// What stands behind the colon: `>8.2`; empty for none.
        spec: String,
        /// Where it stands in the text as written, braces included.
        range: Range<usize>,
    },
}

/// Something in a text that is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// What is wrong.
    pub kind: TemplateFaultKind,
    /// The wrong bytes of the text as written.
    pub range: Range<usize>,
}

/// What can be wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateFaultKind {
    /// `{}` or `{0}`: a placeholder without a name.
    Positional,
    /// `{` that nothing closes.
    Unclosed,
    /// `}` that closes nothing.
    Stray,
    /// What stands in the braces is no name.
    BadName(String),
    /// What stands behind the colon is no format spec.
    BadSpec(String),
    /// The format spec takes its width or precision from an argument.
    SpecArgument(String),
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TemplateFaultKind::Positional => {
                f.write_str("a placeholder needs the name of a field: `{field}`")
            }
            TemplateFaultKind::Unclosed => {
                f.write_str("`{` is never closed; write `{{` for a brace")
            }
            TemplateFaultKind::Stray => f.write_str("`}` closes nothing; write `}}` for a brace"),
            TemplateFaultKind::BadName(name) => write!(
                f,
                "`{}` is no field name; a placeholder takes a name alone, \
                 and a value computed on the spot is given as a field of its own",
                name.escape_debug()
            ),
            TemplateFaultKind::BadSpec(spec) => {
                write!(f, "`{}` is no format spec", spec.escape_debug())
            }
            TemplateFaultKind::SpecArgument(spec) => write!(
                f,
                "`{}` takes its width or precision from an argument; write the number",
                spec.escape_debug()
            ),
        }
    }
}

impl Error for TemplateFault {}

impl Template {
    /// How many characters of literal text it has; [`MAX_TEXT_LEN`] is the limit.
    #[must_use]
    pub fn literal_len(&self) -> usize {
        self.literals().map(|text| text.chars().count()).sum()
    }

    /// Whether it is nothing but values, with no word of what happens.
    #[must_use]
    pub fn is_only_an_id(&self) -> bool {
        self.placeholders().next().is_some()
            && !self.literals().any(|text| text.chars().any(char::is_alphabetic))
    }

    /// The placeholders' names and byte ranges, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder { name, range, .. } => Some((name.as_str(), range.clone())),
            Piece::Literal { .. } => None,
        })
    }

    fn literals(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal { text, .. } => Some(text.as_str()),
            Piece::Placeholder { .. } => None,
        })
    }
}

/// Cuts a text at its placeholders. The faults come in the order of the text.
#[must_use]
pub fn parse(text: &str) -> (Template, Vec<TemplateFault>) {
    let mut cutter = Cutter { text, ..Cutter::default() };
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        cutter.literal(at..at + found, &text[at..at + found]);
        at = cutter.brace(at + found);
    }
    cutter.literal(at..text.len(), &text[at..]);
    (cutter.template, cutter.faults)
}

#[derive(Default)]
struct Cutter<'a> {
    text: &'a str,
    template: Template,
    faults: Vec<TemplateFault>,
}

impl Cutter<'_> {
    /// Appends to the literal under way, or begins one.
    fn literal(&mut self, range: Range<usize>, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(Piece::Literal { text, range: under_way }) = self.template.pieces.last_mut() {
            text.push_str(words);
            under_way.end = range.end;
        } else {
            self.template.pieces.push(Piece::Literal { text: words.to_owned(), range });
        }
    }

    /// Takes what the brace at `at` begins; answers where it ends.
    fn brace(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            self.literal(at..at + 2, &rest[..1]);
            return at + 2;
        }
        if rest.starts_with('}') {
            self.fault(TemplateFaultKind::Stray, at..at + 1);
            return at + 1;
        }
        // A second `{` before the `}` means that this one was never closed.
        match rest[1..].find(['{', '}']) {
            Some(length) if rest[1 + length..].starts_with('}') => {
                self.placeholder(at..at + length + 2);
                at + length + 2
            }
            _ => {
                self.fault(TemplateFaultKind::Unclosed, at..at + 1);
                at + 1
            }
        }
    }

    fn placeholder(&mut self, range: Range<usize>) {
        let inside = &self.text[range.start + 1..range.end - 1];
        let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
        let (name, spec) =
            if inside.contains(':') { (name, spec.trim_end()) } else { (name.trim_end(), spec) };
        let fault = if name.bytes().all(|byte| byte.is_ascii_digit()) {
            Some(TemplateFaultKind::Positional)
        } else if !is_identifier(name) {
            Some(TemplateFaultKind::BadName(name.to_owned()))
        } else {
            spec_fault(spec)
        };
        match fault {
            Some(kind) => self.fault(kind, range),
            None => self.template.pieces.push(Piece::Placeholder {
                name: name.to_owned(),
                spec: spec.to_owned(),
                range,
            }),
        }
    }

    fn fault(&mut self, kind: TemplateFaultKind, range: Range<usize>) {
        self.faults.push(TemplateFault { kind, range });
    }
}

fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Holds a format spec against the grammar of `std::fmt`, without arguments.
fn spec_fault(spec: &str) -> Option<TemplateFaultKind> {
    let rest = after_alignment(spec);
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    // The flag `0` is a digit before the width's own: taking all digits takes both.
    let (width, after_width) = digits(rest);
    let kind = match after_width.strip_prefix('.').map(digits) {
        Some((precision, after)) => {
            (!precision.is_empty() && is_in_range(precision)).then_some(after)
        }
        None => Some(after_width),
    };
    match kind {
        Some("" | "?" | "x" | "X" | "o" | "b" | "e" | "E" | "x?" | "X?") if is_in_range(width) => {
            None
        }
        _ if rest.contains(['$', '*']) => Some(TemplateFaultKind::SpecArgument(spec.to_owned())),
        _ => Some(TemplateFaultKind::BadSpec(spec.to_owned())),
    }
}

fn digits(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.split_at(text.len() - rest.len())
}

/// Widths and precisions are 16 bits wide in `std::fmt`.
fn is_in_range(digits: &str) -> bool {
    digits.is_empty() || digits.parse::<u16>().is_ok()
}

/// What follows `[[fill]align]`; any character may fill.
fn after_alignment(spec: &str) -> &str {
    const ALIGN: [char; 3] = ['<', '^', '>'];
    let mut chars = spec.chars();
    let filled = chars.next().map(|_| chars.as_str()).and_then(|rest| rest.strip_prefix(ALIGN));
    filled.or_else(|| spec.strip_prefix(ALIGN)).unwrap_or(spec)
}

#[cfg(test)]
mod tests;
