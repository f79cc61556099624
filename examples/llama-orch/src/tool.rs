//! Programs of this machine: git, compilers, scripts.
//!
//! In: a command and how long it may take. Out: what it wrote to standard
//! output, or why it did not succeed. A tool never outlives the future that
//! runs it, nor do the programs it started.

use std::fmt;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;

use crate::wire::InContext as _;

/// How much of an output is kept, in bytes: a tool may write as much as it likes.
const KEPT: usize = 16 * 1024;

/// Why a tool did not succeed.
#[derive(Debug)]
pub enum ToolError {
    /// It cannot be started.
    Unstartable {
        /// The program.
        tool: String,
        /// Why.
        source: io::Error,
    },
    /// It ended with another code than 0.
    Failed {
        /// The program.
        tool: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote to standard error, in short.
        said: String,
    },
    /// It did not end.
    Late {
        /// The program.
        tool: String,
        /// How long it was given.
        limit: Duration,
    },
}

/// Runs a command to its end.
///
/// # Errors
///
/// See [`ToolError`].
pub async fn run(command: &mut Command, limit: Duration) -> Result<String, ToolError> {
    let tool = command.as_std().get_program().to_string_lossy().into_owned();
    let unstartable = |source| ToolError::Unstartable { tool: tool.clone(), source };
    // Whoever waits for this process can see that it is gone.
    command.env("BUILDER_PID", std::process::id().to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.in_context().kill_on_drop(true).spawn().map_err(unstartable)?;
    let mut group = Group(child.id());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let ended =
        async { tokio::join!(child.wait(), kept(stdout, Keep::First), kept(stderr, Keep::Last)) };
    let Ok((status, written, said)) = tokio::time::timeout(limit, ended).await else {
        return Err(ToolError::Late { tool, limit });
    };
    group.0 = None;
    match status.map_err(unstartable)? {
        status if status.success() => Ok(written),
        status => Err(ToolError::Failed { tool, status, said: gist(&said) }),
    }
}

/// A command without the settings of the person who runs it.
#[must_use]
pub fn git() -> Command {
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
    git.env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" });
    git.args(["-c", "advice.detachedHead=false"]);
    git
}

/// A tool and the programs it started; gone when this is dropped.
struct Group(Option<u32>);

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) =
            self.0.and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

/// Which part of a long output matters.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    First,
    Last,
}

/// Reads to the end, whatever comes, and keeps a part of it.
async fn kept(output: Option<impl AsyncRead + Unpin>, keep: Keep) -> String {
    let Some(mut output) = output else { return String::new() };
    let (mut text, mut chunk) = (Vec::new(), vec![0; 8 * 1024]);
    while let Ok(read @ 1..) = output.read(&mut chunk).await {
        let chunk = chunk.get(..read).unwrap_or_default();
        match keep {
            Keep::First => {
                let room = KEPT.saturating_sub(text.len()).min(read);
                text.extend_from_slice(chunk.get(..room).unwrap_or_default());
            }
            Keep::Last => {
                text.extend_from_slice(chunk);
                let over = text.len().saturating_sub(KEPT);
                text.drain(..over);
            }
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The line that names an error, with the next if that goes on; else the last.
fn gist(said: &str) -> String {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let names_error = |line: &&str| line.to_ascii_lowercase().contains("error");
    match lines.clone().find(names_error) {
        Some(line) if line.ends_with(':') => {
            let next = lines.skip_while(|line| !names_error(line)).nth(1).unwrap_or_default();
            format!("{line} {next}")
        }
        Some(line) => line.to_owned(),
        None => lines.next_back().unwrap_or_default().to_owned(),
    }
}

impl ToolError {
    /// What went wrong, in one stable word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unstartable { .. } => "tool-missing",
            Self::Failed { .. } => "tool-failed",
            Self::Late { .. } => "tool-late",
        }
    }
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unstartable { tool, source } => write!(f, "{tool} cannot be started: {source}"),
            Self::Failed { tool, status, said } => write!(f, "{tool} ended with {status}: {said}"),
            Self::Late { tool, limit } => {
                write!(f, "{tool} had no end after {} ms", limit.as_millis())
            }
        }
    }
}

impl std::error::Error for ToolError {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[tokio::test]
    async fn a_flood_is_read_to_its_end_and_kept_in_part() {
        let flood = "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done";
        let written = run(&mut sh(flood), LONG).await.unwrap();
        assert!(written.starts_with("line 0\nline 1\n"));
        assert_eq!(written.len(), KEPT);
    }

    #[tokio::test]
    async fn a_failure_says_its_last_words() {
        let failed = run(&mut sh("echo first >&2; echo no such file >&2; exit 3"), LONG).await;
        let failed = failed.unwrap_err();
        assert_eq!(failed.kind(), "tool-failed");
        assert!(failed.to_string().ends_with("3: no such file"), "{failed}");
    }

    #[tokio::test]
    async fn a_tool_without_an_end_is_late_and_gone_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("alive");
        // The child holds standard output open: reading it ends when the child is gone.
        let script = format!("sleep 1000 & echo $! > {0}; wait", pipe.display());
        let late = run(&mut sh(&script), Duration::from_millis(500)).await.unwrap_err();
        assert_eq!(late.kind(), "tool-late");
        let child = std::fs::read_to_string(&pipe).unwrap();
        let child = rustix::process::Pid::from_raw(child.trim().parse().unwrap()).unwrap();
        while rustix::process::test_kill_process(child).is_ok() && !is_dead(child) {
            tokio::task::yield_now().await;
        }
    }

    /// A process that nobody has waited for yet is still there by its number.
    fn is_dead(child: rustix::process::Pid) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.as_raw_nonzero()));
        stat.is_ok_and(|stat| stat.contains(") Z "))
    }

    #[test]
    fn of_a_long_complaint_the_error_is_told() {
        let cmake = "-- The C compiler is GNU\nCMake Error at CMakeLists.txt:5 (enable_language):\n  No compiler could be found.\n\nSee also\n";
        assert_eq!(
            gist(cmake),
            "CMake Error at CMakeLists.txt:5 (enable_language): No compiler could be found."
        );
        assert_eq!(gist("a.c:1: error: no\nnote: here\n"), "a.c:1: error: no");
        assert_eq!(gist("one\ntwo\n\n"), "two");
        assert_eq!(gist(""), "");
    }

    #[tokio::test]
    async fn what_is_not_there_is_named() {
        let missing = run(&mut Command::new("no-such-tool-here"), LONG).await.unwrap_err();
        assert!(missing.to_string().starts_with("no-such-tool-here cannot be started"));
    }
}
