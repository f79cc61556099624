//! What the macros make of what is written: source beside expansion.
//!
//! In: source as a user writes it. Out: a snapshot for each form, made by the
//! pure pipeline alone, so that a line none of them reaches is dead.

use std::fs;
use std::sync::Arc;

use proc_macro2::TokenStream;

use crate::pipeline;
use crate::vocabulary::Governing;

const VOCABULARY: &str = include_str!("tests/narration.toml");

/// `narrate!(source)`.
fn call(name: &str, source: &str) {
    let written = format!("narrate!({source})");
    let expansion = expanded("", |governing| pipeline::narrate(tokens(source), governing));
    shown(name, &written, &within_a_fn(&expansion));
}

/// `#[narrated(attribute)] item`.
fn item(name: &str, attribute: &str, item: &str) {
    let written = format!("#[narrated({attribute})]\n{}", pretty(item));
    let narrated =
        |governing: &Governing| pipeline::narrated(tokens(attribute), tokens(item), governing);
    shown(name, &written, &pretty(&expanded("", narrated)));
}

fn shown(name: &str, written: &str, expansion: &str) {
    let snapshot = format!("{}\n\n// becomes\n\n{expansion}", written.trim());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, snapshot));
}

/// What is made of something in a crate of the small vocabulary; `manifest` is
/// what its manifest says besides its name.
fn expanded(manifest: &str, expand: impl FnOnce(&Governing) -> TokenStream) -> String {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("[package]\nname = \"app\"\n[workspace]\n{manifest}");
    fs::write(folder.path().join("Cargo.toml"), text).unwrap();
    fs::write(folder.path().join("narration.toml"), VOCABULARY).unwrap();
    let governing: Arc<Governing> = Governing::of(folder.path(), None, "app@1.2.3".to_owned());
    // The folder has another name on every run.
    expand(&governing).to_string().replace(&*folder.path().to_string_lossy(), "/app")
}

fn tokens(source: &str) -> TokenStream {
    source.parse().unwrap()
}

fn within_a_fn(expression: &str) -> String {
    pretty(&format!("fn around() {{ {expression} }}"))
}

fn pretty(items: &str) -> String {
    prettyplease::unparse(&syn::parse_file(items).unwrap())
}

#[test]
fn calls() {
    let explicit = r#"actor = "pool-managerd", action = "spawn", human = "Spawning {engine}", pool_id = pool.id()"#;
    call("explicit", explicit);
    call("short", r#"@actor("pool-managerd") "spawn", "Spawning {engine} on {pool_id}", jobs"#);
    call("default_text", r#"@actor("pool-managerd") "spawn", pool_id"#);
    call(
        "level_and_path",
        r#"@actor("pool-managerd") action = "idle", human = "Idle", level = "warn", crate = crate::narration"#,
    );
    call("deprecated", r#"@actor("pool-managerd") "spawn", pool_id, pool"#);
}

#[test]
fn targets() {
    let with = |target: &str| {
        format!(r#"@actor("pool-managerd") action = "idle", human = "Idle", target = {target}"#)
    };
    call("target_literal", &with("\"pool 3\""));
    call("target_field", &with("note"));
    call("target_expression", &with("?pool.name()"));
}

#[test]
fn values() {
    let spawn = r#"@actor("pool-managerd") "spawn", "Spawning", pool_id"#;
    call(
        "types",
        &format!("{spawn}, device, jobs, delta, ratio, warm, eta, note, engine = \"llama\""),
    );
    call(
        "classes",
        &format!("{spawn}, model_path, endpoint, client, hf_token, prompt, note = %err"),
    );
    call(
        "format_specs",
        r#"@actor("pool-managerd") "spawn", "Spawning {jobs:03} on {pool_id:>8} for {client:?}""#,
    );
}

#[test]
fn fns() {
    item(
        "sync_fn",
        r#"actor = "pool-managerd", action = "spawn""#,
        "/// Spawns.\n#[inline] pub fn spawn(pool_id: &str, jobs: u64) -> Result<u64, Error> { narrate!(\"idle\", \"Idle\"); Ok(jobs) }",
    );
    item(
        "async_fn",
        r#"actor = "pool-managerd", action = "spawn", target = pool.name(), error_kind = err.kind()"#,
        "async fn spawn<T>(&self, pool_id: T) -> std::io::Result<impl Iterator<Item = u8>> where T: Display { self.open(pool_id).await }",
    );
    item(
        "boxed_future",
        r#"actor = "pool-managerd", action = "idle""#,
        "fn rest(&self) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + '_>> { Box::pin(async move { self.sleep().await }) }",
    );
    item(
        "returned_future",
        r#"actor = "pool-managerd", action = "idle""#,
        "fn rest(&self) -> impl Future<Output = u64> { let long = self.long(); async move { long } }",
    );
}

#[test]
fn scopes_of_an_actor() {
    let actor = r#"actor = "pool-managerd""#;
    item(
        "actor_of_an_impl",
        actor,
        "impl Pool { #[narrated(action = \"idle\")] fn rest() {} fn spin() { narrate!(\"idle\", \"Idle\") } }",
    );
    item("actor_of_a_mod", actor, "mod pools { #[narrated] fn rest() {} }");
    item("actor_of_a_fn", actor, "fn spin() { select! { _ = x => narrate!(\"idle\", \"Idle\") } }");
}

#[test]
fn scopes_of_fields() {
    let source = r#"pool_id, jobs = queue.len()"#;
    let expansion = expanded("", |governing| pipeline::scope(tokens(source), governing));
    shown("scope", &format!("scope!({source})"), &within_a_fn(&expansion));
}

#[test]
fn the_table() {
    let expansion = expanded("", |governing| pipeline::taxonomy(TokenStream::new(), governing));
    shown("taxonomy", "taxonomy!()", &within_a_fn(&expansion));
}

#[test]
fn the_runtime_under_another_name() {
    let source = r#"@actor("pool-managerd") "idle", "Idle""#;
    let manifest = "[dependencies]\ntale = { package = \"narration-runtime\", version = \"1\" }\n";
    let expansion = expanded(manifest, |governing| pipeline::narrate(tokens(source), governing));
    assert!(expansion.contains(":: tale :: __private"), "{expansion}");
    assert!(!expansion.contains("narration_runtime"), "{expansion}");
}

#[test]
fn what_is_refused_lives_on() {
    call(
        "refused_call",
        r#"@actor("pool-managerd") "spwan", "Spawning {pool_id}", jobz = queue.len()"#,
    );
    item(
        "refused_fn",
        r#"actor = "pool-managerd", action = "spwan""#,
        "/// Spawns.\npub fn spawn(jobs: u64) -> u64 { narrate!(\"idle\", \"Idle\"); jobs }",
    );
    let table = expanded("", |governing| pipeline::taxonomy(tokens("\"other.toml\""), governing));
    shown("refused_taxonomy", "taxonomy!(\"other.toml\")", &within_a_fn(&table));
}
