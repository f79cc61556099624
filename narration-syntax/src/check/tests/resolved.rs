//! What comes out of good calls and attributes.

use narration_taxonomy::{Class, Level};

use crate::narration::{Narration, Piece, Sigil, Target};
use crate::pipeline::{Narrated, narrate, narrated};
use crate::testing::{crate_of_pool_managerd, printed, tokens};
use crate::{Ending, Story};

fn told(call: &str) -> Narration {
    narrate(tokens(call), &crate_of_pool_managerd()).unwrap().narration
}

pub(super) fn story(attribute: &str, item: &str) -> Story {
    match narrated(tokens(attribute), tokens(item), &crate_of_pool_managerd()) {
        Ok(Narrated::Story { story, .. }) => *story,
        Ok(Narrated::Scope { .. }) => panic!("only a scope"),
        Err(refused) => panic!("{:?}", refused.errors),
    }
}

fn literal(text: &str) -> Piece {
    Piece::Literal(text.to_owned())
}

#[test]
fn fields_come_in_the_order_of_the_record() {
    let told = told(
        r#""spawn", "On {pool_id} {jobs:>3}", note = ?err, duration_ms = 3, session_id, engine = x.name()"#,
    );
    let names: Vec<_> = told.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["session_id", "duration_ms", "pool_id", "engine", "jobs", "note"]);
    assert_eq!(told.fields[5].value.sigil, Sigil::Debug);
    assert_eq!(printed(&told.fields[3].value.expr).replace(' ', ""), "x.name()");
    assert_eq!(
        told.text,
        [
            literal("On "),
            Piece::Field { index: 2, spec: String::new() },
            literal(" "),
            Piece::Field { index: 4, spec: ">3".to_owned() },
        ]
    );
}

