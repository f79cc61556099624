//! The vocabulary of a service: model, parser, lint, discovery.
//!
//! In: a crate's folder, or the text of a `narration.toml`. Out: the
//! [`Taxonomy`] and every [`Problem`] in it, each with its place and a way out.
//! Nothing here fails, panics or prints; `load` is the one way in.
//!
//! Without the feature `parse` only the model, its words, the templates and
//! the catalogue of refusals remain, and no dependency.

pub mod catalog;
pub mod event;
pub mod model;
pub mod problem;
pub mod rule;
pub mod rules;
pub mod spelling;
pub mod template;

#[cfg(feature = "parse")]
pub mod builtin;
#[cfg(feature = "parse")]
pub mod cache;
#[cfg(feature = "parse")]
mod check;
#[cfg(feature = "parse")]
mod files;
#[cfg(feature = "parse")]
mod findings;
#[cfg(feature = "parse")]
pub mod load;
#[cfg(feature = "parse")]
pub mod locate;
mod lookup;
#[cfg(feature = "parse")]
pub mod manifest;
#[cfg(feature = "parse")]
mod merge;
pub mod names;
#[cfg(feature = "nearest")]
pub mod nearest;
#[cfg(feature = "parse")]
pub mod parse;
#[cfg(feature = "parse")]
mod reader;
#[cfg(feature = "parse")]
mod sections;
#[cfg(feature = "parse")]
mod source;
#[cfg(feature = "parse")]
mod surroundings;

#[cfg(feature = "parse")]
pub use builtin::{builtin_fields, builtin_rank};
#[cfg(feature = "parse")]
pub use cache::Cache;
#[cfg(feature = "parse")]
pub use load::{Loaded, load};
#[cfg(feature = "parse")]
pub use locate::{Located, Origin, locate};
#[cfg(feature = "parse")]
pub use manifest::{Allowed, Manifest};
pub use model::{
    Action, Actor, Class, Deprecated, Field, FieldUse, Level, LevelRate, Limit, PiiMode, Place,
    Placed, Rate, Redaction, RedactionPattern, RedactionRule, Sample, Taxonomy, Type, Unit,
};
#[cfg(feature = "nearest")]
pub use nearest::nearest;
#[cfg(feature = "parse")]
pub use parse::parse;
pub use problem::Problem;
pub use rule::{Rule, Severity};
pub use spelling::UnknownWord;
pub use template::{MAX_TEXT_LEN, Piece, Template, TemplateFault, TemplateFaultKind};
