//! A system in a folder of its own, and its logs.
//!
//! In: what is special about it. Out: the system; after its end, its lines.

use std::collections::BTreeSet;
use std::path::Path;

use llama_orch::system::{Line, Setup, System, story};
use tempfile::TempDir;

/// A folder with the set-up of a system.
pub(crate) struct Stage {
    folder: TempDir,
    pub(crate) setup: Setup,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let folder = TempDir::with_prefix("llama-orch-").unwrap();
        let programs = Path::new(env!("CARGO_BIN_EXE_orchestratord")).parent().unwrap();
        let (work, logs) = (folder.path().join("work"), folder.path().join("logs"));
        let setup = Setup::new(programs, work, logs);
        Self { folder, setup }
    }

    /// With these pools and no others.
    pub(crate) fn with_pools(pools: &[&str]) -> Self {
        let mut stage = Self::new();
        stage.setup.pools = pools.iter().map(|&pool| pool.to_owned()).collect();
        stage
    }

    pub(crate) async fn start(&self) -> System {
        System::start(&self.setup).await.unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The lines of one id.
    pub(crate) fn story(&self, id: &str) -> Vec<Line> {
        story(Some(id), &self.setup.logs).unwrap()
    }

    /// Every line.
    pub(crate) fn lines(&self) -> Vec<Line> {
        story(None, &self.setup.logs).unwrap()
    }
}

/// Whether this machine has what a build needs; a test that needs it says so when it has not.
pub(crate) fn can_build(test: &str) -> bool {
    let there = |program: &str| {
        let mut command = std::process::Command::new(program);
        command.arg("--version").output().is_ok_and(|output| output.status.success())
    };
    let can = there("git") && ["cc", "gcc", "clang"].iter().any(|name| there(name));
    if !can {
        eprintln!("{test} is skipped: git or a C compiler is not on the PATH");
    }
    can
}

/// `actor action` of each line, with the outcome where there is one.
pub(crate) fn plot(lines: &[Line]) -> Vec<String> {
    let told = lines.iter().map(|line| {
        format!("{} {} {}", line.text("actor"), line.text("action"), line.text("outcome"))
    });
    told.map(|told| told.trim_end().to_owned()).collect()
}

/// The services that told something.
pub(crate) fn services(lines: &[Line]) -> BTreeSet<&str> {
    lines.iter().map(|line| line.service.as_str()).collect()
}

/// Fails unless these come in this order, whatever comes between them.
pub(crate) fn assert_in_order(lines: &[Line], expected: &[&str]) {
    let plot = plot(lines);
    let mut rest = plot.iter();
    for step in expected {
        assert!(rest.any(|told| told == step), "{step:?} is missing, or too early, in {plot:#?}");
    }
}

/// The one line of an action with that outcome.
pub(crate) fn line<'l>(lines: &'l [Line], action: &str, outcome: &str) -> &'l Line {
    let found =
        lines.iter().find(|line| line.text("action") == action && line.text("outcome") == outcome);
    found.unwrap_or_else(|| panic!("no {action} {outcome} in {:#?}", plot(lines)))
}
