//! What a call means once it has been checked: it cannot be wrong any more.
//!
//! In: nothing. Out: the types between the rules and the expansion. There is
//! no variant here for a mistake, so that expansion cannot fail.

use narration_taxonomy::{Class, Level, Type, Unit};
use proc_macro2::{Span, TokenStream};

/// A `narrate!` call, resolved against the vocabulary.
#[derive(Clone, Debug)]
pub struct Narration {
    /// Who does what, how loud.
    pub site: Site,
    /// Everything recorded, in the order of the record: built-in fields in
    /// their own order, then the rest in the order of the action's whitelist.
    pub fields: Vec<FieldValue>,
    /// What is acted on.
    pub target: Option<Target>,
    /// The text, cut at its placeholders.
    pub text: Vec<Piece>,
    /// Names used that are on their way out.
    pub deprecations: Vec<Deprecation>,
}

/// Who does what, how loud: everything static about a narration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The actor's name.
    pub actor: String,
    /// The action's name.
    pub action: String,
    /// The level.
    pub level: Level,
}

/// One field and the value it gets.
#[derive(Clone, Debug)]
pub struct FieldValue {
    /// The field's name.
    pub name: String,
    /// Its declared type.
    pub ty: Type,
    /// Its class; decides what may become of the value.
    pub class: Class,
    /// Its unit, if it is a number that has one.
    pub unit: Option<Unit>,
    /// The value as the caller wrote it.
    pub value: Value,
}

/// A value as the caller wrote it.
#[derive(Clone, Debug)]
pub struct Value {
    /// How it is turned to text.
    pub sigil: Sigil,
    /// The expression, without its sigil.
    pub expr: TokenStream,
    /// The expression, when it is a string literal: it was checked already
    /// and needs no detector.
    pub literal: Option<String>,
    /// Where a fault of its type is shown.
    pub span: Span,
}

/// How a value is turned to text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sigil {
    /// By its type: as the field's own type wants it.
    Plain,
    /// `%value`: by `Display`.
    Display,
    /// `?value`: by `Debug`.
    Debug,
}

/// What a narration's target is.
#[derive(Clone, Debug)]
pub enum Target {
    /// The field with this index in [`Narration::fields`] (or [`Story::fields`]).
    Field(usize),
    /// A literal, checked at compile time.
    Literal(String),
    /// Any other expression; it counts as free text.
    Value(Value),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that stand in the source, braces unescaped.
    Literal(String),
    /// The value of a field, by its index in [`Narration::fields`] (or [`Story::fields`]).
    Field {
        /// The index.
        index: usize,
        /// What stands behind the colon: `>8.2`; empty for none.
        spec: String,
    },
    /// A built-in field whose value is known only when a `#[narrated]` fn has
    /// ended: `duration_ms`, `error`, `error_kind`, `outcome`. Never in a
    /// [`Narration`], only in a [`Telling`].
    Ending(Ending),
}

/// What is known only when a `#[narrated]` fn has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// How long it took.
    DurationMs,
    /// The error's text.
    Error,
    /// The error's kind.
    ErrorKind,
    /// `ok`, `failed`, `cancelled` or `panicked`.
    Outcome,
}

/// A name that is on its way out, used at `span`.
#[derive(Clone, Debug)]
pub struct Deprecation {
    /// The name.
    pub name: String,
    /// Since which version.
    pub since: Option<String>,
    /// Everything rustc's warning shall say: the replacement and the note.
    pub note: String,
    /// Where it was used.
    pub span: Span,
}

/// A fn under `#[narrated(action = …)]`, resolved against the vocabulary.
#[derive(Clone, Debug)]
pub struct Story {
    /// What its span carries, in the order of the record.
    pub fields: Vec<FieldValue>,
    /// What is acted on, in every telling.
    pub target: Option<Target>,
    /// Told before the body runs.
    pub start: Telling,
    /// Told when it returns, unless with an `Err`.
    pub ok: Telling,
    /// Told when it returns an `Err`.
    pub failed: Telling,
    /// Told when its future is dropped before it is done.
    pub cancelled: Telling,
    /// Told when it unwinds.
    pub panicked: Telling,
    /// The caller's expression for `error_kind`, over a variable `err`.
    pub error_kind: Option<TokenStream>,
    /// Names used that are on their way out.
    pub deprecations: Vec<Deprecation>,
}

/// One of the narrations a `#[narrated]` fn makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Who does what, how loud.
    pub site: Site,
    /// The text, cut at its placeholders.
    pub text: Vec<Piece>,
}
