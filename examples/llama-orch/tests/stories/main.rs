//! The five requests of the demo as golden stories: each is held against its file here.
//!
//! In: real processes. Out: `tests/stories/*.story`, written where one is missing.

#![cfg(unix)]
#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

use llama_orch::api::Stage::{Cancelled, Completed, Failed};
use llama_orch::system::{Setup, System, scenarios};
use narration_testing::{Snapshot, Story, assert_no_stale_stories, assert_story};
use tempfile::TempDir;

/// What a machine may have and the stories must not depend on.
const ABSENT: [&str; 2] = ["cmake", "nvcc"];

/// A system in a folder of its own.
struct Stage {
    folder: TempDir,
    setup: Setup,
}

impl Stage {
    /// A system on a machine with git and a C compiler; `None` where this one has none.
    fn new() -> Option<Self> {
        let folder = TempDir::with_prefix("llama-orch-").unwrap();
        let programs = Path::new(env!("CARGO_BIN_EXE_orchestratord")).parent().unwrap();
        let (work, logs) = (folder.path().join("work"), folder.path().join("logs"));
        let mut setup = Setup::new(programs, work, logs);
        let tools = tools(&folder.path().join("tools"));
        if !["git", "cc"].iter().all(|tool| Path::new(&tools).join(tool).exists()) {
            eprintln!("no golden story is told: git or cc is not on the PATH");
            return None;
        }
        setup.path = Some(tools);
        Some(Self { folder, setup })
    }

    async fn start(&self) -> System {
        System::start(&self.setup).await.unwrap()
    }

    /// What all services told.
    fn story(&self) -> Story {
        let logs = std::fs::read_dir(&self.setup.logs).unwrap();
        Story::from_files(logs.map(|log| log.unwrap().path())).unwrap()
    }

    /// What all services told of one request.
    fn snapshot(&self, id: &str) -> Snapshot {
        self.story()
            .snapshot()
            .of(id)
            // What the client, the set-up and the vocabulary choose is the same in each run.
            .keep(["pool_id", "engine", "replica_id", "git_ref", "repository", "model_ref"])
            .keep(["digest", "predicted_start_ms", "backoff_ms"])
            .ids(["port", "pid"])
            .folder(self.folder.path().join("work"), "WORK")
            // As often as the clock says.
            .without("downloader", "progress")
    }
}

/// The programs of this machine in one folder, but for those that are absent.
fn tools(folder: &Path) -> OsString {
    std::fs::create_dir_all(folder).unwrap();
    let mut seen: HashSet<_> = ABSENT.iter().map(OsString::from).collect();
    for directory in std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()) {
        for program in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            if seen.insert(program.file_name()) {
                symlink(program.path(), folder.join(program.file_name())).unwrap();
            }
        }
    }
    folder.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_answered() {
    let Some(stage) = Stage::new() else { return };
    let system = stage.start().await;
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    system.stop().await;
    // The supervisor is a task of its own.
    let snapshot = stage.snapshot("req-xyz").concurrent("pool-managerd", "supervise");
    assert_story!("happy", &snapshot);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_engine_is_never_built() {
    let Some(stage) = Stage::new() else { return };
    let system = stage.start().await;
    scenarios::stuck(&system).await.unwrap();
    let builds = async {
        while !stage.story().includes("Building llama-server") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), builds).await.unwrap();
    // As it looks while it hangs: the end of the system would cancel it.
    let snapshot = stage.snapshot("req-stuck");
    system.stop().await;
    assert_story!("stuck", &snapshot);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_a_model_that_is_not_what_it_should_be() {
    let Some(stage) = Stage::new() else { return };
    let system = stage.start().await;
    assert_eq!(scenarios::digest(&system).await.unwrap().stage, Failed);
    system.stop().await;
    assert_story!("digest", &stage.snapshot("req-digest"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_engine_crashes() {
    let Some(stage) = Stage::new() else { return };
    let system = stage.start().await;
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    assert_eq!(scenarios::crash(&system).await.unwrap().stage, Completed);
    system.stop().await;
    assert_story!("crash", &stage.snapshot("req-crash"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_its_client_gives_up() {
    let Some(stage) = Stage::new() else { return };
    let system = stage.start().await;
    assert_eq!(scenarios::happy(&system).await.unwrap().stage, Completed);
    assert_eq!(scenarios::cancel(&system).await.unwrap().stage, Cancelled);
    system.stop().await;
    assert_story!("cancel", &stage.snapshot("req-cancel"));
}

#[test]
fn every_story_has_a_test() {
    assert_no_stale_stories!();
}
