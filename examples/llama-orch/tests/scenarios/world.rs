//! What a scenario knows: a system in a folder of its own, and its story.
//!
//! In: requests. Out: how they ended, and what all services told of them.

use std::fmt;
use std::path::Path;
use std::process::Command;

use llama_orch::api::{Admitted, Stage};
use llama_orch::system::{Setup, System};
use narration_testing::cucumber::{NarrationWorld, Scenario};
use tempfile::TempDir;

/// What a scenario knows.
#[derive(cucumber::World)]
#[world(init = Self::new)]
pub(crate) struct World {
    narration: Scenario,
    folder: TempDir,
    system: Option<System>,
    /// How its requests ended.
    pub(crate) ends: Vec<Stage>,
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
            folder: TempDir::with_prefix("llama-orch-").unwrap(),
            system: None,
            ends: Vec::new(),
        }
    }

    /// Starts the services.
    pub(crate) async fn start(&mut self) {
        let programs = Path::new(env!("CARGO_BIN_EXE_orchestratord")).parent().unwrap();
        let folder = self.folder.path();
        let setup = Setup::new(programs, folder.join("work"), folder.join("logs"));
        self.system = Some(System::start(&setup).await.unwrap());
    }

    /// The services, while they run.
    pub(crate) fn system(&self) -> &System {
        self.system.as_ref().unwrap()
    }

    /// A correlation id of this scenario, for a request.
    pub(crate) fn id(&self) -> String {
        self.narration.correlation_id().to_string()
    }

    /// Waits until a request has ended.
    pub(crate) async fn ended(&mut self, admitted: &Admitted) {
        let end = self.system().end(admitted).await.unwrap();
        self.ends.push(end.stage);
    }

    /// Ends the services, and hears what they told: each line goes to the scenario whose
    /// correlation id it has.
    pub(crate) async fn stop(&mut self) {
        if let Some(system) = self.system.take() {
            system.stop().await;
        }
        for log in std::fs::read_dir(self.folder.path().join("logs")).unwrap() {
            narration_testing::hear_file(log.unwrap().path()).unwrap();
        }
    }

    /// Waits until a service has written these words.
    pub(crate) async fn written(&self, words: &str) {
        let logs = self.folder.path().join("logs");
        let is_written = || {
            let logs = std::fs::read_dir(&logs).into_iter().flatten().flatten();
            let mut texts = logs.filter_map(|log| std::fs::read_to_string(log.path()).ok());
            texts.any(|text| text.contains(words))
        };
        let written = async {
            while !is_written() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(120), written).await.unwrap();
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("ends", &self.ends).finish_non_exhaustive()
    }
}

/// Whether this machine has what a build needs.
pub(crate) fn can_build() -> bool {
    let is_there = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").output().is_ok_and(|output| output.status.success())
    };
    is_there("git") && ["cc", "gcc", "clang"].into_iter().any(is_there)
}
