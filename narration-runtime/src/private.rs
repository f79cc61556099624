//! What expansions name. Nothing here is for people: it may change with any
//! release, together with the macros of the same release.

pub use narration_macros::{policy, sampling};
pub use narration_taxonomy::{Class, Level as TableLevel};
pub use tracing::Span;
pub use tracing_core::Level;

pub use crate::emit::{Field, Names, Piece, Place, Site, Target, Words, marked};
pub use crate::layers::Rate;
pub use crate::redaction::Policy;
pub use crate::setup::Captured;
pub use crate::story::{
    ByDebug, ByDeref, ByDisplay, ByDyn, ByDynSync, ByError, ByName, BySystem, Cause, Failure,
    Outcome, Returned, Story, StorySite, Told,
};
pub use crate::taxonomy::{
    Action as TableAction, Actor as TableActor, Field as TableField, FieldUse as TableFieldUse,
    Table, Type as TableType,
};
pub use crate::value::{Bool, F64, I64, OrNone, Shown, Text, Time, Typed, U64, Val, Value};

/// The value of a branch that is never taken: it only tells rustc a type.
pub fn never<T>() -> T {
    loop {
        std::thread::park();
    }
}
