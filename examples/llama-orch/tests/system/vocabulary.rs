//! The vocabulary and the stories belong together.

use std::collections::BTreeSet;

use llama_orch::api::Task;
use llama_orch::system::scenarios::{self, task};

use super::stage::{Stage, can_build};

/// The tables of the memo that asked for the two provisioners.
const MODEL: &[(&str, &str)] = &[
    ("resolve", "Starting to parse model reference"),
    ("ensure", "Ensuring model presence"),
    ("download", "Starting HF download"),
    ("downloaded", "HF download complete"),
    ("download-failed", "HF CLI failed"),
    ("verify", "Starting digest check"),
    ("verified", "Digest matches"),
    ("verify-failed", "Digest mismatch"),
    ("complete", "Model ready"),
];

const ENGINE: &[(&str, &str)] = &[
    ("start", "Begin provisioning"),
    ("preflight", "Checking tools"),
    ("git-clone", "Cloning repo"),
    ("git-checkout", "Checking out ref"),
    ("cmake-configure", "Configuring build"),
    ("cmake-retry", "Retrying with host compiler"),
    ("cmake-failed", "CUDA configure failed"),
    ("cmake-build", "Building binary"),
    ("complete", "Engine ready"),
];

fn table(actor: &str) -> Vec<(&'static str, &'static str)> {
    let table = llama_orch::vocabulary();
    let actor = table.actors.iter().find(|known| known.name == actor).unwrap();
    actor.actions.iter().map(|action| (action.name, action.when.unwrap_or_default())).collect()
}

#[test]
fn the_provisioners_have_the_memos_actions_in_its_order() {
    assert_eq!(table("model-provisioner"), MODEL);
    assert_eq!(table("engine-provisioner"), ENGINE);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_of_the_vocabulary_happens() {
    if !can_build("every action") {
        return;
    }
    let pools = ["default,master,GPU0,4,1000", "broken,broken,CPU,4,0", "stuck,stuck,CPU,4,0"];
    let mut stage = Stage::with_pools(&pools);
    (stage.setup.queue, stage.setup.filter) = (1, "info,pool-managerd=debug".to_owned());
    let system = stage.start().await;
    let stuck = task("session-1", "stuck");
    let first = system.submit("req-first", &stuck).await.unwrap();
    let waits = system.submit("req-waits", &stuck).await.unwrap();
    system.submit("req-refused", &stuck).await.unwrap_err();
    for (id, admitted) in [("req-waits", &waits), ("req-first", &first)] {
        system.cancel(id, admitted).await.unwrap();
    }
    scenarios::digest(&system).await.unwrap();
    for (id, pool, model_ref) in [
        ("req-broken", "broken", "hf:org/tiny"),
        ("req-absent", "default", "hf:org/absent"),
        ("req-file", "default", "file:Cargo.toml"),
    ] {
        let task =
            Task { model_ref: model_ref.to_owned(), digest: None, ..task("session-1", pool) };
        let admitted = system.submit(id, &task).await.unwrap();
        system.end(&admitted).await.unwrap();
    }
    scenarios::crash(&system).await.unwrap();
    scenarios::cancel(&system).await.unwrap();
    system.harm("default", "hang").await.unwrap();
    scenarios::happy(&system).await.unwrap();
    let long = Task { max_tokens: 100_000, ..task("session-1", "default") };
    let doomed = system.submit("req-doomed", &long).await.unwrap();
    system.progress(&doomed, 3).await.unwrap();
    while !stage.lines().iter().any(|line| line.text("error_kind") == "crashes-again") {
        system.harm("default", "crash").await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    system.end(&doomed).await.unwrap();
    system.stop().await;
    let lines = stage.lines();
    let told: BTreeSet<_> =
        lines.iter().map(|line| (line.text("actor"), line.text("action"))).collect();
    let declared = llama_orch::vocabulary().actors.iter();
    let declared =
        declared.flat_map(|actor| actor.actions.iter().map(|action| (actor.name, action.name)));
    let untold: Vec<_> = declared.filter(|action| !told.contains(action)).collect();
    assert_eq!(untold, [], "declared, but never told");
}
