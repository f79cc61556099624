//! Faults of `#[narrated]`: their codes and what they underline; the item lives on.

use crate::pipeline::{Narrated, narrated};
use crate::testing::{crate_of_pool_managerd, printed, tokens, underlined, vocabulary};

fn faults(attribute: &str, item: &str) -> Vec<(&'static str, String)> {
    match narrated(tokens(attribute), tokens(item), &crate_of_pool_managerd()) {
        Ok(_) => Vec::new(),
        Err(refused) => {
            assert_eq!(
                printed(&refused.item),
                printed(&tokens(item)),
                "the item is given out as it was"
            );
            underlined(&refused.errors)
        }
    }
}

#[track_caller]
fn refused(attribute: &str, item: &str, code: &str, words: &str) {
    assert_eq!(
        faults(attribute, item),
        [(code, words.to_owned())],
        "#[narrated({attribute})] {item}"
    );
}

#[track_caller]
fn accepted(attribute: &str, item: &str) {
    assert_eq!(faults(attribute, item), [], "#[narrated({attribute})] {item}");
}

const SPAWN: &str = "fn spawn(pool_id: &str) -> Result<(), Error> { body() }";

#[test]
fn the_rules_of_calls_hold_for_attributes() {
    refused(r#"action = "spwan""#, SPAWN, "N0002", "\"spwan\"");
    refused(r#"action = "spawn", actor = "nobody""#, SPAWN, "N0001", "\"nobody\"");
    refused(r#"action = "spawn", jobz = 3"#, SPAWN, "N0004", "jobz");
    refused(r#"action = "idle", jobs = 3"#, SPAWN, "N0005", "jobs");
    refused(r#"action = "spawn", level = "loud""#, SPAWN, "N0019", "\"loud\"");
    refused(r#"action = "spawn", human = "{}: x""#, SPAWN, "N0010", "\"{}: x\"");
    refused(r#"action = "spawn", action = "idle""#, SPAWN, "N0011", "action");
    refused("\"spawn\"", SPAWN, "N0018", "\"spawn\"");
    refused("", SPAWN, "N0018", "the call");
}

#[test]
fn required_fields_are_arguments_or_given() {
    refused(r#"action = "spawn""#, "fn spawn(pool: &str) {}", "N0006", "\"spawn\"");
    refused(r#"action = "spawn", skip(pool_id)"#, SPAWN, "N0006", "\"spawn\"");
    accepted(r#"action = "spawn", pool_id = pool.id()"#, "fn spawn(pool: &str) {}");
    accepted(r#"action = "spawn", target = pool_id"#, SPAWN);
}

#[test]
fn a_text_names_what_is_known() {
    refused(r#"action = "spawn", human = "With {engine}""#, SPAWN, "N0025", "\"With {engine}\"");
    accepted(r#"action = "spawn", human = "With {engine}", engine = self.engine"#, SPAWN);
    accepted(
        r#"action = "spawn", human = "With {engine}""#,
        "fn f(pool_id: &str, Spec { engine }: Spec) {}",
    );
    // `drain-lost` tells a path that nobody gives.
    refused(r#"action = "drain""#, "fn f(pool_id: &str, jobs: u64) {}", "N0025", "\"drain\"");
}

#[test]
fn arguments_of_the_attribute() {
    refused(r#"actoin = "spawn", actor = "pool-managerd""#, SPAWN, "N0024", "actoin");
    refused(r#"acter = "pool-managerd""#, "impl Pool {}", "N0024", "acter");
    refused(r#"action = "spawn", levle = "info""#, SPAWN, "N0024", "levle");
    refused(r#"action = "spawn", skip_all(x)"#, SPAWN, "N0024", "skip_all");
    refused(r#"action = "spawn", skip(pool)"#, SPAWN, "N0024", "pool");
    refused(r#"actor = "pool-managerd", level = "info""#, SPAWN, "N0018", "level");
}

#[test]
fn only_some_items_can_be_narrated() {
    let spawn = r#"action = "spawn""#;
    refused(spawn, "struct Pool { id: u64 }", "N0023", "struct");
    refused(spawn, "pub(crate) enum Pool {}", "N0023", "enum");
    refused(spawn, "const fn spawn(pool_id: u64) {}", "N0023", "const");
    refused(spawn, "const LIMIT: u64 = 3;", "N0023", "const");
    refused(spawn, "fn spawn(pool_id: u64);", "N0023", "spawn");
    refused(spawn, "impl Pool {}", "N0023", "action");
    refused(r#"actor = "pool-managerd""#, "mod pool;", "N0023", "mod");
    refused(r#"actor = "pool-managerd""#, "extern \"C\" { fn f(); }", "N0023", "extern");
    for item in [
        "unsafe impl Send for Pool {}",
        "pub trait Pool { fn f() {} }",
        "mod pool { fn f() {} }",
        "fn f() {}",
        "pub(crate) async unsafe extern \"C\" fn f<T: Into<[u8; 3]>>(x: T) -> Vec<T> where T: Copy { }",
    ] {
        accepted(r#"actor = "pool-managerd""#, item);
    }
}

#[test]
fn an_unknown_actor_of_a_scope_is_told_once() {
    let item = "impl Pool { fn f() { narrate!(\"idle\", \"Idle\"); } }";
    let refused =
        narrated(tokens(r#"actor = "nobody""#), tokens(item), &vocabulary()).err().unwrap();
    assert_eq!(underlined(&refused.errors), [("N0001", "\"nobody\"".to_owned())]);
    assert!(printed(&refused.item).contains("@ actor"), "{}", refused.item);
}

#[test]
fn the_actor_of_a_fn_goes_down_to_its_body_alone() {
    let item = "#[doc = \"x\"] pub fn f(pool_id: &str) { narrate!(\"idle\", \"Idle\"); }";
    let attribute = r#"actor = "pool-managerd", action = "spawn""#;
    let Ok(Narrated::Story { function, .. }) =
        narrated(tokens(attribute), tokens(item), &vocabulary())
    else {
        panic!("refused");
    };
    assert!(function.body.to_string().contains("@ actor"));
    assert_eq!(function.attrs.len(), 1);
    assert_eq!(function.body.span().source_text().unwrap(), "{ narrate!(\"idle\", \"Idle\"); }");
}
