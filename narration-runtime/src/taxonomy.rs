//! A vocabulary as a program carries it.
//!
//! In: nothing; [`taxonomy!`](crate::taxonomy!) writes the tables. Out: who may
//! do what with which fields, for what is only known at run time.

use narration_taxonomy::{Class, Level};

pub use crate::layers::Rate;
pub use crate::redaction::Policy;

/// A vocabulary. [`taxonomy!`](crate::taxonomy!) gives a crate its own.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its fields, without the built-in ones.
    pub fields: &'static [Field],
    /// Its actors.
    pub actors: &'static [Actor],
    /// Its own redaction; nothing for the default.
    pub policy: Option<&'static Policy>,
    /// `package@version` of the crate that carries it.
    pub emitted_by: &'static str,
}

/// A field that may be recorded.
#[derive(Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The type of its values.
    pub ty: Type,
    /// What a value may become.
    pub class: Class,
    /// The unit of a number, as the vocabulary spells it.
    pub unit: Option<&'static str>,
    /// One line for readers.
    pub doc: Option<&'static str>,
    /// Whether a text may show it although its class is sensitive.
    pub exposed: bool,
}

/// The type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// One of these words.
    Enum(&'static [&'static str]),
}

impl Type {
    /// The type as the vocabulary spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::U64 => "u64",
            Self::I64 => "i64",
            Self::F64 => "f64",
            Self::Bool => "bool",
            Self::Enum(_) => "enum",
        }
    }
}

/// A part of the system that acts.
#[derive(Debug)]
pub struct Actor {
    /// Its name.
    pub name: &'static str,
    /// One line for readers.
    pub doc: Option<&'static str>,
    /// What it may do.
    pub actions: &'static [Action],
}

/// Something an actor does.
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: &'static str,
    /// When it is told.
    pub when: Option<&'static str>,
    /// Its level.
    pub level: Level,
    /// The field that is its target.
    pub target: Option<&'static str>,
    /// Its whitelist.
    pub fields: &'static [FieldUse],
    /// Its default text.
    pub human: Option<&'static str>,
    /// The action that tells success.
    pub ok: Option<&'static str>,
    /// The action that tells failure.
    pub failed: Option<&'static str>,
    /// The action that tells that the work was given up.
    pub cancelled: Option<&'static str>,
}

/// A field in an action's whitelist.
#[derive(Debug)]
pub struct FieldUse {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be given.
    pub required: bool,
}

/// The built-in context fields, allowed in every action, in the order of the record.
#[must_use]
pub const fn builtin_fields() -> &'static [Field] {
    crate::builtin::FIELDS
}

impl Table {
    /// The actor of this name.
    #[must_use]
    pub fn actor(&self, name: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.name == name)
    }

    /// The field of this name, declared or built in.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().chain(builtin_fields()).find(|field| field.name == name)
    }
}

impl Actor {
    /// The action of this name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name == name)
    }
}
