//! The static half of a narration: one callsite in the program.
//!
//! In: what the macro knows at compile time. Out: tracing metadata with a
//! cached interest, and everything [`tell`](Site::tell) needs that does not
//! change from call to call.

use std::sync::OnceLock;

use narration_taxonomy::Class;
use tracing_core::callsite::{DefaultCallsite, Identifier};
use tracing_core::field::FieldSet;
use tracing_core::metadata::{Kind, LevelFilter, Metadata};
use tracing_core::{Level, dispatcher};

use crate::redaction::{Policy, Rules};

/// One place in the program that narrates.
pub struct Site {
    callsite: DefaultCallsite,
    metadata: Metadata<'static>,
    pub(crate) origin: Origin,
    pub(crate) words: Words,
    rules: OnceLock<&'static Rules>,
}

/// Whose narration it is: what a layer sees of a site.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    /// What tracing knows.
    pub(crate) metadata: &'static Metadata<'static>,
    /// The actor, in the word of the vocabulary.
    pub(crate) actor: &'static str,
    /// The action, in the word of the vocabulary.
    pub(crate) action: &'static str,
    /// `package@version` of the crate the call stands in.
    pub(crate) emitted_by: &'static str,
    /// What the vocabulary says of the recorded fields.
    pub(crate) fields: &'static [Field],
}

impl Origin {
    /// Whether it is a `scope!`, and not a `#[narrated]` fn.
    pub(crate) fn is_scope(&self) -> bool {
        self.actor == "narration" && self.action == "scope"
    }
}

/// What the source says about a narration: its fields, its text, its target.
pub struct Words {
    /// One rule for each recorded field, in the order of the metadata's fields.
    pub fields: &'static [Field],
    /// The text, cut at its placeholders.
    pub text: &'static [Piece],
    /// What is acted on.
    pub target: Target,
    /// The vocabulary's own redaction; nothing for the default.
    pub policy: Option<&'static Policy>,
}

/// What the vocabulary says about one field of a site.
pub struct Field {
    /// What a value may become.
    pub class: Class,
    /// The words of an enum; empty for every other type.
    pub words: &'static [&'static str],
}

impl Field {
    /// As it is.
    pub const PUBLIC: Self = Self::of(Class::Public);
    /// An identifier.
    pub const ID: Self = Self::of(Class::Id);
    /// A path.
    pub const PATH: Self = Self::of(Class::Path);
    /// A URL.
    pub const URL: Self = Self::of(Class::Url);
    /// Free text.
    pub const TEXT: Self = Self::of(Class::Text);
    /// Personal data.
    pub const PII: Self = Self::of(Class::Pii);
    /// A secret.
    pub const SECRET: Self = Self::of(Class::Secret);
    /// A user's content.
    pub const CONTENT: Self = Self::of(Class::Content);

    const fn of(class: Class) -> Self {
        Self { class, words: &[] }
    }
}

/// A piece of a text.
#[derive(Clone, Copy)]
pub enum Piece {
    /// Words of the source, checked when they were compiled.
    Literal(&'static str),
    /// The value with this index.
    Value(usize),
}

/// Where the target comes from.
#[derive(Clone, Copy)]
pub enum Target {
    /// There is none.
    None,
    /// It stands in the source.
    Literal(&'static str),
    /// It is the value with this index.
    Value(usize),
}

/// Where a site stands in the program.
pub struct Place {
    /// The source file, as rustc names it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The module's path.
    pub module: &'static str,
    /// `package@version`.
    pub emitted_by: &'static str,
}

/// The source file in the mark of a site: behind `start` bytes, and before the line.
///
/// A part of a text keeps the whole of it in the program, where a reader of the program finds it.
pub const fn marked(mark: &'static str, start: usize, line: u32) -> &'static str {
    // The digits of the line, a colon before and a line feed behind them.
    let behind = match line.checked_ilog10() {
        Some(tens) => tens as usize + 3,
        None => 3,
    };
    match mark.split_at_checked(mark.len().saturating_sub(behind)) {
        Some((mark, _)) => match mark.split_at_checked(start) {
            Some((_, file)) => file,
            None => mark,
        },
        None => mark,
    }
}

/// The names tracing knows a site by.
pub struct Names {
    /// `actor.action`.
    pub name: &'static str,
    /// `actor::action`, what `RUST_LOG` filters by.
    pub target: &'static str,
    /// The actor.
    pub actor: &'static str,
    /// The action.
    pub action: &'static str,
    /// Every tracing field.
    pub fields: &'static [&'static str],
}

impl Site {
    /// A narration's site. `me` is the static this value is stored in.
    pub const fn event(
        me: &'static Site,
        names: Names,
        level: Level,
        words: Words,
        place: Place,
    ) -> Self {
        Self::new(me, names, level, words, place, Kind::EVENT)
    }

    /// A span's site. `me` is the static this value is stored in.
    pub const fn span(me: &'static Site, names: Names, words: Words, place: Place) -> Self {
        Self::new(me, names, Level::ERROR, words, place, Kind::SPAN)
    }

    const fn new(
        me: &'static Site,
        names: Names,
        level: Level,
        words: Words,
        place: Place,
        kind: Kind,
    ) -> Self {
        Self {
            callsite: DefaultCallsite::new(&me.metadata),
            metadata: Metadata::new(
                names.name,
                names.target,
                level,
                Some(place.file),
                Some(place.line),
                Some(place.module),
                FieldSet::new(names.fields, Identifier(&me.callsite)),
                kind,
            ),
            origin: Origin {
                metadata: &me.metadata,
                actor: names.actor,
                action: names.action,
                emitted_by: place.emitted_by,
                fields: words.fields,
            },
            words,
            rules: OnceLock::new(),
        }
    }

    /// Whether anybody wants to hear this. `level` is the site's own: given
    /// as a constant, a level that is compiled out leaves no code behind.
    #[inline(always)]
    pub fn enabled(&'static self, level: Level) -> bool {
        level <= tracing::level_filters::STATIC_MAX_LEVEL
            && level <= LevelFilter::current()
            && self.wanted()
    }

    /// What becomes of texts here.
    pub(crate) fn rules(&'static self) -> &'static Rules {
        match self.words.policy {
            None => Rules::standard(),
            Some(policy) => self.rules.get_or_init(|| Rules::heard(policy)),
        }
    }

    /// [`Site::enabled`] where the level is not known as a constant.
    pub(crate) fn heard(&'static self) -> bool {
        self.enabled(*self.metadata.level())
    }

    /// The cached answer of the subscriber, or its fresh one where it wants to be asked each time.
    #[inline]
    fn wanted(&'static self) -> bool {
        let interest = self.callsite.interest();
        !interest.is_never() && (interest.is_always() || self.asked())
    }

    #[cold]
    fn asked(&'static self) -> bool {
        dispatcher::get_default(|subscriber| subscriber.enabled(&self.metadata))
    }
}

/// Whether a span is one of ours, by its names: such a span hands context down.
pub(crate) fn carries_context(metadata: &Metadata<'_>) -> bool {
    let names = metadata.is_span().then(|| metadata.name().split_once('.')).flatten();
    names.is_some() && names == metadata.target().split_once("::")
}
