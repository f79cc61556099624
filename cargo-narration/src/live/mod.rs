//! Lines of logs, held against vocabularies.
//!
//! In: logs and vocabularies. Out: what is wrong with the lines, each kind once
//! with its number and its first place.

mod names;
mod tally;
mod values;
mod words;

use narration_record::Value;
use narration_redact::{PiiKind, Redactor, is_secret_name};
use narration_syntax::Vocabulary;
use narration_taxonomy::{Class, RedactionPattern};

use crate::fault::Fault;
use crate::logs::{Entry, Shape};
use crate::rules;

pub(crate) use tally::{Counted, Kind, Tally};

use words::quoted;

/// A vocabulary with its detector.
pub(crate) struct Judge<'v> {
    vocabulary: &'v Vocabulary,
    redactor: Redactor,
}

/// What a line is held against: the vocabularies of all services in a log.
pub(crate) struct Court<'v> {
    judges: Vec<Judge<'v>>,
}

impl<'v> Court<'v> {
    /// Takes the vocabularies of the services whose logs are read.
    pub(crate) fn new(
        vocabularies: impl IntoIterator<Item = &'v Vocabulary>,
    ) -> Result<Self, Fault> {
        let judge =
            |vocabulary: &'v Vocabulary| Ok(Judge { vocabulary, redactor: redactor(vocabulary)? });
        Ok(Self { judges: vocabularies.into_iter().map(judge).collect::<Result<_, Fault>>()? })
    }

    /// Everything that is wrong with an event of a log.
    pub(crate) fn judge(&self, entry: &Entry, found: &mut impl FnMut(Kind)) {
        if entry.shape == Shape::Raw || entry.shape == Shape::Foreign {
            let message = match entry.shape {
                Shape::Raw => "a line is neither JSON nor logfmt".to_owned(),
                _ => "a line of another program lacks what every record has".to_owned(),
            };
            found(Kind::new(&rules::NO_RECORD, message));
        }
        let own = self.judges.iter().find(|judge| judge.vocabulary.actor(&entry.actor).is_some());
        if entry.shape == Shape::Narration {
            names::check(self, own, entry, found);
        }
        // Without a vocabulary of its own a line is read by the first one's rules.
        if let Some(judge) = own.or(self.judges.first()) {
            judge.secrets(entry, found);
        }
    }

    fn vocabularies(&self) -> impl Iterator<Item = &'v Vocabulary> {
        self.judges.iter().map(|judge| judge.vocabulary)
    }
}

impl Judge<'_> {
    fn secrets(&self, entry: &Entry, found: &mut impl FnMut(Kind)) {
        let texts = [("human", Some(entry.human.as_str())), ("target", entry.target.as_deref())];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key, text?)));
        let fields = entry.fields.iter().filter_map(|(key, value)| match value {
            Value::Str(text) => Some((key.as_str(), text.as_str())),
            _ => None,
        });
        for (key, text) in texts.chain(fields) {
            let field = self.vocabulary.field(key);
            let hidden = field.map(|field| self.vocabulary.class(field));
            // What becomes of a value of these classes is judged by its shape.
            if hidden.is_some_and(Class::is_hidden) && entry.shape == Shape::Narration {
                continue;
            }
            if field.is_none() && is_secret_name(key) && !text.starts_with("[redacted:") {
                let message = format!("{} is a secret by its name and shows a value", quoted(key));
                found(Kind::new(&rules::SECRET_TOLD, message));
                continue;
            }
            if let Some(rule) = self.secret(text) {
                let message = format!("{} holds what looks like a secret ({rule})", quoted(key));
                found(Kind::new(&rules::SECRET_TOLD, message));
            }
        }
    }

    /// The rule that finds a secret in a text.
    fn secret(&self, text: &str) -> Option<String> {
        if let Some(finding) = self.redactor.find(text) {
            return Some(finding.rule.to_owned());
        }
        let redacted = self.redactor.redact(text);
        if redacted == text {
            return None;
        }
        // Only personal data and rules of one's own are left; the marker names them.
        let mut markers = redacted.split('[').skip(1).filter_map(|rest| rest.split(']').next());
        let marker = markers.find(|marker| !text.contains(&format!("[{marker}]")))?;
        Some(marker.trim_start_matches("redacted:").split(':').next().unwrap_or(marker).to_owned())
    }
}

/// The detector as the vocabulary's `[redaction]` wants it.
fn redactor(vocabulary: &Vocabulary) -> Result<Redactor, Fault> {
    let redaction = &vocabulary.taxonomy().redaction;
    let mut builder = Redactor::builder();
    for kind in &redaction.pii {
        if let Ok(kind) = kind.value.parse::<PiiKind>() {
            builder = builder.pii(kind);
        }
    }
    for name in &redaction.off {
        builder = builder.off(name.value.as_str());
    }
    for shape in &redaction.allow {
        builder = builder.allow(shape.value.as_str());
    }
    for rule in &redaction.rules {
        let name = rule.name.value.as_str();
        builder = match &rule.pattern {
            RedactionPattern::Regex(pattern) => builder.rule(name, pattern.value.as_str()),
            RedactionPattern::Prefix(prefix) => builder.prefix(name, prefix.value.as_str()),
        };
    }
    builder.build().map_err(|error| {
        Fault::usage(format!("the vocabulary's redaction cannot be used: {error}"))
    })
}
