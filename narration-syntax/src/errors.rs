//! Faults are gathered, not thrown: a call with three mistakes tells of all three.
//!
//! In: a [`Rule`], the wrong tokens, what was found. Out: one compile error a
//! fault, underlining exactly those tokens; or the faults themselves, for a
//! reader that prints them its own way.

use core::fmt;

use narration_taxonomy::{Rule, Severity};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// The faults of one call or attribute.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    faults: Vec<Fault>,
}

/// One thing that is refused, at its place.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The wrong tokens, from first to last.
    pub extent: Extent,
    /// What is wrong, with names; the first line.
    pub message: String,
    /// More lines: a did-you-mean, what is allowed and where that is declared.
    pub notes: Vec<String>,
    /// The way out in this very case; without it the rule's own is told.
    pub help: Option<String>,
}

/// Where a run of tokens begins and ends. Spans cannot be joined on a stable
/// compiler, so both ends are carried.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// The first token.
    pub start: Span,
    /// The last token.
    pub end: Span,
}

impl Errors {
    /// No faults yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { faults: Vec::new() }
    }

    /// Adds a fault.
    pub fn push(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Whether nothing is wrong. Warnings do not count.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.faults.iter().all(|fault| fault.rule.severity == Severity::Warning)
    }

    /// The faults in the order they were found.
    pub fn iter(&self) -> core::slice::Iter<'_, Fault> {
        self.faults.iter()
    }

    /// One `::core::compile_error!` a fault, on the fault's own tokens, in the order of the source.
    #[must_use]
    pub fn into_compile_errors(mut self) -> TokenStream {
        let refused = |fault: &Fault| fault.rule.severity == Severity::Error;
        self.faults.sort_by_key(|fault| {
            let start = fault.extent.start.start();
            (start.line, start.column)
        });
        self.faults
            .into_iter()
            .filter(refused)
            .flat_map(|fault| fault.into_compile_error())
            .collect()
    }
}

impl Extend<Fault> for Errors {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        self.faults.extend(faults);
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Fault;
    type IntoIter = core::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Fault {
    /// A fault of `tokens`.
    pub fn new(rule: &'static Rule, tokens: &impl ToTokens, message: impl Into<String>) -> Self {
        Self::at(rule, Extent::of(tokens), message)
    }

    /// A fault at a place that is known already.
    pub fn at(rule: &'static Rule, extent: Extent, message: impl Into<String>) -> Self {
        Self { rule, extent, message: message.into(), notes: Vec::new(), help: None }
    }

    /// Adds a line, if there is one to add.
    #[must_use]
    pub fn note(mut self, line: impl Into<Option<String>>) -> Self {
        self.notes.extend(line.into());
        self
    }

    /// Tells the way out in this very case.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help = Some(line.into());
        self
    }

    fn into_compile_error(self) -> [TokenTree; 8] {
        let Extent { start, end } = self.extent;
        let colon = |spacing| punct(':', spacing, start);
        let mut text = Literal::string(&self.to_string());
        text.set_span(end);
        let mut braces = Group::new(Delimiter::Brace, TokenTree::Literal(text).into());
        // The compiler underlines from the first token of the call to its last.
        braces.set_span(end);
        [
            colon(Spacing::Joint),
            colon(Spacing::Alone),
            Ident::new("core", start).into(),
            colon(Spacing::Joint),
            colon(Spacing::Alone),
            Ident::new("compile_error", start).into(),
            punct('!', Spacing::Alone, start),
            braces.into(),
        ]
    }
}

fn punct(character: char, spacing: Spacing, span: Span) -> TokenTree {
    let mut punct = Punct::new(character, spacing);
    punct.set_span(span);
    punct.into()
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.rule.code;
        writeln!(f, "{code}: {}", self.message)?;
        for note in &self.notes {
            writeln!(f, "  {note}")?;
        }
        writeln!(f, "  help: {}", self.help.as_deref().unwrap_or(self.rule.help))?;
        write!(f, "  more: docs/errors/{code}.md")
    }
}

impl Extent {
    /// From the first of `tokens` to the last; the call itself when there are none.
    pub fn of(tokens: &impl ToTokens) -> Self {
        let mut spans = tokens.to_token_stream().into_iter().map(|token| match token {
            // A group without delimiters is no token the user sees.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                Self::of(&group.stream())
            }
            token => token.span().into(),
        });
        let first = spans.next().unwrap_or_else(|| Span::call_site().into());
        let last = spans.last().unwrap_or(first);
        Self { start: first.start, end: last.end }
    }

    /// One span for it: the whole where spans can be joined, else the first token.
    #[must_use]
    pub fn span(self) -> Span {
        self.start.join(self.end).unwrap_or(self.start)
    }
}

impl From<Span> for Extent {
    fn from(span: Span) -> Self {
        Self { start: span, end: span }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;
    use crate::catalog;
    use crate::testing::tokens;

    #[test]
    fn a_compile_error_underlines_the_fault_from_first_to_last_token() {
        let source = tokens("x = queue.len() + 1, y");
        let wrong: TokenStream = source.into_iter().skip(2).take(6).collect();
        let mut errors = Errors::new();
        errors
            .push(Fault::new(&catalog::WRONG_TYPE, &wrong, "`x` is \"so\"").note("one".to_owned()));
        let error: Vec<TokenTree> = errors.into_compile_errors().into_iter().collect();
        assert_eq!(error.first().unwrap().span().source_text().unwrap(), "queue");
        assert_eq!(error.last().unwrap().span().source_text().unwrap(), "1");
        let text = error.last().unwrap().to_string();
        assert!(text.contains(r#"N0007: `x` is \"so\"\n  one\n  help: "#), "{text}");
        assert!(text.contains("more: docs/errors/N0007.md"), "{text}");
    }

    #[test]
    fn every_refusal_becomes_an_error_and_no_warning_does() {
        let mut errors = Errors::new();
        errors.push(Fault::new(&catalog::DEPRECATED, &quote!(x), "old"));
        assert!(errors.is_empty());
        errors.push(Fault::new(&catalog::UNKNOWN_FIELD, &quote!(x), "no such field"));
        errors.push(Fault::new(&catalog::NO_TEXT, &quote!(x), "no text"));
        assert!(!errors.is_empty());
        let printed = errors.into_compile_errors().to_string();
        assert_eq!(printed.matches("compile_error").count(), 2, "{printed}");
    }
}
