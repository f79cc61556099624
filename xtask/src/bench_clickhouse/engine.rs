//! The engine behind the HTTP interface that the tests use, too: in goes a folder, out come answers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Telling};
use crate::workspace::Workspace;

const FRONT: &str = "cargo-narration/tests/story/clickhouse/front.py";

/// An engine that goes when this does.
pub(super) struct Engine {
    child: Child,
    port: u16,
}

impl Engine {
    pub(super) fn start(
        workspace: &Workspace,
        python: &Path,
        folder: &Path,
    ) -> Result<Self, Failure> {
        let mut command = Command::new(python);
        command.arg(workspace.root.join(FRONT)).arg(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().told(|| format!("cannot start {}", python.display()))?;
        let mut port = String::new();
        if let Some(said) = child.stdout.take() {
            let read = BufReader::new(said).read_line(&mut port);
            read.told(|| "cannot hear the engine".to_owned())?;
        }
        let port = port.trim().parse().told(|| format!("the engine says {port:?}"))?;
        Ok(Self { child, port })
    }

    /// Runs a script, one statement after the other.
    pub(super) fn script(&self, script: &str) -> Result<(), Failure> {
        let lines = script.lines().filter(|line| !line.trim_start().starts_with("--"));
        let script = lines.collect::<Vec<_>>().join("\n");
        let statements = script.split(';').filter(|statement| !statement.trim().is_empty());
        for statement in statements {
            self.ask(statement)?;
        }
        Ok(())
    }

    /// Runs one statement and gives what it says, with what HTTP puts around it.
    pub(super) fn ask(&self, statement: &str) -> Result<String, Failure> {
        let told = || "the engine cannot be asked".to_owned();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).told(told)?;
        // The older protocol has no chunks.
        let head = "POST / HTTP/1.0\r\nHost: localhost\r\n";
        write!(stream, "{head}Content-Length: {}\r\n\r\n{statement}", statement.len())
            .told(told)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).told(told)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        if head.contains(" 200 ") {
            Ok(body.to_owned())
        } else {
            Err(Failure::new(format!("the engine refuses: {body}")))
        }
    }

    /// What `--from` takes.
    pub(super) fn address(&self) -> String {
        format!("clickhouse://127.0.0.1:{}/otel", self.port)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It ends with its standard input.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
