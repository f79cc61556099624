//! How a fn's story ends: N0025, and the plain words where the vocabulary has none.
//!
//! In: the start's action and the recorded fields. Out: a telling for each of
//! the four ends. An outcome the vocabulary names no action for keeps the
//! start's action; its field `outcome` tells it apart.
//!
//! The words, after the start's `when` (or its name): `Building binary: done in
//! 12 ms`, `Building binary failed after 12 ms: disk full`, `Building binary
//! cancelled after 12 ms`, `Building binary panicked after 12 ms`.

use narration_taxonomy::template::{self, Piece, Template};
use narration_taxonomy::{Action, Level, Placed};

use crate::arguments::Arguments;
use crate::catalog;
use crate::check::scene::Scene;
use crate::check::text::OwnText;
use crate::errors::{Errors, Fault};
use crate::narration::{self, Ending, FieldValue, Site, Telling};
use crate::vocabulary::Vocabulary;

/// The four ends.
pub(super) struct Outcomes {
    pub(super) ok: Telling,
    pub(super) failed: Telling,
    pub(super) cancelled: Telling,
    pub(super) panicked: Telling,
}

/// What a fn records, and what it should but does not: that is reported already.
#[derive(Clone, Copy)]
pub(super) struct Recorded<'a> {
    pub(super) fields: &'a [FieldValue],
    pub(super) missing: &'a [&'a str],
}

/// The start's text where the attribute has none: the vocabulary's, else the
/// line of its catalogue, else its name.
pub(super) fn start_text(own: Option<&OwnText<'_>>, scene: Scene<'_>) -> Option<Template> {
    if own.is_some() {
        return None;
    }
    let human = scene.action.human.as_ref().map(|human| template::parse(&human.value).0);
    Some(human.unwrap_or_else(|| {
        let text = label(scene.action);
        Template { pieces: vec![Piece::Literal { range: 0..text.len(), text }] }
    }))
}

/// What the action is called in a sentence.
fn label(action: &Action) -> String {
    let when = action.when.as_deref().map(|when| when.trim().trim_end_matches(['.', '…', ':']));
    if let Some(when) = when.filter(|when| !when.is_empty()) {
        return when.to_owned();
    }
    let mut letters = action.name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.map(|letter| if letter == '-' { ' ' } else { letter })).collect()
}

/// The four ends of a story.
pub(super) fn resolve(
    arguments: &Arguments,
    scene: Scene<'_>,
    level: Level,
    recorded: Recorded<'_>,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Outcomes {
    let start = scene.action;
    let mut ends = Ends { arguments, scene, recorded, vocabulary, errors };
    let ok = ends.action(start.ok.as_ref());
    let failed = ends.action(start.failed.as_ref());
    let cancelled = ends.action(start.cancelled.as_ref());
    Outcomes {
        ok: ends.telling(ok, ok.map_or(level, |action| action.level), &OK),
        failed: ends.telling(
            failed,
            failed.map_or(Level::Warn, |action| action.level.max(Level::Warn)),
            &FAILED,
        ),
        cancelled: ends.telling(
            cancelled,
            cancelled.map_or(level, |action| action.level),
            &CANCELLED,
        ),
        panicked: ends.telling(None, Level::Error, &PANICKED),
    }
}

/// One kind of end: what it knows, and its plain words.
struct End {
    known: &'static [Ending],
    verb: &'static str,
    tail: &'static str,
    error: bool,
}

const ALWAYS: &[Ending] = &[Ending::DurationMs, Ending::Outcome];
const WITH_ERROR: &[Ending] =
    &[Ending::DurationMs, Ending::Outcome, Ending::Error, Ending::ErrorKind];

const OK: End = End { known: ALWAYS, verb: ": done in ", tail: " ms", error: false };
const FAILED: End = End { known: WITH_ERROR, verb: " failed after ", tail: " ms: ", error: true };
const CANCELLED: End = End { known: ALWAYS, verb: " cancelled after ", tail: " ms", error: false };
const PANICKED: End = End { known: ALWAYS, verb: " panicked after ", tail: " ms", error: false };

struct Ends<'a, 'e> {
    arguments: &'a Arguments,
    scene: Scene<'a>,
    recorded: Recorded<'a>,
    vocabulary: &'a Vocabulary,
    errors: &'e mut Errors,
}

impl<'a> Ends<'a, '_> {
    /// The declared action of an outcome.
    fn action(&self, name: Option<&Placed<String>>) -> Option<&'a Action> {
        self.scene.actor.action(&name?.value)
    }

    fn telling(&mut self, action: Option<&Action>, level: Level, end: &End) -> Telling {
        let name = action.map_or(&self.scene.action.name, |action| &action.name);
        let site = Site { actor: self.scene.actor.name.clone(), action: name.clone(), level };
        let declared = action.and_then(|action| action.human.as_ref());
        let text = match declared {
            Some(human) => self.pieces(name, human, end),
            None => self.plain_words(end),
        };
        Telling { site, text }
    }

    fn plain_words(&self, end: &End) -> Vec<narration::Piece> {
        let label = label(self.scene.action);
        let mut pieces = vec![
            narration::Piece::Literal(format!("{label}{}", end.verb)),
            narration::Piece::Ending(Ending::DurationMs),
            narration::Piece::Literal(end.tail.to_owned()),
        ];
        pieces.extend(end.error.then_some(narration::Piece::Ending(Ending::Error)));
        pieces
    }

    /// The outcome's own text; what it cannot know is reported at the start's action.
    fn pieces(&mut self, name: &str, human: &Placed<String>, end: &End) -> Vec<narration::Piece> {
        let template = template::parse(&human.value).0;
        let mut pieces = Vec::with_capacity(template.pieces.len());
        for piece in &template.pieces {
            match piece {
                Piece::Literal { text, .. } => pieces.push(narration::Piece::Literal(text.clone())),
                Piece::Placeholder { name: field, spec, .. } => {
                    match self.placeholder(field, spec, end) {
                        Some(piece) => pieces.push(piece),
                        None if self.recorded.missing.contains(&field.as_str()) => {}
                        None => self.refuse(name, human, field, spec),
                    }
                }
            }
        }
        pieces
    }

    fn placeholder(&self, field: &str, spec: &str, end: &End) -> Option<narration::Piece> {
        if let Some(index) = self.recorded.fields.iter().position(|recorded| recorded.name == field)
        {
            return Some(narration::Piece::Field { index, spec: spec.to_owned() });
        }
        let ending =
            ending(field).filter(|ending| spec.is_empty() && end.known.contains(ending))?;
        Some(narration::Piece::Ending(ending))
    }

    fn refuse(&mut self, outcome: &str, human: &Placed<String>, field: &str, spec: &str) {
        let why = if ending(field).is_some() && !spec.is_empty() {
            format!("`{{{field}:{spec}}}`, but what an ending brings takes no format spec")
        } else {
            format!("`{{{field}}}`, which this fn does not record")
        };
        let message = format!("the text of the outcome `{outcome}` needs {why}");
        let text = format!("its text: {:?} ({})", human.value, self.vocabulary.show(human.place));
        self.errors.push(
            Fault::new(&catalog::OUTCOME_NEEDS_FIELD, &self.arguments.place(), message).note(text),
        );
    }
}

/// The ending of that name.
fn ending(name: &str) -> Option<Ending> {
    match name {
        "duration_ms" => Some(Ending::DurationMs),
        "error" => Some(Ending::Error),
        "error_kind" => Some(Ending::ErrorKind),
        "outcome" => Some(Ending::Outcome),
        _ => None,
    }
}
