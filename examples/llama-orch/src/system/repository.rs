//! The repository of the engine's sources, made on this machine.
//!
//! In: a folder. Out: a git repository with the branch `master` and the tag
//! `v0`; the branch `stuck`, whose build waits for ever; the branch `broken`,
//! which does not compile.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::fs;
use tokio::process::Command;

use crate::service::Fault;
use crate::tool;

/// The sources, by name.
const SOURCES: &[(&str, &str)] = &[
    ("CMakeLists.txt", include_str!("../../engine/CMakeLists.txt")),
    ("configure", include_str!("../../engine/configure")),
    ("generate.sh", include_str!("../../engine/generate.sh")),
    ("http.c", include_str!("../../engine/http.c")),
    ("http.h", include_str!("../../engine/http.h")),
    ("main.c", include_str!("../../engine/main.c")),
    ("words.c", include_str!("../../engine/words.c")),
    ("words.h", include_str!("../../engine/words.h")),
    ("words.txt", include_str!("../../engine/words.txt")),
];

/// A step of the build that waits for a lock nobody gives back. It sees when
/// whoever builds is gone, so that it never outlives them.
const STUCK: &str = "#!/bin/sh
echo 'waiting for the lock of the word table' >&2
while kill -0 \"$BUILDER_PID\" 2>/dev/null; do sleep 1; done
";

/// What no compiler takes.
const BROKEN: &str = "#error this engine is not ready yet\n";

const LIMIT: Duration = Duration::from_secs(60);

/// Makes the repository. Without git there is none: then whoever wants to clone it finds out.
pub(super) async fn make(folder: &Path, path: Option<&OsStr>) -> PathBuf {
    let _ = fs::remove_dir_all(folder).await;
    let repository = Repository { folder, path };
    if let Err(fault) = repository.fill().await {
        tracing::debug!("there is no repository: {fault}");
    }
    folder.to_owned()
}

struct Repository<'r> {
    folder: &'r Path,
    path: Option<&'r OsStr>,
}

impl Repository<'_> {
    async fn fill(&self) -> Result<(), Fault> {
        fs::create_dir_all(self.folder).await?;
        self.git(&["init", "--quiet", "--initial-branch", "master"]).await?;
        for (name, text) in SOURCES {
            fs::write(self.folder.join(name), text).await?;
        }
        self.commit("An engine").await?;
        self.git(&["tag", "v0"]).await?;
        self.branch("stuck", "generate.sh", STUCK).await?;
        self.branch("broken", "words.c", BROKEN).await
    }

    async fn branch(&self, name: &str, file: &str, text: &str) -> Result<(), Fault> {
        self.git(&["checkout", "--quiet", "-b", name, "master"]).await?;
        fs::write(self.folder.join(file), text).await?;
        self.commit(name).await?;
        self.git(&["checkout", "--quiet", "master"]).await
    }

    async fn commit(&self, message: &str) -> Result<(), Fault> {
        self.git(&["add", "--all"]).await?;
        let author = ["-c", "user.name=demo", "-c", "user.email=demo@localhost"];
        let commit = ["commit", "--quiet", "--no-gpg-sign", "--message", message];
        self.git(&[author.as_slice(), &commit].concat()).await
    }

    async fn git(&self, arguments: &[&str]) -> Result<(), Fault> {
        let mut git: Command = tool::git();
        git.args(arguments).current_dir(self.folder);
        if let Some(path) = self.path {
            git.env("PATH", path);
        }
        tool::run(&mut git, LIMIT).await?;
        Ok(())
    }
}
