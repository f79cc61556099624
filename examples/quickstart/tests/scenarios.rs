//! The provisioner's features, told by its own narrations.
//!
//! In: features under `tests/features`. Out: every scenario passes on what was narrated.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;

use cucumber::{World as _, given, then, when};
use narration_quickstart::{Digest, Provisioner};
use narration_runtime::scope;
use narration_testing::cucumber::{Narrated as _, NarrationWorld, Scenario};
use tempfile::TempDir;

/// What a scenario knows.
#[derive(Debug, cucumber::World)]
#[world(init = Self::new)]
struct World {
    narration: Scenario,
    folder: TempDir,
}

impl NarrationWorld for World {
    fn narration(&self) -> &Scenario {
        &self.narration
    }
}

impl World {
    fn new() -> Self {
        Self {
            narration: Scenario::default(),
            folder: TempDir::with_prefix("quickstart-").unwrap(),
        }
    }

    fn provide(&self, reference: &str, digest: Option<Digest>) {
        let (mirror, models) =
            (self.folder.path().join("mirror"), self.folder.path().join("models"));
        let request = scope!(correlation_id = self.narration.correlation_id());
        // Whether it succeeds is what the story tells.
        let _ = request.in_scope(|| Provisioner::new(mirror, models).provide(reference, digest));
    }

    fn file(&self) -> String {
        format!("file:{}", self.folder.path().join("tiny.gguf").display())
    }
}

#[given(regex = "^a model file$")]
fn model_file(world: &mut World) {
    fs::write(world.folder.path().join("tiny.gguf"), "abc").unwrap();
}

#[given(regex = "^a mirror with the repository (.+)$")]
fn mirror(world: &mut World, repository: String) {
    let folder = world.folder.path().join("mirror").join(repository);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("model.gguf"), "abc").unwrap();
}

#[when(regex = "^it is provided$")]
fn provided(world: &mut World) {
    world.provide(&world.file(), None);
}

#[when(regex = "^it is provided with the digest of another$")]
fn provided_wrongly(world: &mut World) {
    world.provide(&world.file(), Some(Digest::of(&b"another"[..]).unwrap()));
}

#[when(regex = "^(.+) is provided from there$")]
fn downloaded(world: &mut World, repository: String) {
    world.provide(&format!("hf:{repository}"), None);
}

#[then(regex = "^the model is ready$")]
async fn ready(world: &mut World) {
    world.assert_narration_includes("Model ready");
    world.assert_field_present("size", 3);
    world.assert_correlation_id_present();
}

#[tokio::test]
async fn features() {
    World::cucumber().narrated().with_default_cli().run_and_exit("tests/features").await;
}
