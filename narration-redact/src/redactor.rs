//! Redaction with a choice of rules: text goes in, the same text without its secrets comes out.

use std::{borrow::Cow, sync::Arc};

use crate::{
    Finding,
    again::Taken,
    builder::{Extra, RedactorBuilder},
    confirm::url,
    cut::{self, Cut, Tail},
    gate, marker, names,
    scan::{Judge, Scanner},
};

/// How many bytes of a text are looked at unless told otherwise.
pub(crate) const DEFAULT_MAX_LEN: usize = 64 * 1024;

/// How often a text with secrets in it is looked at, at most.
const MAX_PASSES: usize = 6;

/// The detector with a choice of rules. Cheap to clone, shared freely between threads.
///
/// ```
/// use narration_redact::{PiiKind, Redactor};
///
/// let redactor = Redactor::builder().pii(PiiKind::Email).build()?;
/// assert_eq!(redactor.redact("mail from joe@example.com"), "mail from [redacted:email]");
/// # Ok::<(), narration_redact::RedactorError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Redactor {
    pub(crate) max_len: usize,
    /// What was chosen beyond the default rules.
    pub(crate) extra: Option<Arc<Extra>>,
}

static STANDARD: Redactor = Redactor { max_len: DEFAULT_MAX_LEN, extra: None };

impl Default for Redactor {
    fn default() -> Self {
        Self::new()
    }
}

impl Redactor {
    /// The default rules: secrets of every kind, no personal data.
    #[must_use]
    pub const fn new() -> Self {
        Self { max_len: DEFAULT_MAX_LEN, extra: None }
    }

