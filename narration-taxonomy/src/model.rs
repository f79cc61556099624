//! The vocabulary as plain data: who may act, how, with which fields.
//!
//! In: nothing. Out: the types every other part reads. Everything keeps the
//! order it was declared in and the [`Place`] it was declared at, so that a
//! message can always say where.

use std::path::PathBuf;

/// A whole vocabulary, resolved over its `extends`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taxonomy {
    /// `[narration] name`, the vocabulary's own name.
    pub name: String,
    /// Declared fields in order of declaration; built-in ones are not among them.
    pub fields: Vec<Field>,
    /// Actors in order of declaration.
    pub actors: Vec<Actor>,
    /// The `[levels]` section: how much of a level is told, where neither action nor actor says it.
    pub levels: Vec<LevelRate>,
    /// The `[redaction]` section.
    pub redaction: Redaction,
    /// Every file that was read, the governing one first. [`Place::file`] points here.
    pub files: Vec<PathBuf>,
}

/// Where something was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into [`Taxonomy::files`].
    pub file: usize,
    /// Line, counted from 1; 0 for what stands in no file (built-in fields).
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// A value with the place it was written at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A field that may be logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// `[a-z0-9_]`.
    pub name: String,
    /// Where it was declared.
    pub place: Place,
    /// What values it takes.
    pub ty: Type,
    /// What a value may become.
    pub class: Class,
    /// Whether the vocabulary names the class itself (else it is the type's default).
    pub class_declared: bool,
    /// The unit of a number, `ms` for instance.
    pub unit: Option<Unit>,
    /// One line for the catalogue.
    pub doc: Option<String>,
    /// An example value for the catalogue.
    pub example: Option<Placed<String>>,
    /// The reason why a sensitive value may be shown in texts.
    pub expose: Option<Placed<String>>,
    /// Set when the name is on its way out.
    pub deprecated: Option<Deprecated>,
}

/// The type of a field's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// Unsigned integer of 64 bits.
    U64,
    /// Signed integer of 64 bits.
    I64,
    /// Floating point number of 64 bits.
    F64,
    /// `true` or `false`.
    Bool,
    /// One of the listed words.
    Enum(Vec<String>),
}

/// What a value may become on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Stays as it is.
    Public,
    /// Stays as it is while it looks like an identifier, else treated as text.
    Id,
    /// A file path.
    Path,
    /// A URL: credentials and sensitive query values are masked.
    Url,
    /// Free text: goes through the detector.
    Text,
    /// Personal data: masked or pseudonymised.
    Pii,
    /// Never formatted.
    Secret,
    /// User content: only its length and fingerprint are told.
    Content,
}

/// The unit of a numeric field. Units of time accept a `Duration` too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Nanoseconds,
    /// Microseconds.
    Microseconds,
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// Hundredths.
    Percent,
}

/// The level of a narration, as in `tracing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The finest.
    Trace,
    /// For developers.
    Debug,
    /// The default.
    Info,
    /// Something failed or will.
    Warn,
    /// Somebody should look.
    Error,
}

/// A part of the system that acts: a service or a component of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// `[a-z0-9-]`.
    pub name: String,
    /// Where it was declared.
    pub place: Place,
    /// One line for the catalogue.
    pub doc: Option<String>,
    /// What it may do, in order of declaration.
    pub actions: Vec<Action>,
    /// How much of it is told, where an action says nothing itself.
    pub rate: Rate,
    /// Set when the name is on its way out.
    pub deprecated: Option<Deprecated>,
}

/// Something an actor does.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// `[a-z0-9-]`.
    pub name: String,
    /// Where it was declared.
    pub place: Place,
    /// One line for the catalogue: when it is told.
    pub when: Option<String>,
    /// An example target for the catalogue, where the target field's own does not fit.
    pub example: Option<Placed<String>>,
    /// The field that is the event's target.
    pub target: Option<Placed<String>>,
    /// The level; a declared `failed` outcome defaults to `warn`, all else to `info`.
    pub level: Level,
    /// Where the level was written; `None` where it is the default.
    pub level_at: Option<Place>,
    /// The whitelist, in order.
    pub fields: Vec<FieldUse>,
    /// The default text.
    pub human: Option<Placed<String>>,
    /// The action that tells success.
    pub ok: Option<Placed<String>>,
    /// The action that tells failure.
    pub failed: Option<Placed<String>>,
    /// The action that tells that the work was given up.
    pub cancelled: Option<Placed<String>>,
    /// How much of it is told.
    pub rate: Rate,
    /// The reason why this action's text may show sensitive values.
    pub expose: Option<Placed<String>>,
    /// Set when the name is on its way out.
    pub deprecated: Option<Deprecated>,
}

/// How much of something is told; all of it where nothing is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rate {
    /// `sample`: the share of stories that are told.
    pub sample: Option<Placed<Sample>>,
    /// `limit`: the most narrations in a stretch of time.
    pub limit: Option<Placed<Limit>>,
}

/// How much of one level is told.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelRate {
    /// The level; `info` or below.
    pub level: Level,
    /// How much of it.
    pub rate: Rate,
}

/// A share of all stories, such as `1/100`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// So many are kept.
    pub kept: u32,
    /// Of so many, which is not 0 and not less than `kept`.
    pub of: u32,
}

/// The most narrations in a stretch of time, such as `50/s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// So many.
    pub most: u32,
    /// In so many seconds.
    pub seconds: u32,
}

/// A field in an action's whitelist.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldUse {
    /// The field's name.
    pub name: String,
    /// `false` when written with a `?`.
    pub required: bool,
    /// Where it is listed.
    pub place: Place,
}

/// A name on its way out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deprecated {
    /// The version since which it is.
    pub since: Option<String>,
    /// The name to use now (`use` in the file).
    pub replacement: Option<Placed<String>>,
    /// Why.
    pub note: Option<String>,
}

/// The `[redaction]` section: rules switched on, off, and added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Redaction {
    /// Kinds of personal data to look for in free text.
    pub pii: Vec<Placed<String>>,
    /// What becomes of personal data.
    pub mode: PiiMode,
    /// Names of the detector's rules that are switched off.
    pub off: Vec<Placed<String>>,
    /// Exact shapes (regular expressions over a whole word) that always survive.
    pub allow: Vec<Placed<String>>,
    /// Rules of one's own.
    pub rules: Vec<RedactionRule>,
}

/// What becomes of personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PiiMode {
    /// Replaced by a marker.
    #[default]
    Mask,
    /// Replaced by a keyed fingerprint, so that equal values can be told.
    Hash,
    /// A part that identifies nobody stays readable.
    Partial,
}

/// A rule of one's own for the detector.
#[derive(Clone, Debug, PartialEq)]
pub struct RedactionRule {
    /// The name shown in the marker.
    pub name: Placed<String>,
    /// What it looks for.
    pub pattern: RedactionPattern,
}

/// What a [`RedactionRule`] looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum RedactionPattern {
    /// A regular expression.
    Regex(Placed<String>),
    /// A literal that starts the secret word.
    Prefix(Placed<String>),
}
