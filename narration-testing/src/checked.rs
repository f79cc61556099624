//! Names that are held against the vocabulary while the test is compiled.
//!
//! In: the table of the vocabulary, and names. Out: whether it has them, known
//! to the compiler.

use narration_runtime::taxonomy::{Action, Actor, FieldUse, Table, builtin_fields};

/// Narrations of one action, as a [`Query`](crate::Query). The compiler holds the
/// names of actor, action and fields against the vocabulary, and refuses those it
/// does not know.
///
/// ```
/// # use narration_runtime::narrate;
/// use narration_testing::narrations;
///
/// let story = narration_testing::capture();
/// narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
/// narrations!(story, actor = "pool-managerd", action = "spawn", pool_id = "default").assert_count(1);
/// narrations!(story, action = "spawn").assert_count(1); // of whichever actor
/// ```
///
/// ```compile_fail
/// # let story = narration_testing::capture();
/// narration_testing::narrations!(story, actor = "pool-managerd", action = "spwan").assert_absent();
/// ```
///
/// ```compile_fail
/// # let story = narration_testing::capture();
/// // `slots` is a field, but not one of this action.
/// narration_testing::narrations!(story, actor = "pool-managerd", action = "spawn", slots = 4).assert_absent();
/// ```
#[macro_export]
macro_rules! narrations {
    ($story:expr, actor = $actor:literal, action = $action:literal $(, $field:ident = $value:expr)* $(,)?) => {{
        const _: () = {
            let table = $crate::__checked::taxonomy!();
            assert!(
                $crate::__checked::is_actor(table, $actor),
                concat!("the vocabulary has no actor `", $actor, "`"),
            );
            assert!(
                $crate::__checked::is_action(table, $actor, $action),
                concat!("the vocabulary has no action `", $action, "` of `", $actor, "`"),
            );
            $(assert!(
                $crate::__checked::is_field(table, $actor, $action, stringify!($field)),
                concat!("the action `", $action, "` has no field `", stringify!($field), "`"),
            );)*
        };
        $story.actor($actor).action($action)$(.field(stringify!($field), $value))*
    }};
    ($story:expr, action = $action:literal $(, $field:ident = $value:expr)* $(,)?) => {{
        const _: () = {
            let table = $crate::__checked::taxonomy!();
            assert!(
                $crate::__checked::is_some_action(table, $action, None),
                concat!("the vocabulary has no action `", $action, "`"),
            );
            $(assert!(
                $crate::__checked::is_some_action(table, $action, Some(stringify!($field))),
                concat!("no action `", $action, "` has a field `", stringify!($field), "`"),
            );)*
        };
        $story.action($action)$(.field(stringify!($field), $value))*
    }};
}

/// Whether the vocabulary has this actor.
#[must_use]
pub const fn is_actor(table: &Table, name: &str) -> bool {
    actor(table, name).is_some()
}

/// Whether the actor has this action.
#[must_use]
pub const fn is_action(table: &Table, of: &str, name: &str) -> bool {
    action(table, of, name).is_some()
}

/// Whether some actor has this action, and it may carry this field.
#[must_use]
pub const fn is_some_action(table: &Table, name: &str, field: Option<&str>) -> bool {
    let mut actors: &[Actor] = table.actors;
    while let [first, rest @ ..] = actors {
        let carries = match field {
            Some(field) => is_field(table, first.name, name, field),
            None => true,
        };
        if carries && is_action(table, first.name, name) {
            return true;
        }
        actors = rest;
    }
    false
}

/// Whether the action may carry this field.
#[must_use]
pub const fn is_field(table: &Table, of: &str, by: &str, name: &str) -> bool {
    let Some(action) = action(table, of, by) else { return false };
    let mut uses: &[FieldUse] = action.fields;
    while let [first, rest @ ..] = uses {
        if same(first.name, name) {
            return true;
        }
        uses = rest;
    }
    let mut builtin = builtin_fields();
    while let [first, rest @ ..] = builtin {
        if same(first.name, name) {
            return true;
        }
        builtin = rest;
    }
    same(name, "target") || same(name, "level") || same(name, "human")
}

const fn actor<'t>(table: &'t Table, name: &str) -> Option<&'t Actor> {
    let mut actors: &[Actor] = table.actors;
    while let [first, rest @ ..] = actors {
        if same(first.name, name) {
            return Some(first);
        }
        actors = rest;
    }
    None
}

const fn action<'t>(table: &'t Table, of: &str, name: &str) -> Option<&'t Action> {
    let Some(actor) = actor(table, of) else { return None };
    let mut actions: &[Action] = actor.actions;
    while let [first, rest @ ..] = actions {
        if same(first.name, name) {
            return Some(first);
        }
        actions = rest;
    }
    None
}

/// Equality of texts, which the compiler does not know by itself.
const fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, rest @ ..], [other_first, other_rest @ ..]) = (one, other) {
        if *first != *other_first {
            return false;
        }
        (one, other) = (rest, other_rest);
    }
    one.is_empty() && other.is_empty()
}