#[test]
fn a_placeholder_means_the_value_the_call_gives() {
    let told = told(r#""spawn", "On {pool_id}", pool_id = pool.id"#);
    assert_eq!(told.fields.len(), 1);
    assert_eq!(printed(&told.fields[0].value.expr).replace(' ', ""), "pool.id");
}

#[test]
fn a_captured_variable_has_the_texts_span() {
    let told = told(r#""spawn", "On {pool_id}""#);
    let span = told.fields[0].value.expr.clone().into_iter().next().unwrap().span();
    assert_eq!(span.source_text().unwrap(), r#""On {pool_id}""#);
}

#[test]
fn targets() {
    let target = |call: &str| told(call).target;
    assert!(matches!(target(r#""spawn", "On {pool_id}""#), Some(Target::Field(0))));
    assert!(matches!(
        target(r#""spawn", "On {pool_id}", target = device"#),
        Some(Target::Field(1))
    ));
    assert!(
        matches!(target(r#""spawn", "On {pool_id}", target = "all""#), Some(Target::Literal(all)) if all == "all")
    );
    assert!(matches!(target(r#""spawn", "On {pool_id}", target = path"#), Some(Target::Value(_))));
    assert!(matches!(
        target(r#""spawn", "On {pool_id}", target = %self.id"#),
        Some(Target::Value(_))
    ));
    assert!(target(r#""idle", "Idle""#).is_none());
}

#[test]
fn the_class_follows_the_name_unless_declared() {
    let told = told(r#""spawn", "On {pool_id}", api_key, note, hf_token"#);
    let classes: Vec<_> = told.fields.iter().map(|field| field.class).collect();
    assert_eq!(classes, [Class::Id, Class::Text, Class::Secret, Class::Secret]);
}

#[test]
fn levels_come_from_the_call_or_the_vocabulary() {
    assert_eq!(told(r#""idle", "Idle""#).site.level, Level::Info);
    assert_eq!(told(r#""idle", "Idle", level = "debug""#).site.level, Level::Debug);
    assert_eq!(told(r#""spawned", pool_id, duration_ms = 3"#).site.level, Level::Debug);
    assert_eq!(told(r#""spawn-failed", "No {pool_id}""#).site.level, Level::Warn);
}

#[test]
fn names_on_their_way_out_are_told_at_their_tokens() {
    let told = told(r#""stop", job_id"#);
    assert_eq!(told.deprecations.len(), 1);
    assert!(told.deprecations[0].note.contains("use `drain`"), "{}", told.deprecations[0].note);
    let told = self::told(r#""spawn", "On {pool_id}", old_pool"#);
    assert_eq!(told.deprecations[0].since.as_deref(), Some("0.2.0"));
    assert_eq!(told.deprecations[0].span.source_text().unwrap(), "old_pool");
}

#[test]
fn a_macros_own_fragments_read_like_what_they_hold() {
    use proc_macro2::{Delimiter, Group, TokenTree};
    let fragment = |source: &str| TokenTree::Group(Group::new(Delimiter::None, tokens(source)));
    let comma = tokens(",");
    let call: proc_macro2::TokenStream = [
        fragment("\"spawn\"").into(),
        comma.clone(),
        fragment("\"On {pool_id}\"").into(),
        comma.clone(),
        fragment("engine").into(),
        comma,
        tokens("jobs ="),
        fragment("3 + 4").into(),
    ]
    .into_iter()
    .collect();
    let told = narrate(call, &crate_of_pool_managerd()).unwrap().narration;
    let names: Vec<_> = told.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["pool_id", "engine", "jobs"]);
}

#[test]
fn a_fn_records_the_arguments_its_action_lists() {
    let story = story(
        r#"action = "spawn", skip(engine), note = ?self.note"#,
        "async fn spawn(&self, mut pool_id: PoolId, engine: &str, path: &Path, (jobs, delta): (u64, i64)) -> Result<(), E> {}",
    );
    let names: Vec<_> = story.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["pool_id", "note"]);
    assert!(matches!(story.target, Some(Target::Field(0))));
    assert_eq!(story.start.text, [literal("Spawning an engine")]);
    assert_eq!(story.start.site.level, Level::Info);
}

#[test]
fn an_argument_that_may_not_be_there_is_not_recorded_unasked() {
    let item =
        "fn f(pool_id: &str, #[cfg(feature = \"x\")] engine: &str, #[allow(unused)] note: &str) {}";
    let story = story(r#"action = "spawn""#, item);
    let names: Vec<_> = story.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["pool_id", "note"]);
}

#[test]
fn outcomes_are_told_as_the_vocabulary_says() {
    let story = story(r#"action = "spawn""#, "fn spawn(pool_id: &str) {}");
    assert_eq!((story.ok.site.action.as_str(), story.ok.site.level), ("spawned", Level::Debug));
    assert_eq!(
        story.ok.text,
        [
            literal("Spawned in "),
            Piece::Ending(Ending::DurationMs),
            literal(" ms on pool '"),
            Piece::Field { index: 0, spec: String::new() },
            literal("'"),
        ]
    );
    assert_eq!(
        (story.failed.site.action.as_str(), story.failed.site.level),
        ("spawn-failed", Level::Warn)
    );
    assert_eq!(
        (story.cancelled.site.action.as_str(), story.cancelled.site.level),
        ("spawn", Level::Info)
    );
    assert_eq!(
        story.cancelled.text,
        [
            literal("Spawning an engine cancelled after "),
            Piece::Ending(Ending::DurationMs),
            literal(" ms")
        ]
    );
    assert_eq!(
        (story.panicked.site.action.as_str(), story.panicked.site.level),
        ("spawn", Level::Error)
    );
}

#[test]
fn outcomes_without_an_action_keep_the_starts() {
    let story =
        story(r#"action = "idle", level = "debug", error_kind = err.kind()"#, "fn idle() {}");
    assert_eq!(story.start.text, [literal("Idle")]);
    assert_eq!((story.ok.site.action.as_str(), story.ok.site.level), ("idle", Level::Debug));
    assert_eq!(
        story.ok.text,
        [literal("Idle: done in "), Piece::Ending(Ending::DurationMs), literal(" ms")]
    );
    assert_eq!(story.failed.site.level, Level::Warn);
    assert_eq!(
        story.failed.text,
        [
            literal("Idle failed after "),
            Piece::Ending(Ending::DurationMs),
            literal(" ms: "),
            Piece::Ending(Ending::Error),
        ]
    );
    assert_eq!(printed(&story.error_kind.unwrap()).replace(' ', ""), "err.kind()");
}