    pub(crate) fn standard() -> &'static Self {
        &STANDARD
    }

    /// Starts a choice of rules.
    #[must_use]
    pub fn builder() -> RedactorBuilder {
        RedactorBuilder::default()
    }

    /// Replaces every secret; text without one comes back borrowed.
    #[must_use]
    #[inline]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.rewritten(text).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// Masks the password and the sensitive query and fragment values of a URL.
    #[must_use]
    pub fn redact_url<'t>(&self, url: &'t str) -> Cow<'t, str> {
        let masked = self.redact(url);
        match url::masked_parameters(&masked) {
            Some(url) => Cow::Owned(url),
            None => masked,
        }
    }

    /// Replaces every secret in the value of a field, of which the name may say that it is one.
    ///
    /// `stripe_key` before a random value is a secret, which the value by itself does not tell.
    /// Names that tell it of any value are asked for by [`is_secret_name`](crate::is_secret_name).
    #[must_use]
    pub fn redact_named<'t>(&self, name: &str, value: &'t str) -> Cow<'t, str> {
        if names::classify(name.as_bytes()).is_none() {
            return self.redact(value);
        }
        let line = format!("{name}={value}");
        let clean = self.rewritten(&line);
        let value_of = |line: &str| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned);
        match clean.as_deref().map(value_of) {
            Some(Some(clean)) => Cow::Owned(clean),
            // Something in the name itself was replaced.
            Some(None) => self.redact(value),
            None => Cow::Borrowed(value),
        }
    }

    /// Redacts `buffer[from..]` where it stands and says whether anything was replaced.
    ///
    /// Nothing is allocated when the text is clean. A `from` inside a character counts from the
    /// character's start, one behind the end finds nothing.
    pub fn redact_in_place(&self, buffer: &mut String, from: usize) -> bool {
        let start = cut::boundary(buffer, from);
        let Some(text) = buffer.get(start..) else { return false };
        let Some(clean) = self.rewritten(text) else { return false };
        buffer.truncate(start);
        buffer.push_str(&clean);
        true
    }

    /// The first secret in a text.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Finding> {
        let found = Scanner::new(text, self.judge()).next()?;
        Some(Finding { rule: found.rule, range: found.start..found.end })
    }

    /// Whether [`PiiMode::Hash`](crate::PiiMode::Hash) was asked for without a key, so that
    /// personal data is masked instead; worth telling the operator once.
    #[must_use]
    pub fn masks_for_want_of_a_key(&self) -> bool {
        self.extra.as_ref().is_some_and(|extra| extra.pii.wants_a_key())
    }

    fn judge(&self) -> Option<&dyn Judge> {
        self.extra.as_deref().filter(|extra| extra.judges()).map(|extra| extra as &dyn Judge)
    }

    /// The text without its secrets; `None` if it is clean and short enough.
    #[inline]
    fn rewritten(&self, text: &str) -> Option<String> {
        if text.len() > self.max_len || self.extra.is_some() {
            return self.rewritten_at_length(text);
        }
        let place = gate::first_place(text.as_bytes())?;
        self.without_secrets_from(text, place).map(|clean| self.within_limit(clean))
    }

    /// A text without its secrets, shorter than before if their markers made it too long.
    #[inline]
    fn within_limit(&self, clean: String) -> String {
        if clean.len() <= self.max_len {
            return clean;
        }
        cut::joined(clean, Tail::Nothing, self.max_len)
    }

    /// The same for a text that may be too long, and with what was chosen beyond the default rules.
    #[inline(never)]
    fn rewritten_at_length(&self, text: &str) -> Option<String> {
        let Cut { body, tail } = cut::within(text, self.max_len);
        let clean = self.without_secrets(body);
        let clean = match &self.extra {
            Some(extra) => self.with_extra(extra, clean.as_deref().unwrap_or(body)).or(clean),
            None => clean,
        };
        if clean.is_none() && !tail.dropped() {
            return None;
        }
        Some(cut::joined(clean.unwrap_or_else(|| body.to_owned()), tail, self.max_len))
    }

    /// A text without what was chosen beyond the default rules, and without the secrets that only
    /// the markers of that make plain; `None` if nothing was found.
    fn with_extra(&self, extra: &Extra, text: &str) -> Option<String> {
        let mut clean = extra.applied(text)?;
        for _ in 1..MAX_PASSES {
            let Some(cleaner) = self.without_secrets(&clean) else { break };
            clean = extra.applied(&cleaner).unwrap_or(cleaner);
        }
        Some(clean)
    }

    #[inline]
    fn without_secrets(&self, body: &str) -> Option<String> {
        let place = gate::first_place(body.as_bytes())?;
        self.without_secrets_from(body, place)
    }

    /// The text without its secrets, of which none starts before a place.
    ///
    /// What is found changes what stands around it. Where something else is found for that, the
    /// text is looked at again until nothing more is.
    fn without_secrets_from(&self, body: &str, place: usize) -> Option<String> {
        let mut taken = Taken::default();
        let (clean, more) = self.one_pass(body, place, &mut taken)?;
        let clean = if more { self.settled(clean) } else { clean };
        match taken.out_of(&clean, body) {
            Some(cleaner) => Some(self.settled(cleaner)),
            None => Some(clean),
        }
    }

    /// A text in which markers stand, looked at until nothing more is found.
    #[cold]
    fn settled(&self, mut clean: String) -> String {
        for _ in 1..MAX_PASSES {
            let Some((cleaner, more)) = self.one_pass(&clean, 0, &mut Taken::default()) else {
                break;
            };
            clean = cleaner;
            if !more {
                break;
            }
        }
        clean
    }

    /// The text without the secrets of one pass, and whether there is more to find in it now.
    fn one_pass(&self, body: &str, place: usize, taken: &mut Taken) -> Option<(String, bool)> {
        let mut scanner = Scanner::starting_at(place, body, self.judge());
        let mut next = Some(scanner.next()?);
        let mut clean = String::with_capacity(body.len() + 32);
        let mut copied = 0;
        while let Some(found) = next {
            scanner.doubts().follow(copied..found.start, clean.len());
            clean.push_str(body.get(copied..found.start).unwrap_or_default());
            marker::push(&mut clean, found.rule);
            taken.note(found);
            copied = found.end;
            next = scanner.next();
        }
        scanner.doubts().follow(copied..body.len(), clean.len());
        clean.push_str(body.get(copied..).unwrap_or_default());
        let doubts = scanner.doubts();
        let more = doubts.too_many()
            || !doubts.are_none() && Scanner::new(&clean, self.judge()).gives_away(doubts);
        Some((clean, more))
    }
}
